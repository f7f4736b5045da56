// A person instead of the assistant: the form that asks for one, and the replies that come later.

const FIRST_PAUSE = 3_000; // milliseconds between looks for a reply, at first
const LONGEST_PAUSE = 30_000;
const FIELDS = ["message", "name", "contact"];

class HandOver {
  #timer = 0;
  #pause = FIRST_PAUSE;
  #looking = false;
  #resting = true;

  /**
   * @param {Memory} memory
   * @param {Server} server
   * @param {Speaker} speaker
   * @param {object} does
   * @param {(entry: Entry) => void} does.add puts an entry into the conversation
   * @param {() => void} does.changed there is a ticket, or none any more
   * @param {() => void} does.leave the visitor is done with the form
   */
  constructor(memory, server, speaker, does) {
    Object.assign(this, { memory, server, speaker, does });
    this.form = this.#build();
  }

  /** Show the form, with what was typed into it before, or else with the last question. */
  fill() {
    const asked = this.memory.entries.findLast(({ kind }) => kind === "question")?.text ?? "";
    for (const name of FIELDS) this.#field(name).value = this.memory.form[name] ?? (name === "message" ? asked : "");
    this.#complain(null);
    this.#field("message").focus();
  }

  /** Look for replies from now on, the sooner the more recent the last one is. */
  follow() {
    this.rest();
    this.#resting = false;
    this.#pause = FIRST_PAUSE;
    this.#look();
  }

  rest() {
    clearTimeout(this.#timer);
    this.#resting = true;
  }

  #build() {
    const say = (tag, word) => this.speaker.say(make(tag), word);
    this.error = make("p.error", { id: "error", role: "alert" });
    const back = make("button.back", { click: () => this.does.leave() }, icon("back"), say("span", "chat_form_cancel"));
    this.submit = this.speaker.say(make("button.primary", { type: "submit" }), "chat_form_send");
    const form = make("form.handover", { novalidate: true, hidden: true });
    form.append(
      back,
      say("h3", "chat_person"),
      say("p.quiet", "chat_form_intro"),
      say("label", "chat_form_message"),
      make("textarea", { name: "message", rows: 4, maxlength: LONGEST_MESSAGE, required: true, "aria-describedby": "error" }),
      say("label", "chat_form_name"),
      make("input", { name: "name", autocomplete: "name", maxlength: 100 }),
      say("label", "chat_form_contact"),
      make("input", { name: "contact", autocomplete: "email", maxlength: 200, "aria-describedby": "hint" }),
      make("p.quiet", { id: "hint" }, say("span", "chat_form_contact_hint")),
      this.error,
      this.submit,
    );
    form.querySelectorAll("label").forEach((label, at) => {
      label.htmlFor = label.nextElementSibling.id = `field-${FIELDS[at]}`;
    });
    form.addEventListener("input", () => this.#keep());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    return form;
  }

  #field(name) {
    return this.form.elements.namedItem(name);
  }

  #keep() {
    this.memory.form = Object.fromEntries(FIELDS.map((name) => [name, this.#field(name).value]));
    this.memory.save();
  }

  async #send() {
    if (this.submit.hasAttribute("aria-disabled")) return;
    const { memory, speaker } = this;
    const [message, name, contact] = FIELDS.map((field) => this.#field(field).value.trim());
    if (!message) return this.#complain("chat_form_empty");
    this.submit.setAttribute("aria-disabled", true);
    try {
      const fields = { message, lang: speaker.language };
      if (name) fields.name = name;
      if (contact) fields.contact = contact;
      if (memory.context) fields.context = memory.context;
      const { ticket, token } = await this.server.handOver(fields);
      memory.handover = { ticket, token, shown: 0, active: true };
      memory.form = {};
      this.does.add({ kind: "person", text: message, state: "sent" });
      this.does.add({ kind: "note", word: "chat_handed", values: { ticket } });
      this.does.leave();
      this.does.changed();
      this.follow();
    } catch (refusal) {
      this.#complain(refusal.word ?? "chat_broken", refusal.values);
    } finally {
      this.submit.removeAttribute("aria-disabled");
    }
  }

  /** Say what is wrong with the form; null: nothing is. */
  #complain(word, values) {
    const field = this.#field("message");
    const empty = word === "chat_form_empty";
    field.setAttribute("aria-invalid", empty);
    this.error.replaceChildren(...(word ? [this.speaker.say(make("span"), word, values)] : []));
    if (empty) field.focus();
    else if (word) this.error.scrollIntoView({ block: "nearest" });
  }

  async #look() {
    const { handover } = this.memory;
    if (!handover || this.#looking) return;
    this.#looking = true;
    try {
      this.#take(handover, await this.server.thread(handover.token));
    } catch (refusal) {
      if (refusal.word === "chat_gone") this.#end("chat_gone");
    } finally {
      this.#looking = false;
    }
    this.#pause = Math.min(this.#pause * 1.3, LONGEST_PAUSE);
    if (this.memory.handover && !this.#resting) this.#timer = setTimeout(() => this.#look(), this.#pause);
  }

  #take(handover, { status, messages }) {
    const replies = messages.filter(({ from }) => from === "agent");
    for (const { text } of replies.slice(handover.shown)) {
      handover.shown += 1;
      this.#pause = FIRST_PAUSE;
      this.does.add({ kind: "agent", text });
    }
    if (status === "solved") this.#end("chat_solved");
  }

  #end(word) {
    this.memory.handover = null;
    this.does.add({ kind: "note", word });
    this.does.changed();
  }
}
