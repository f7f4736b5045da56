// What outlives a reload and a move to another page of the site, in this tab alone.

const MOST_ENTRIES = 60;

/**
 * Something in the conversation.
 * @typedef {object} Entry
 * @property {"question" | "person" | "agent" | "note"} kind asked of the assistant, written to a person, by a person, or said by the widget
 * @property {string} [text]
 * @property {"sending" | "sent" | "failed"} [state] of what the visitor wrote
 * @property {string} [lang] chosen with the question, such as by taking a section on offer
 * @property {object} [reply] of the assistant, as POST /api/chat gives it
 * @property {boolean} [rated] whether the visitor found it helpful
 * @property {string} [word] name of the sentence that a note is, or why a message failed
 * @property {object} [values] what fills its braces
 * @property {number} [until] when a message that failed may be sent again, in milliseconds
 */

class Memory {
  #key;

  /** @param {string} base conversations with different servers are apart */
  constructor(base) {
    this.#key = `faq-chat ${base}`;
    /** @type {Language | null} chosen by the visitor */
    this.language = null;
    /** @type {boolean | null} null: never touched */
    this.open = null;
    /** @type {string | null} what the next message carries on from */
    this.context = null;
    this.draft = "";
    /** @type {Entry[]} */
    this.entries = [];
    /** @type {{ticket: string, token: string, shown: number, active: boolean} | null} */
    this.handover = null;
    this.form = {};
    this.#recall();
  }

  save() {
    this.entries.splice(0, this.entries.length - MOST_ENTRIES);
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(this));
    } catch {
      // Storage is full or forbidden: the conversation lasts as long as the page does.
    }
  }

  #recall() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.#key));
      if (Array.isArray(kept?.entries)) Object.assign(this, kept);
    } catch {
      return;
    }
    // Nobody knows whether a message arrived that the page was left over; the visitor may send it again.
    for (const entry of this.entries) {
      if (entry.state === "sending") Object.assign(entry, { state: "failed", word: "chat_failed" });
    }
  }
}
