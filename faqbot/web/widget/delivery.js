// Sending what the visitor wrote: one after the other, each once, and again only when the visitor says so.

class Delivery {
  #queue = Promise.resolve();

  /**
   * @param {Memory} memory
   * @param {Server} server
   * @param {Speaker} speaker
   * @param {(entry: Entry) => void} show called whenever something about an entry changes
   */
  constructor(memory, server, speaker, show) {
    Object.assign(this, { memory, server, speaker, show });
  }

  /** Add a message to the conversation and send it, to the assistant or to a person. */
  send(kind, text, lang = null) {
    const entry = { kind, text, lang };
    this.memory.entries.push(entry);
    return this.again(entry);
  }

  /** Send a message that is not on its way already. */
  again(entry) {
    if (entry.state === "sending" || entry.state === "sent") return this.#queue;
    entry.state = "sending";
    this.#changed(entry);
    this.#queue = this.#queue.then(() => this.#deliver(entry));
    return this.#queue;
  }

  async #deliver(entry) {
    const lost = entry.word === "chat_failed"; // perhaps only the response was
    try {
      if (entry.kind === "question") await this.#ask(entry);
      else await this.#write(entry, lost);
      entry.state = "sent";
    } catch (refusal) {
      const { word = "chat_broken", values, seconds = 0 } = refusal;
      Object.assign(entry, { state: "failed", word, values, until: Date.now() + seconds * 1000 });
    }
    this.#changed(entry);
  }

  async #ask(entry) {
    const { memory, speaker } = this;
    const lang = entry.lang ?? memory.language;
    entry.reply = await this.server.chat(entry.text, { lang, context: memory.context, preferred: speaker.language });
    memory.context = entry.reply.context;
  }

  async #write(entry, lost) {
    const token = this.memory.handover?.token;
    if (!token) throw new Refusal("chat_gone");
    if (lost && (await this.#arrived(token, entry))) return;
    await this.server.write(token, entry.text);
  }

  /** Whether a message of the visitor is with the server, more often than the messages that are known to be there. */
  async #arrived(token, entry) {
    const there = (await this.server.thread(token)).messages;
    const sent = this.memory.entries.filter(({ kind, state, text }) => kind === "person" && state === "sent" && text === entry.text);
    return there.filter(({ from, text }) => from === "visitor" && text === entry.text).length > sent.length;
  }

  #changed(entry) {
    this.memory.save();
    this.show(entry);
  }
}
