// The conversation on screen.

class Conversation {
  /** @type {WeakMap<Entry, {node: HTMLElement, outcome: HTMLElement}>} */
  #shown = new WeakMap();

  /**
   * @param {Speaker} speaker
   * @param {Server} server
   * @param {object} does
   * @param {(text: string, lang: string) => void} does.ask
   * @param {(entry: Entry) => void} does.again
   * @param {(entry: Entry, helpful: boolean) => Promise<void>} does.rate
   * @param {() => void} does.handOver
   * @param {(word: string) => void} does.announce
   */
  constructor(speaker, server, does) {
    Object.assign(this, { speaker, server, does });
    this.log = make("div.log", { role: "log", tabindex: 0, "aria-relevant": "additions" });
    speaker.say(this.log, "chat_log", {}, "aria-label");
    this.log.classList.add("fresh");
  }

  /** Put an entry at the end, or bring it up to date where it stands. */
  show(entry) {
    const shown = this.#shown.get(entry) ?? this.#add(entry);
    shown.outcome.replaceChildren(...this.#outcome(entry));
    if (entry.reply) shown.node.querySelector(".bubble").lang = languageOf(entry.text, entry.reply.lang);
    this.#scroll(shown.node);
  }

  #add(entry) {
    const outcome = make("div.outcome");
    const node = make("div.entry", {}, ...this.#bubble(entry), outcome);
    this.log.append(node);
    this.log.classList.remove("fresh");
    const shown = { node, outcome };
    this.#shown.set(entry, shown);
    return shown;
  }

  #bubble(entry) {
    if (entry.kind === "note") return [this.#say("p.note", entry.word, entry.values)];
    const who = { question: "chat_you", person: "chat_you", agent: "chat_agent" }[entry.kind];
    const lang = languageOf(entry.text, entry.lang ?? this.speaker.language);
    const side = entry.kind === "agent" ? "agent" : "you";
    return [
      this.#say(entry.kind === "agent" ? "p.who" : "p.who.hidden", who),
      make(`p.bubble.${side}`, { lang }, entry.text),
    ];
  }

  #outcome(entry) {
    if (entry.state === "failed") return [this.#failure(entry)];
    if (entry.reply) return this.#reply(entry);
    if (entry.state === "sending" && entry.kind === "question") return [this.#thinking()];
    return entry.kind === "person" && entry.state === "sent" ? [this.#say("p.delivered", "chat_delivered")] : [];
  }

  #thinking() {
    return make("p.thinking", {}, this.#say("span.hidden", "chat_thinking"), make("i"), make("i"), make("i"));
  }

  #failure(entry) {
    const again = this.#button("button.again", "chat_retry", () => {
      if (Date.now() >= (entry.until ?? 0)) this.does.again(entry);
    });
    const wait = (entry.until ?? 0) - Date.now();
    if (wait > 0) {
      again.setAttribute("aria-disabled", true);
      setTimeout(() => again.removeAttribute("aria-disabled"), wait);
    }
    return make("div.failure", {}, this.#say("p", entry.word, entry.values), again);
  }

  #reply(entry) {
    const { reply } = entry;
    const text = make("div.text", { lang: reply.lang }, markup(reply.html, this.server.base));
    const { lastElementChild: last } = text;
    const repeated = reply.suggestions.length && reply.suggestions.every(({ title }, at) => last.children[at]?.textContent === title);
    if (repeated) last.remove(); // the buttons below are the same list
    const parts = [text];
    if (reply.section) parts.push(this.#source(reply.section));
    if (reply.kind === "answer") parts.push(this.#actions(entry));
    const box = make(`div.reply.${reply.kind}`, {}, this.#say("p.who.hidden", "chat_bot"), ...parts);
    return [box, ...this.#choices(entry)];
  }

  #source(section) {
    const link = make("a.source", { href: this.server.address(section.url), target: "_blank", rel: "noopener noreferrer" });
    link.append(this.#say("span", "chat_source"), icon("out"), this.#say("span.hidden", "chat_new_tab"));
    return link;
  }

  #actions(entry) {
    return make(
      "div.actions",
      {},
      this.#vote(entry, true),
      this.#vote(entry, false),
      this.#tool("copy", "chat_copy", () => this.#copy(entry.reply.text)),
    );
  }

  #vote(entry, helpful) {
    const name = helpful ? "chat_helpful" : "chat_unhelpful";
    const button = this.#tool("thumb", name, async () => {
      await this.does.rate(entry, helpful);
      for (const each of button.parentNode.querySelectorAll("[aria-pressed]"))
        each.setAttribute("aria-pressed", each.dataset.helpful === String(entry.rated));
    });
    button.dataset.helpful = helpful;
    button.setAttribute("aria-pressed", entry.rated === helpful);
    return button;
  }

  async #copy(text) {
    const copied = navigator.clipboard ? await navigator.clipboard.writeText(text).then(() => true, () => false) : false;
    this.does.announce(copied || this.#copyBySelection(text) ? "chat_copied" : "chat_not_copied");
  }

  /** Where a page is not served over HTTPS there is no clipboard but this. */
  #copyBySelection(text) {
    const focused = this.log.getRootNode().activeElement;
    const field = make("textarea.hidden", { readonly: true, "aria-hidden": true });
    field.value = text;
    this.log.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    focused?.focus();
    return copied;
  }

  /** Sections on offer, and the ways out of them. */
  #choices(entry) {
    const { kind, suggestions, lang, offers_person } = entry.reply;
    const nodes = suggestions.map(({ title }) => make("button.choice", { lang, click: () => this.does.ask(title, lang) }, title));
    if (kind === "clarify") nodes.push(this.#none(lang));
    else if (kind === "decline" && suggestions.length) nodes.push(this.#button("button.choice", "none_of_these", this.does.handOver));
    if (kind === "decline" || offers_person) nodes.push(this.#person());
    if (!nodes.length) return [];
    const name = kind === "answer" ? "related" : "chat_choices";
    const list = make("div.choices", { role: "group" }, ...nodes);
    this.speaker.say(list, name, {}, "aria-label");
    return kind === "answer" ? [make("div.also", {}, this.#say("p.heading", "related"), list)] : [list];
  }

  #person() {
    return make("button.choice.person", { click: this.does.handOver }, icon("person"), this.#say("span", "chat_person"));
  }

  /** Taking none is a message like any other, in the language of the question that it answers. */
  #none(lang) {
    const words = WORDS[lang].words.none_of_these;
    return make("button.choice.none", { lang, click: () => this.does.ask(words, lang) }, words);
  }

  #say(tag, word, values) {
    return this.speaker.say(make(tag), word, values);
  }

  #button(tag, word, click) {
    return this.speaker.say(make(tag, { click }), word);
  }

  #tool(picture, word, click) {
    const button = make("button.tool", { click }, icon(picture));
    this.speaker.say(button, word, {}, "aria-label");
    return this.speaker.say(button, word, {}, "title");
  }

  /** Show the newest: from its beginning where it is longer than the window, and always with the passage that answers. */
  #scroll(node) {
    const { log } = this;
    log.scrollTop = Math.min(node.offsetTop - 12, log.scrollHeight);
    const mark = node.querySelector("mark");
    if (!mark) return;
    const below = mark.getBoundingClientRect().bottom - log.getBoundingClientRect().bottom;
    if (below > -12) log.scrollTop += below + log.clientHeight / 2;
  }
}
