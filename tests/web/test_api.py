"""The JSON API: chat, search, and its description."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

ANY_TEXT = st.text(st.characters(exclude_categories=()))
"""Control characters and lone surrogates too."""
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=5,
)


def chat(client: FlaskClient, **fields: object) -> TestResponse:
    """Send a message; JSON escapes make lone surrogates possible."""
    return client.post("/api/chat", data=json.dumps(fields), content_type="application/json")


def asked(client: FlaskClient, message: str, **fields: object) -> dict[str, Any]:
    """Return the reply to a message that is taken."""
    response = chat(client, message=message, **fields)
    assert response.status_code == 200
    found: dict[str, Any] = response.get_json()
    return found


def found_ids(client: FlaskClient, query: str) -> list[str]:
    """Return the ids of the sections that a search finds, in its order."""
    return [result["id"] for result in client.get(f"/api/search?{query}").get_json()["results"]]


def test_an_answer_quotes_the_document(client: FlaskClient) -> None:
    reply = asked(client, "are you open on Sunday")
    assert (reply["kind"], reply["lang"], reply["passage"]) == ("answer", "en", "It is closed on Sundays.")
    assert reply["section"] == {
        "document": "guide",
        "id": "hours",
        "title": "Opening hours",
        "url": "/kb/guide/hours?lang=en",
    }
    assert "<mark>It is closed on Sundays.</mark>" in reply["html"]


@pytest.mark.parametrize(
    ("message", "kind", "language"),
    [
        ("quên trả sách", "answer", "vi"),
        ("renew late book", "clarify", "en"),
        ("có máy in không", "decline", "vi"),
        ("xin chào", "smalltalk", "vi"),
        ("asdf qwer", "decline", "en"),
    ],
)
def test_every_kind_of_reply_is_in_the_language_of_the_question(
    client: FlaskClient, message: str, kind: str, language: str
) -> None:
    reply = asked(client, message)
    assert (reply["kind"], reply["lang"]) == (kind, language)


def test_the_chosen_language_comes_before_that_of_the_question(client: FlaskClient) -> None:
    reply = asked(client, "chủ nhật có mở cửa không", lang="en")
    assert (reply["lang"], reply["passage"]) == ("en", "It is closed on Sundays.")


def test_a_clarification_offers_sections_best_first(client: FlaskClient) -> None:
    offered = asked(client, "renew late book")["suggestions"]
    assert {"fines", "renewal"} <= {suggestion["id"] for suggestion in offered}
    assert offered[0]["confidence"] >= offered[1]["confidence"] > 0


def test_the_same_question_gets_the_same_reply_under_a_new_name(client: FlaskClient) -> None:
    first, second = asked(client, "tiền phạt mỗi ngày"), asked(client, "tiền phạt mỗi ngày")
    assert first.pop("message_id") != second.pop("message_id")
    del first["context"], second["context"]
    assert first == second


@pytest.mark.parametrize("section", ["hours", "fines"])
def test_the_context_carries_the_conversation_on(client: FlaskClient, section: str) -> None:
    question = {"hours": "when does the library open", "fines": "overdue fee"}[section]
    reply = asked(client, "tell me more", context=asked(client, question)["context"])
    assert reply["section"]["id"] == section


def test_the_context_keeps_the_language(client: FlaskClient) -> None:
    context = asked(client, "when does the library open")["context"]
    assert asked(client, "🎉", context=context)["lang"] == "en"
    assert asked(client, "🎉")["lang"] == "vi"


@pytest.mark.parametrize(
    "context", ["", "garbage", "a.b.c", "Ω.µ.ß", "\0", "\ud800", "x" * 5_000, 7, True, ["x"], {"l": "en"}]
)
def test_a_bad_context_is_ignored(client: FlaskClient, context: object) -> None:
    assert asked(client, "🎉", context=context)["lang"] == "vi"


@pytest.mark.parametrize("at", [0, 10, -5])
def test_a_forged_context_is_ignored(client: FlaskClient, at: int) -> None:
    letters = list(asked(client, "when does the library open")["context"])
    letters[at] = "A" if letters[at] != "A" else "B"
    assert asked(client, "🎉", context="".join(letters))["lang"] == "vi"


@settings(deadline=None)
@given(context=st.text())
def test_no_text_is_a_context(client: FlaskClient, context: str) -> None:
    assert asked(client, "🎉", context=context)["lang"] == "vi"


@pytest.mark.parametrize("message", ["🎉🎉", "\0", "\ud800", "\u200b", "?!", "\u2060"])
def test_a_message_without_a_word_is_not_understood(client: FlaskClient, message: str) -> None:
    reply = asked(client, message)
    assert (reply["kind"], reply["suggestions"]) == ("decline", [])
    assert reply["text"] == "Mình chưa hiểu câu hỏi. Bạn diễn đạt lại giúp mình nhé."


@pytest.mark.parametrize(
    "message", ["are you open\0on Sunday", "\ud800are you open on Sunday", " are you open on Sunday\n"]
)
def test_what_cannot_be_seen_does_not_change_the_answer(client: FlaskClient, message: str) -> None:
    assert asked(client, message)["passage"] == "It is closed on Sundays."


@pytest.mark.parametrize("fields", [{}, {"message": None}, {"message": 5}, {"message": ["hello"]}, {"message": {}}])
def test_a_message_that_is_no_text_is_refused(client: FlaskClient, fields: dict[str, object]) -> None:
    response = chat(client, **fields)
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert response.get_json()["detail"] == "'message' must be a text of 1 to 2,000 characters"


@pytest.mark.parametrize("message", ["", " ", "\n\t\u3000"])
def test_an_empty_message_is_refused(client: FlaskClient, message: str) -> None:
    response = chat(client, message=message)
    assert (response.status_code, response.get_json()["detail"]) == (422, "the message is empty; type a question")


def test_a_message_of_2000_characters_is_taken_and_a_longer_one_refused(client: FlaskClient) -> None:
    assert chat(client, message=" " + "ạ" * 2000 + " ").status_code == 200
    response = chat(client, message="ạ" * 2001)
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert "2,001" in response.get_json()["detail"]


@pytest.mark.parametrize("language", ["fr", "", "VI", 5, [], {}, True, "\ud800", "x" * 3000])
def test_an_unknown_language_is_refused(client: FlaskClient, language: object) -> None:
    response = chat(client, message="hello", lang=language)
    assert response.status_code == 422
    assert response.get_json()["detail"].startswith("'lang' must be one of vi, en, or null; not ")
    assert len(response.get_json()["detail"]) <= 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"hello",
        b'{"message": "hello"',
        b"\xff\xfe",
        b'{"message": "\xe1"}',
        b'{"message": ' + b"1" * 5000 + b"}",
        pytest.param(b"[" * 60_000, id="nested too deep"),
    ],
)
def test_a_body_that_is_not_json_is_refused(client: FlaskClient, body: bytes) -> None:
    response = client.post("/api/chat", data=body, content_type="application/json")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert response.get_json()["detail"] == "the body is not valid JSON"


@pytest.mark.parametrize("body", ["[]", "null", "5", '"hello"', "true", '["message"]'])
def test_a_body_that_is_no_object_is_refused(client: FlaskClient, body: str) -> None:
    response = client.post("/api/chat", data=body, content_type="application/json")
    assert (response.status_code, response.get_json()["detail"]) == (400, "the body must be a JSON object")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_body_of_another_type_is_refused(client: FlaskClient, content_type: str) -> None:
    response = client.post("/api/chat", data=b'{"message": "hello"}', content_type=content_type)
    assert (response.status_code, response.mimetype) == (415, "application/problem+json")


def test_a_body_over_64_kib_is_refused_as_a_problem(client: FlaskClient) -> None:
    response = chat(client, message="x" * 65_536)
    assert (response.status_code, response.mimetype, response.get_json()["status"]) == (
        413,
        "application/problem+json",
        413,
    )


@settings(deadline=None)
@given(fields=st.dictionaries(st.sampled_from(["message", "lang", "context", "other"]), VALUES))
def test_whatever_is_sent_is_answered_or_refused(client: FlaskClient, fields: dict[str, Any]) -> None:
    fields.pop("context", None)
    assert chat(client, **fields).status_code in (200, 422)


@settings(deadline=None)
@given(message=ANY_TEXT)
def test_any_text_is_answered_unless_it_is_blank(client: FlaskClient, message: str) -> None:
    assert chat(client, message=message).status_code == (200 if message.strip() else 422)


@pytest.mark.parametrize(
    "message",
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)> are you open on Sunday", "'\"><svg onload=x>"],
)
def test_markup_in_a_question_does_not_come_back(client: FlaskClient, message: str) -> None:
    reply = asked(client, message)
    assert not any(sign in reply["html"] + reply["text"] for sign in ("script", "alert", "onerror", "svg", "onload"))


def test_search_ranks_every_section_best_first(client: FlaskClient) -> None:
    answer = client.get("/api/search?q=how+long+can+I+keep+a+book").get_json()
    scores = [result["score"] for result in answer["results"]]
    assert answer["lang"] == "en"
    assert answer["results"][0]["passage"] == "The loan period is 14 days."
    assert len(scores) == 4
    assert scores == sorted(scores, reverse=True)


def test_search_finds_what_chat_answers_with(client: FlaskClient) -> None:
    question = "gia hạn sách thế nào"
    section = asked(client, question)["section"]
    best = client.get("/api/search", query_string={"q": question}).get_json()["results"][0]
    assert {key: best[key] for key in section} == section


@pytest.mark.parametrize("limit", [1, 2, 4])
def test_the_limit_cuts_the_ranking_short(client: FlaskClient, limit: int) -> None:
    assert found_ids(client, f"q=books&limit={limit}") == found_ids(client, "q=books&limit=100")[:limit]


@pytest.mark.parametrize("limit", ["0", "101", "-1", "1.5", "", "two", "٣", "²", " 3", "1e1", "000001000", "9" * 5000])
def test_a_bad_limit_is_refused(client: FlaskClient, limit: str) -> None:
    response = client.get("/api/search", query_string={"q": "books", "limit": limit})
    assert response.status_code == 422
    assert response.get_json()["detail"] == "'limit' must be a whole number from 1 to 100"


def test_a_limit_too_long_to_be_a_number_is_refused(client: FlaskClient) -> None:
    assert client.get(f"/api/search?q=books&limit=000001{'0' * 5000}").status_code == 422


@pytest.mark.parametrize(("query", "language"), [("", "en"), ("&lang=", "en"), ("&lang=vi", "vi"), ("&lang=en", "en")])
def test_search_answers_in_the_chosen_language_else_that_of_the_question(
    client: FlaskClient, query: str, language: str
) -> None:
    found = client.get(f"/api/search?q=are+you+open+on+Sunday{query}").get_json()
    assert found["lang"] == language
    assert found["results"][0]["title"] == {"en": "Opening hours", "vi": "Giờ mở cửa"}[language]


@pytest.mark.parametrize("query", ["lang=fr&q=books", "lang=VI&q=books", "", "q=", "q=%20%20", "q=" + "x" * 2001])
def test_a_bad_search_is_refused(client: FlaskClient, query: str) -> None:
    response = client.get(f"/api/search?{query}")
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")


@pytest.mark.parametrize("query", ["q=%F0%9F%8E%89", "q=%00", "q=%ED%A0%80", "q=%FF"])
def test_search_ranks_whatever_is_typed(client: FlaskClient, query: str) -> None:
    assert len(found_ids(client, query)) == 4


@pytest.mark.parametrize(
    ("query", "explained"), [("explain=1", True), ("explain=0", False), ("explain=", False), ("", False)]
)
def test_search_explains_only_if_asked_to(client: FlaskClient, query: str, explained: bool) -> None:
    results = client.get(f"/api/search?q=books&{query}").get_json()["results"]
    assert {"explain" in result for result in results} == {explained}


def test_the_address_of_a_result_leads_to_its_section(client: FlaskClient) -> None:
    for result in client.get(f"/api/search?q={quote('mượn sách')}").get_json()["results"]:
        assert f"<h1>{result['title']}</h1>" in client.get(result["url"]).text


def test_the_description_is_json(client: FlaskClient) -> None:
    response = client.get("/openapi.json")
    assert (response.status_code, response.mimetype) == (200, "application/json")
    assert response.get_json()["info"]["title"] == "faqbot"


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/chat"), ("PUT", "/api/chat"), ("POST", "/api/search")])
def test_another_method_is_refused(client: FlaskClient, method: str, path: str) -> None:
    response = client.open(path, method=method)
    assert (response.status_code, response.mimetype) == (405, "application/problem+json")
    assert response.headers["Allow"]


def test_suggestions_are_stored_questions_with_their_sections(client: FlaskClient) -> None:
    found = client.get("/api/suggest?q=muon+dc+may&lang=vi").get_json()["suggestions"]
    assert {"text": "được mượn mấy cuốn một lúc", "document": "guide", "id": "loans"} in found


def test_without_anything_typed_suggestions_are_questions_to_start_with(client: FlaskClient) -> None:
    found = client.get("/api/suggest?lang=en").get_json()["suggestions"]
    assert [each["id"] for each in found] == ["hours", "loans", "renewal", "fines"]


def test_a_message_that_shows_no_language_is_answered_in_the_one_that_the_client_prefers(client: FlaskClient) -> None:
    replies = [
        client.post("/api/chat", json={"message": message}, headers={"Accept-Language": language}).get_json()
        for message, language in [("🎉", "en"), ("🎉", "fr"), ("mượn được bao lâu", "en")]
    ]
    assert [reply["lang"] for reply in replies] == ["en", "vi", "vi"]
