// The page around the chat follows the language that is chosen in it.
document.addEventListener("faq-chat-language", ({ detail: language }) => {
  document.documentElement.lang = language;
  const address = new URL(location.href);
  address.searchParams.set("lang", language);
  history.replaceState(null, "", address);
  for (const node of document.querySelectorAll(`[data-${language}]`)) {
    node.textContent = node.dataset[language];
    if (node.href) node.search = `?lang=${language}`;
  }
  document.title = document.querySelector("h1").textContent;
});
