// Every word that the widget says, in the language that it speaks at the moment.
// WORDS comes from the server: {vi: {name: "Tiếng Việt", words: {chat_send: "Gửi", …}}, en: …}, the default first.

/** @typedef {keyof typeof WORDS} Language */

const LANGUAGES = Object.keys(WORDS);

/** What shows Vietnamese in a decomposed text: đ, ă, ơ, ư, a hook or a dot on a vowel, or two marks on one. */
const VIETNAMESE = /đ|[\u0306\u0309\u031b\u0323]|\u0302[\u0300-\u0303]/i;

/** @returns {Language | undefined} the language of ours that a tag such as "en-GB" names */
const ofOurs = (tag) => LANGUAGES.find((code) => code === tag?.toLowerCase().split("-")[0]);

/** @returns {Language} the language of a text that people wrote, as far as its letters tell */
const languageOf = (text, otherwise) => (VIETNAMESE.test(text.normalize("NFD")) ? "vi" : otherwise);

class Speaker {
  /** @param {Language} language */
  constructor(language) {
    this.language = language;
  }

  /** @returns {string} the sentence of that name, with its braces filled in */
  words(name, values = {}) {
    return WORDS[this.language].words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  }

  /** Write a sentence into a node or into one of its attributes, and again whenever the language changes. */
  say(node, name, values = {}, attribute = "text") {
    const said = JSON.parse(node.dataset.say ?? "{}");
    node.dataset.say = JSON.stringify({ ...said, [attribute]: [name, values] });
    this.#repeat(node);
    return node;
  }

  /** Speak another language from now on, and say anew in it what was said below a root. */
  change(language, root) {
    this.language = language;
    root.querySelectorAll("[data-say]").forEach((node) => this.#repeat(node));
  }

  #repeat(node) {
    node.lang = this.language;
    for (const [attribute, [name, values]] of Object.entries(JSON.parse(node.dataset.say))) {
      const words = this.words(name, values);
      if (attribute === "text") node.textContent = words;
      else node.setAttribute(attribute, words);
    }
  }
}
