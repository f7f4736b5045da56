// <faq-chat>: a button that opens a panel, or with the attribute `inline` the panel alone, where the element stands.

/** Where a panel beside the page would be too small, it takes the whole screen. */
const SMALL_SCREEN = matchMedia("(max-width: 480px), (max-height: 480px)");
const FINGERS = matchMedia("(pointer: coarse)");

class FaqChat extends HTMLElement {
  static observedAttributes = ["lang", "title", "greeting", "accent", "open"];

  #built = false;

  connectedCallback() {
    if (!this.#built) this.#build();
    SMALL_SCREEN.addEventListener("change", this.#fit);
    document.addEventListener("visibilitychange", this.#follow);
    this.#follow();
  }

  disconnectedCallback() {
    SMALL_SCREEN.removeEventListener("change", this.#fit);
    document.removeEventListener("visibilitychange", this.#follow);
    this.handOver.rest();
    this.completion.close();
  }

  attributeChangedCallback(name) {
    if (!this.#built) return;
    if (name === "open") this.#present();
    else if (name === "accent") paint(this.root, this.getAttribute("accent"));
    else if (name === "lang" && !this.memory.language) this.#speak(this.#pageLanguage());
    else this.#name();
  }

  get #inline() {
    return this.hasAttribute("inline");
  }

  #pageLanguage() {
    const tag = this.lang || this.closest("[lang]")?.lang || navigator.language;
    return ofOurs(tag) ?? LANGUAGES[0];
  }

  #build() {
    this.#built = true;
    this.memory = new Memory(BASE);
    this.server = new Server(BASE);
    this.speaker = new Speaker(ofOurs(this.memory.language) ?? this.#pageLanguage());
    const does = {
      ask: (text, lang) => this.#ask(text, lang),
      again: (entry) => this.#again(entry),
      rate: (entry, helpful) => this.#rate(entry, helpful),
      handOver: () => this.#showForm(true),
      announce: (word, values) => this.#announce(word, values),
      add: (entry) => this.#add(entry),
      changed: () => this.#address(),
      leave: () => this.#showForm(false),
    };
    this.conversation = new Conversation(this.speaker, this.server, does);
    this.delivery = new Delivery(this.memory, this.server, this.speaker, (entry) => this.#show(entry));
    this.handOver = new HandOver(this.memory, this.server, this.speaker, does);
    this.#furnish();
    this.#restore();
  }

  /** Build what is seen. */
  #furnish() {
    const shadow = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
    this.launcher = make("button.launcher", { part: "launcher", "aria-haspopup": "dialog", click: () => this.#toggle(true) }, icon("chat"));
    this.status = make("p.status", { role: "status" });
    this.panel = make(this.#inline ? "section.panel" : "dialog.panel", { part: "panel", "aria-labelledby": "title", tabindex: -1 });
    this.panel.append(this.#header(), this.#body(), this.handOver.form, this.#composer(), this.status, this.#footer());
    this.panel.addEventListener("keydown", (event) => this.#key(event));
    this.panel.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.#escape();
    });
    // An empty title keeps the element's own from showing as a tooltip all over the panel.
    this.root = make(this.#inline ? "div.root" : "aside.root", { title: "" }, ...(this.#inline ? [] : [this.launcher]), this.panel);
    this.speaker.say(this.launcher, "chat_open", {}, "aria-label");
    shadow.append(this.root);
    paint(this.root, this.getAttribute("accent"));
  }

  #header() {
    this.heading = make("h2", { id: "title" });
    const close = make("button.tool", { click: () => this.#toggle(false) }, icon("close"));
    this.speaker.say(close, "chat_close", {}, "aria-label");
    return make("header", { part: "header" }, icon("chat"), this.heading, ...(this.#inline ? [] : [close]));
  }

  #body() {
    this.greeting = make("p.greeting");
    this.starters = make("div.starters", { role: "group", hidden: true });
    this.speaker.say(this.starters, "chat_starters", {}, "aria-label");
    this.conversation.log.append(this.greeting, this.starters);
    return this.conversation.log;
  }

  #composer() {
    this.field = make("input", { type: "text", enterkeyhint: "send", autocomplete: "off", input: () => this.#keep() });
    this.completion = new Completion(this.field, this.speaker, {
      find: (typed) => (this.memory.handover?.active ? [] : this.server.suggest(typed, this.speaker.language)),
      take: (text) => this.#ask(text),
      announce: (word, values) => this.#announce(word, values),
    });
    const send = make("button.send", { type: "submit" }, icon("send"));
    this.speaker.say(send, "chat_send", {}, "aria-label");
    this.recipient = make("div.recipient", { hidden: true });
    this.composer = make("form.composer", {}, this.recipient, this.completion.list, make("div.row", {}, this.field, send));
    this.composer.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    return this.composer;
  }

  #footer() {
    this.languages = make("div.languages", { role: "group" }, ...LANGUAGES.map((code) => this.#languageButton(code)));
    this.speaker.say(this.languages, "languages_label", {}, "aria-label");
    this.person = make("button.person", { click: () => this.#showForm(true) }, icon("person"));
    this.person.append(this.speaker.say(make("span"), "chat_person"));
    return make("footer", {}, this.languages, this.person);
  }

  #languageButton(code) {
    const choose = () => {
      this.memory.language = code;
      this.memory.save();
      this.#speak(code);
      this.dispatchEvent(new CustomEvent("faq-chat-language", { detail: code, bubbles: true }));
    };
    return make("button", { lang: code, click: choose }, WORDS[code].name);
  }

  /** Show what is remembered of an earlier page. */
  #restore() {
    this.#speak(this.speaker.language);
    this.memory.entries.forEach((entry) => this.conversation.show(entry));
    this.field.value = this.memory.draft;
    this.#address();
    if (!this.#inline && this.memory.open !== null) this.toggleAttribute("open", this.memory.open);
    this.#present();
  }

  #speak(language) {
    this.speaker.change(language, this.root);
    this.root.lang = language;
    for (const button of this.languages.children) button.setAttribute("aria-pressed", button.lang === language);
    this.#name();
    this.#address();
    this.completion.close();
    if (!this.starters.hidden) this.#offerStarters();
  }

  /** Say the title and the greeting, the page's own where it has some. */
  #name() {
    this.heading.textContent = this.getAttribute("title") || this.speaker.words("page_title");
    this.greeting.textContent = this.getAttribute("greeting") || this.speaker.words("chat_greeting");
    if (!this.#inline) this.root.setAttribute("aria-label", this.heading.textContent);
  }

  async #offerStarters() {
    const { language } = this.speaker;
    const found = await this.server.suggest("", language).catch(() => []);
    if (this.memory.entries.length) return;
    if (language !== this.speaker.language) return this.#offerStarters();
    const button = ({ text }) => make("button.choice", { lang: languageOf(text, language), click: () => this.#ask(text) }, text);
    this.starters.replaceChildren(...found.slice(0, 4).map(button));
    this.starters.hidden = false;
  }

  // Opening and closing

  #toggle(open) {
    this.memory.open = open;
    this.memory.save();
    this.toggleAttribute("open", open);
    if (!open) this.launcher.focus();
    else if (FINGERS.matches) this.panel.focus(); // the keyboard would cover half of the screen
    else this.field.focus();
  }

  /** Show the panel or not, as the attribute `open` says. */
  #present() {
    const open = this.#inline || this.hasAttribute("open");
    const modal = open && !this.#inline && SMALL_SCREEN.matches;
    if (!this.#inline) {
      if (this.panel.open) this.panel.close();
      // show() would move the focus, also when a page opens with the panel open
      if (modal) this.panel.showModal();
      else this.panel.toggleAttribute("open", open);
      this.launcher.setAttribute("aria-expanded", open);
    }
    if (open && !this.memory.entries.length && this.starters.hidden) this.#offerStarters();
    this.#follow();
  }

  #fit = () => {
    if (!this.#inline && this.hasAttribute("open")) this.#present();
  };

  /** Look for a person's replies while anybody could see them. */
  #follow = () => {
    if ((this.#inline || this.hasAttribute("open")) && !document.hidden) this.handOver.follow();
    else this.handOver.rest();
  };

  #key(event) {
    event.stopPropagation(); // what is typed here is no shortcut of the page
    if (event.key === "Enter" && isComposing(event)) event.preventDefault();
    if (event.key !== "Escape" || isComposing(event)) return;
    event.preventDefault();
    this.#escape();
  }

  #escape() {
    if (this.completion.isOpen) this.completion.close();
    else if (!this.handOver.form.hidden) this.#showForm(false);
    else if (!this.#inline) this.#toggle(false);
  }

  // The conversation

  #submit() {
    const text = this.field.value.trim();
    if (!text) return;
    if ([...text].length > LONGEST_MESSAGE) this.#announce("too_long", { limit: LONGEST_MESSAGE });
    else if (this.memory.handover?.active) this.#send("person", text);
    else this.#ask(text);
  }

  #ask(text, lang) {
    this.#send("question", text, lang);
  }

  #send(kind, text, lang) {
    this.completion.close();
    this.field.value = "";
    this.#keep();
    this.#announce(null);
    this.starters.hidden = true;
    this.delivery.send(kind, text, lang);
    if (!FINGERS.matches) this.field.focus();
    if (kind === "person") this.handOver.follow();
  }

  #again(entry) {
    this.delivery.again(entry);
    this.field.focus();
  }

  async #rate(entry, helpful) {
    try {
      await this.server.rate(entry.reply.message_id, helpful);
      entry.rated = helpful;
      this.memory.save();
      this.#announce(helpful ? "chat_thanks" : "chat_sorry");
    } catch (refusal) {
      this.#announce(refusal.word, refusal.values);
    }
  }

  #add(entry) {
    this.memory.entries.push(entry);
    this.memory.save();
    this.starters.hidden = true;
    this.conversation.show(entry);
  }

  #show(entry) {
    this.conversation.show(entry);
  }

  #keep() {
    this.memory.draft = this.field.value;
    this.memory.save();
  }

  /** Say briefly, below the conversation, what came of something; null: nothing. */
  #announce(word, values) {
    this.status.replaceChildren(...(word ? [this.speaker.say(make("span"), word, values)] : []));
    this.status.classList.toggle("hidden", word === "chat_count");
  }

  // Talking to a person

  #showForm(shown) {
    const { form } = this.handOver;
    const before = !form.hidden;
    form.hidden = !shown;
    for (const node of [this.conversation.log, this.composer]) node.hidden = shown;
    this.person.setAttribute("aria-expanded", shown);
    this.#announce(null);
    if (shown) this.handOver.fill();
    else if (before) this.field.focus();
  }

  /** Show to whom the next message goes. */
  #address() {
    const { handover } = this.memory;
    const active = Boolean(handover?.active);
    const name = active ? "chat_to_person" : "chat_to_assistant";
    const change = () => {
      handover.active = !active;
      this.memory.save();
      this.#address();
      this.field.focus();
    };
    const other = this.speaker.say(make("button", { click: change }), active ? "chat_ask_assistant" : "chat_ask_person");
    this.recipient.hidden = !handover;
    this.recipient.replaceChildren(...(handover ? [this.speaker.say(make("span"), name, { ticket: handover.ticket }), other] : []));
    this.speaker.say(this.field, active ? "chat_write" : "chat_placeholder", {}, "placeholder");
    this.speaker.say(this.field, active ? "chat_form_message" : "ask_label", {}, "aria-label");
  }
}
