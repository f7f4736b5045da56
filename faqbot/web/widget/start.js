// Where the script comes from is where the bot is. Unless the page has a <faq-chat> of its own, it gets one, with the
// script's data- attributes: <script src="https://bot.example/widget.js" data-accent="teal" defer></script>

const SCRIPT = document.currentScript;
const BASE = new URL(".", SCRIPT.src).href;

function addToPage() {
  if (document.querySelector("faq-chat") || "manual" in SCRIPT.dataset) return;
  document.body.append(make("faq-chat", { ...SCRIPT.dataset }));
}

if (!customElements.get("faq-chat")) {
  customElements.define("faq-chat", FaqChat);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", addToPage);
  else addToPage();
}
