// The server's sanitised HTML becomes nodes, by an allow-list of elements, without the browser's parser: that one is
// closed to us where a page demands trusted types, and what is made here cannot be anything but these elements.

const ALLOWED = new Set(
  "p ul ol li strong em s code pre a blockquote br hr mark h3 h4 h5 h6 table thead tbody tr th td".split(" "),
);
const HEADINGS = { h1: "h4", h2: "h4" };
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };
const PIECE = /<(\/?)([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>|[^<]+|</gi;
const ENTITY = /&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi;

/** @returns {DocumentFragment} what the HTML says; links are seen from `base` */
function markup(html, base) {
  const root = document.createDocumentFragment();
  const open = [{ name: "", node: root }];
  for (const [piece, closing, tag, attributes] of html.matchAll(PIECE)) {
    if (!tag) {
      open.at(-1).node.append(decoded(piece));
    } else if (closing) {
      const at = open.findLastIndex(({ name }) => name === tag.toLowerCase());
      if (at > 0) open.length = at;
    } else {
      const node = element(tag.toLowerCase(), attributes, base);
      if (node) open.at(-1).node.append(node);
      if (!/^(br|hr|img|input|wbr)$/i.test(tag)) open.push({ name: tag.toLowerCase(), node: node ?? open.at(-1).node });
    }
  }
  return root;
}

function element(name, attributes, base) {
  const kept = HEADINGS[name] ?? name;
  if (!ALLOWED.has(kept)) return null;
  const node = document.createElement(kept);
  const value = (key) => decoded(new RegExp(`\\s${key}="([^"]*)"`, "i").exec(attributes)?.[1] ?? "");
  if (kept === "a") point(node, value("href"), base);
  if (kept === "ol" && value("start")) node.start = Number(value("start")) || 1;
  return node;
}

/** Let a link lead to a page or to a mail program, in a window of its own, and nowhere else. */
function point(link, address, base) {
  const url = URL.canParse(address, base) ? new URL(address, base) : null;
  if (!url || !/^(https?|mailto):$/.test(url.protocol)) return;
  link.href = url.href;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
}

function decoded(text) {
  return text.replace(ENTITY, (whole, decimal, hexadecimal, name) => {
    if (name) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : parseInt(hexadecimal, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
