"""The pages that people read, without JavaScript."""

from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from faqbot.settings import Settings
from faqbot.web.app import create_app

VOID = {"meta", "link", "input", "br", "hr", "img"}


class Page(HTMLParser):
    """What a browser without JavaScript sees of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.unclosed: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.unclosed.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of every element of that name."""
        return [attributes for name, attributes in self.elements if name == tag]

    def links(self) -> list[str]:
        """Return where the page leads."""
        return [link["href"] for link in self.all("a")]


def visit(client: FlaskClient, address: str, headers: Mapping[str, str] | None = None) -> Page:
    """Open a page that is there."""
    response = client.get(address, headers=headers)
    assert (response.status_code, response.mimetype) == (200, "text/html")
    return Page(response.text)


def submit(client: FlaskClient, page: Page, message: str) -> Page:
    """Fill in the form of a page and send it, as a browser does."""
    form = page.all("form")[0]
    fields = {field["name"]: field.get("value", "") for field in page.all("input")} | {"message": message}
    response = client.open(form["action"], method=form["method"].upper(), data=fields)
    assert response.mimetype == "text/html"
    return Page(response.text)


@pytest.mark.parametrize("address", ["/", "/kb/guide", "/kb/guide/hours", "/kb/guide/loans?lang=en"])
def test_every_element_of_a_page_is_closed(client: FlaskClient, address: str) -> None:
    page = visit(client, address)
    assert (page.unclosed, len(page.all("h1"))) == ([], 1)


def test_scripts_are_our_own_and_only_where_the_chat_is(client: FlaskClient) -> None:
    assert [script["src"] for script in visit(client, "/").all("script")] == ["/widget.js", "/static/page.js"]
    assert visit(client, "/kb/guide").all("script") == []
    assert submit(client, visit(client, "/"), "hello").all("script") == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_link_of_every_page_leads_to_a_page(client: FlaskClient, language: str) -> None:
    waiting, seen = [f"/?lang={language}"], set[str]()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        waiting += set(visit(client, address).links()) - seen - set(waiting)
    assert {f"/kb/guide/{section}?lang=vi" for section in ("hours", "loans", "renewal", "fines")} < seen


def test_style_sheet_and_icon_are_there(client: FlaskClient) -> None:
    for link in visit(client, "/").all("link"):
        with client.get(link["href"]) as response:
            assert response.status_code == 200


def test_the_form_answers_without_javascript(client: FlaskClient) -> None:
    page = submit(client, visit(client, "/?lang=en"), "how long can I keep a book")
    assert "The loan period is 14 days." in page.text
    assert page.all("mark") == [{}]


def test_the_form_carries_the_conversation_on(client: FlaskClient) -> None:
    page = submit(client, visit(client, "/?lang=en"), "are you open on Sunday")
    assert "Opening hours" in submit(client, page, "tell me more").text


def test_what_to_read_next_is_linked_once(client: FlaskClient) -> None:
    page = submit(client, visit(client, "/?lang=en"), "how long can I keep a book")
    more = submit(client, page, "tell me more")
    assert "That is all the documentation says under “Borrowing books”. You could read on with:" in more.text
    assert more.text.count("Late returns") == 1
    assert "/kb/guide/fines?lang=en" in [link.get("href") for link in more.all("a")]


def test_a_forged_context_in_the_form_is_ignored(client: FlaskClient) -> None:
    response = client.post("/?lang=en", data={"message": "hello", "context": "forged"})
    assert (response.status_code, "Hello! What would you like" in response.text) == (200, True)


def test_the_form_works_from_a_bare_request(client: FlaskClient) -> None:
    response = client.post("/", data={"message": "mượn được bao lâu"})
    assert response.status_code == 200
    assert "<mark>Hạn mượn là 14 ngày.</mark>" in response.text


def test_the_question_stays_in_the_field(client: FlaskClient) -> None:
    page = submit(client, visit(client, "/"), 'sách "hay" & <b>mới</b>')
    assert page.all("input")[0]["value"] == 'sách "hay" & <b>mới</b>'


def test_a_clarification_offers_links(client: FlaskClient) -> None:
    page = submit(client, visit(client, "/?lang=en"), "renew late book")
    assert "Which of these did you mean?" in page.text
    assert {"/kb/guide/fines?lang=en", "/kb/guide/renewal?lang=en"} <= set(page.links())


