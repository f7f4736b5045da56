// Talking to the bot's own server, and to nobody else.

const PATIENCE = 20_000; // milliseconds until a request counts as failed
const LONGEST_MESSAGE = 2_000;

/** Why something was not done, in words for people. */
class Refusal extends Error {
  /**
   * @param {string} word name of the sentence that says so
   * @param {object} [values] what fills its braces
   * @param {number} [seconds] how long to wait before another try
   */
  constructor(word, values = {}, seconds = 0) {
    super(word);
    Object.assign(this, { word, values, seconds });
  }
}

class Server {
  /** @param {string} base address of the folder that widget.js lies in */
  constructor(base) {
    this.base = base;
  }

  /** @returns {string} the whole address of a path that the server named */
  address(path) {
    return new URL(path.replace(/^\//, ""), this.base).href;
  }

  /** Ask; `lang` is the visitor's explicit choice or null, `preferred` decides where the message shows no language. */
  chat(message, { lang, context, preferred }) {
    return this.#send("api/chat", { message, lang, context }, { "Accept-Language": preferred });
  }

  /** @returns {Promise<{text: string}[]>} stored questions for what is typed; questions to start with for "" */
  async suggest(typed, language) {
    return (await this.#send(`api/suggest?${new URLSearchParams({ q: typed.slice(0, 200), lang: language })}`)).suggestions;
  }

  rate(message_id, helpful) {
    return this.#send("api/feedback", { message_id, helpful });
  }

  /** @returns {Promise<{ticket: string, token: string}>} */
  handOver(fields) {
    return this.#send("api/handoff", fields);
  }

  /** @returns {Promise<{ticket: string, status: string, messages: {from: string, text: string}[]}>} */
  thread(token) {
    return this.#send(`api/handoff/${encodeURIComponent(token)}`);
  }

  write(token, message) {
    return this.#send(`api/handoff/${encodeURIComponent(token)}`, { message });
  }

  async #send(path, body, headers = {}) {
    const sent = body && { method: "POST", body: JSON.stringify(body) };
    if (sent) headers = { ...headers, "Content-Type": "application/json" };
    const settings = { credentials: "omit", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(PATIENCE) };
    let response, result;
    try {
      response = await fetch(new URL(path, this.base), { ...settings, ...sent, headers });
      const text = await response.text();
      result = text && JSON.parse(text);
    } catch {
      throw new Refusal(response && !response.ok ? "chat_broken" : "chat_failed");
    }
    if (!response.ok) throw refusal(response, result);
    return result;
  }
}

/** @returns {Refusal} what to tell the visitor of a response that is an error */
function refusal(response, problem) {
  if (response.status === 429) {
    const seconds = Math.max(1, Math.ceil(Number(response.headers.get("Retry-After")) || 30));
    return new Refusal("chat_wait", { seconds }, seconds);
  }
  if (response.status === 404) return new Refusal("chat_gone");
  if (response.status === 503 && problem?.detail) return new Refusal("chat_instead", { detail: problem.detail });
  return new Refusal("chat_broken");
}
