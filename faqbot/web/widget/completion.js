// Suggestions while typing: a combobox with a list, as the ARIA authoring practices describe it.

const PAUSE = 120; // milliseconds without a key before the server is asked

class Completion {
  #newest = 0;
  #timer = 0;
  #chosen = -1;

  /**
   * @param {HTMLInputElement} field
   * @param {Speaker} speaker
   * @param {object} does
   * @param {(typed: string) => Promise<{text: string}[]>} does.find
   * @param {(text: string) => void} does.take the visitor wants this one
   * @param {(word: string, values: object) => void} does.announce
   */
  constructor(field, speaker, does) {
    Object.assign(this, { field, speaker, does });
    this.list = make("ul.options", { id: "options", role: "listbox", hidden: true });
    speaker.say(this.list, "chat_suggestions", {}, "aria-label");
    const settings = { role: "combobox", "aria-autocomplete": "list", "aria-controls": "options", "aria-expanded": false };
    for (const [name, value] of Object.entries(settings)) field.setAttribute(name, value);
    field.addEventListener("input", () => this.#later());
    field.addEventListener("keydown", (event) => this.#key(event));
    field.addEventListener("blur", () => this.close());
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** Put the list away, and forget an answer that is still on its way. */
  close() {
    clearTimeout(this.#timer);
    this.#newest += 1;
    this.#show([]);
  }

  #later() {
    this.#choose(-1); // what is typed now is not what the list was made for
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask() {
    const number = ++this.#newest;
    const typed = this.field.value.trim();
    const found = typed.length > 1 ? await this.does.find(typed).catch(() => []) : [];
    if (number !== this.#newest) return; // something newer was typed, or sent
    this.#show(found.filter(({ text }) => text !== typed));
    if (this.isOpen) this.does.announce("chat_count", { count: this.list.childElementCount });
  }

  #show(found) {
    this.list.replaceChildren(...found.map(({ text }, at) => this.#option(text, at)));
    this.list.hidden = !found.length;
    this.field.setAttribute("aria-expanded", this.isOpen);
    this.#choose(-1);
  }

  #option(text, at) {
    return make(
      "li",
      {
        id: `option-${at}`,
        role: "option",
        "aria-selected": false,
        lang: languageOf(text, this.speaker.language),
        mousedown: (event) => event.preventDefault(), // keeps the focus, and so the list, where it is
        click: () => this.does.take(text),
      },
      text,
    );
  }

  #choose(at) {
    this.#chosen = at;
    [...this.list.children].forEach((option, number) => option.setAttribute("aria-selected", number === at));
    if (at < 0) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", `option-${at}`);
    this.list.children[at].scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (!this.isOpen || isComposing(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const places = this.list.childElementCount + 1; // with the field itself
      this.#choose(((this.#chosen + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && this.#chosen >= 0) {
      event.preventDefault();
      this.does.take(this.list.children[this.#chosen].textContent);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }
}