def test_a_clarification_can_be_turned_down_by_a_button(client: FlaskClient) -> None:
    page = submit(client, visit(client, "/?lang=en"), "renew late book")
    (context,) = [field["value"] for field in page.all("input") if field.get("name") == "context"][-1:]
    (button,) = [each for each in page.all("button") if each.get("name") == "message"]
    response = client.post("/?lang=en", data={"message": button["value"], "context": context})
    assert "Please ask the person in charge." in response.text


def test_an_answer_offers_what_to_read_next(client: FlaskClient) -> None:
    page = submit(client, visit(client, "/?lang=en"), "may I borrow eight books")
    assert "See also" in page.text
    assert {"/kb/guide/renewal?lang=en", "/kb/guide/fines?lang=en"} <= set(page.links())


def test_a_decline_says_so_and_offers_the_nearest_section(client: FlaskClient) -> None:
    page = submit(client, visit(client, "/"), "em bị mất thẻ")
    assert "Nội quy chưa nói về việc làm lại thẻ." in page.text
    assert "/kb/guide/loans?lang=vi" in page.links()


def test_a_reply_of_several_lines_is_shown_whole(library_folder: Path, tmp_path: Path) -> None:
    talk = 'greeting: {reply: {en: "Hello!\\nAsk me about the library."}, phrases: {en: ["hello"]}}\n'
    (library_folder / "small-talk.yaml").write_text(talk, "utf-8")
    client = create_app(Settings(knowledge=library_folder, data=tmp_path / "data")).test_client()
    assert "Ask me about the library." in client.post("/?lang=en", data={"message": "hello"}).text


@pytest.mark.parametrize(
    ("message", "language", "said"),
    [
        ("", "en", "Please type a question."),
        ("   ", "vi", "Bạn chưa nhập câu hỏi."),
        ("x" * 2001, "en", "That question is too long."),
        ("x" * 2001, "vi", "Câu hỏi dài quá."),
    ],
)
def test_a_message_that_cannot_be_asked_gets_a_friendly_error(
    client: FlaskClient, message: str, language: str, said: str
) -> None:
    response = client.post(f"/?lang={language}", data={"message": message})
    page = Page(response.text)
    assert (response.status_code, said in page.text) == (422, True)
    assert page.all("input")[0]["aria-describedby"] == "error"
    assert len(page.all("input")[0]["value"]) <= 2000


@pytest.mark.parametrize("fields", [{}, {"other": "x"}])
def test_a_form_without_a_message_gets_the_same_error(client: FlaskClient, fields: dict[str, str]) -> None:
    assert client.post("/", data=fields).status_code == 422


@pytest.mark.parametrize("message", ["🎉", "\0", "\u200b\u200b", "ạ" * 2000])
def test_odd_messages_get_a_reply(client: FlaskClient, message: str) -> None:
    response = client.post("/", data={"message": message})
    assert (response.status_code, '<section class="reply decline"' in response.text) == (200, True)


@pytest.mark.parametrize(
    "message",
    ["<script>alert(1)</script>", '"><script>alert(1)</script>', "' autofocus onfocus=alert(1) x='", "</main>"],
)
def test_markup_in_a_question_never_comes_back_alive(client: FlaskClient, message: str) -> None:
    page = submit(client, visit(client, "/"), message)
    assert (page.all("script"), page.unclosed) == ([], [])
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert page.all("input")[0]["value"] == message


@settings(deadline=None)
@given(message=st.text())
def test_any_text_can_be_typed(client: FlaskClient, message: str) -> None:
    response = client.post("/", data={"message": message})
    assert response.status_code == (200 if message.strip() else 422)
    assert Page(response.text).unclosed == []


@pytest.mark.parametrize(
    ("address", "accept", "language"),
    [
        ("/", "", "vi"),
        ("/", "en-GB,en;q=0.9", "en"),
        ("/", "fr", "vi"),
        ("/?lang=vi", "en", "vi"),
        ("/?lang=xx", "en", "en"),
        ("/kb/guide/hours?lang=en", "vi", "en"),
    ],
)
def test_a_page_is_in_the_language_of_its_address_else_of_the_browser(
    client: FlaskClient, address: str, accept: str, language: str
) -> None:
    page = visit(client, address, {"Accept-Language": accept})
    assert page.all("html") == [{"lang": language}]


def test_a_reply_is_in_the_language_that_the_address_names(client: FlaskClient) -> None:
    assert "Chủ nhật thư viện nghỉ." in submit(client, visit(client, "/?lang=vi"), "are you open on Sunday").text


def test_without_a_choice_the_reply_is_in_the_language_of_the_question(client: FlaskClient) -> None:
    response = client.post("/", data={"message": "are you open on Sunday"})
    assert "<mark>It is closed on Sundays.</mark>" in response.text


@pytest.mark.parametrize("address", ["/", "/kb/guide", "/kb/guide/fines"])
def test_the_other_language_is_one_link_away(client: FlaskClient, address: str) -> None:
    links = [link for link in visit(client, address).all("a") if "hreflang" in link]
    assert [(link["hreflang"], link["href"]) for link in links] == [
        ("vi", f"{address}?lang=vi"),
        ("en", f"{address}?lang=en"),
    ]


def test_a_document_lists_its_sections_in_order(client: FlaskClient) -> None:
    page = visit(client, "/kb/guide?lang=en")
    sections = [link for link in page.links() if link.startswith("/kb/guide/")]
    assert "School library" in page.text
    assert sections == [f"/kb/guide/{section}?lang=en" for section in ("hours", "loans", "renewal", "fines")]


def test_a_section_shows_its_text_what_is_below_it_and_what_to_read_next(client: FlaskClient) -> None:
    page = visit(client, "/kb/guide/loans?lang=vi")
    assert "Hạn mượn là 14 ngày." in page.text
    assert page.links().count("/kb/guide/renewal?lang=vi") == 2
    assert page.links().count("/kb/guide/fines?lang=vi") == 1


def test_what_is_missing_in_a_language_is_shown_in_the_other_with_a_word_of_notice(tmp_path: Path) -> None:
    (tmp_path / "note.en.md").write_text("# Bakery\n\n## Bread\n\nThe bakery sells bread.\n", "utf-8")
    client = create_app(Settings(knowledge=tmp_path / "note.en.md", data=tmp_path / "data")).test_client()
    page = visit(client, "/kb/note/bread?lang=vi")
    assert "Mục này chưa có bản tiếng Việt, nên mình gửi bạn bản tiếng Anh." in page.text
    assert page.all("article") == [{"lang": "en"}]
    assert "Bakery" in visit(client, "/kb/note?lang=vi").text


def test_a_heading_without_text_lists_what_is_below_it_once(tmp_path: Path) -> None:
    (tmp_path / "note.en.md").write_text("# Shop\n\n## Food\n\n### Bread & cake\n\nWe bake daily.\n", "utf-8")
    client = create_app(Settings(knowledge=tmp_path / "note.en.md", data=tmp_path / "data")).test_client()
    assert client.get("/kb/note/food?lang=en").text.count("Bread &amp; cake") == 1


def test_without_stored_questions_the_form_has_no_example(tmp_path: Path) -> None:
    (tmp_path / "note.en.md").write_text("# Bakery\n\n## Bread\n\nThe bakery sells bread.\n", "utf-8")
    client = create_app(Settings(knowledge=tmp_path / "note.en.md", data=tmp_path / "data")).test_client()
    assert "placeholder" not in visit(client, "/").all("input")[0]


@pytest.mark.parametrize(
    "path",
    [
        "/kb/cellar",
        "/kb/guide/cellar",
        "/kb/cellar/hours",
        "/kb/guide/",
        "/kb/guide/hours/x",
        "/kb/%00/%FF",
        "/kb",
        "/x",
    ],
)
def test_an_unknown_page_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


TEMPLATES = [
    "{{ 7 * 7 }}",
    "{% if 1 %}x{% endif %} here",
    "{title.real}",
    "{0}",
    "%(title)s",
    "${7*7}",
]


@pytest.mark.parametrize("words", TEMPLATES)
def test_a_template_in_the_knowledge_is_a_text_like_any_other(tmp_path: Path, words: str) -> None:
    text = f"# Shop {words}\n\n## Bread {words}\n\nWe bake bread {words} daily.\n"
    (tmp_path / "note.en.md").write_text(text, "utf-8")
    settings = Settings(knowledge=tmp_path, data=tmp_path / "data", contact={"en": words}, office_hours={"en": words})
    client = create_app(settings).test_client()
    contents = visit(client, "/kb/note?lang=en")
    path = next(link for link in contents.links() if link.startswith("/kb/note/"))
    assert contents.text.count(words) == 3
    assert visit(client, path).text.count(words) >= 3
    for question in ("bread", "who can help me", words):
        reply = client.post("/api/chat", json={"message": question, "lang": "en"})
        assert reply.status_code == 200
        assert "49" not in reply.get_json()["text"]
    assert words in client.post("/api/chat", json={"message": "bread", "lang": "en"}).get_json()["text"]
