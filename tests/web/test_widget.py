"""The widget's script, as it is served."""

import gzip
import re
from importlib.resources import files

import pytest
from flask.testing import FlaskClient

from faqbot.language.pack import LANGUAGES, language_packs
from faqbot.web.widget.script import PARTS, SHARED_WORDS, widget_script, word_table

LARGEST = 16 * 1024
"""Bytes, compressed."""


def test_it_is_one_small_file() -> None:
    script = widget_script()
    assert gzip.decompress(script.zipped) == script.plain
    print(f"{len(script.zipped):,} bytes compressed")
    assert len(script.zipped) <= LARGEST


def test_it_is_served_as_javascript_that_any_page_may_load(client: FlaskClient) -> None:
    response = client.get("/widget.js")
    assert (response.status_code, response.content_type) == (200, "text/javascript; charset=utf-8")
    assert response.data == widget_script().plain
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["Cache-Control"] == "public, max-age=600"


def test_browsers_that_take_it_compressed_get_it_compressed(client: FlaskClient) -> None:
    response = client.get("/widget.js", headers={"Accept-Encoding": "gzip, br"})
    assert (response.headers["Content-Encoding"], response.headers["Vary"]) == ("gzip", "Accept-Encoding, Origin")
    assert response.data == widget_script().zipped


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_browser_that_has_it_is_not_sent_it_again(client: FlaskClient, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding}
    tag = client.get("/widget.js", headers=headers).headers["ETag"]
    response = client.get("/widget.js", headers={**headers, "If-None-Match": tag})
    assert (response.status_code, response.data) == (304, b"")
    assert client.get("/widget.js", headers={**headers, "If-None-Match": '"other"'}).status_code == 200


def test_the_server_owns_every_word_in_every_language() -> None:
    table = word_table()
    assert list(table) == list(LANGUAGES)
    assert [entry["name"] for entry in table.values()] == [pack.name for pack in language_packs()]


def test_the_words_of_the_table_are_those_that_the_script_says() -> None:
    source = "".join(files("faqbot.web.widget").joinpath(f"{part}.js").read_text("utf-8") for part in PARTS)
    said = set(re.findall(r"\"((?:chat_\w+)|" + "|".join(SHARED_WORDS) + r")\"", source)) | set(
        re.findall(r"words\.(none_of_these)", source)
    )
    for pack in language_packs():
        own = {name for name in pack.messages if name.startswith("chat_")}
        assert said == own | set(SHARED_WORDS)


def test_every_part_belongs_to_it() -> None:
    sources = {file.name for file in files("faqbot.web.widget").iterdir() if file.name.endswith(".js")}
    assert sources == {f"{part}.js" for part in PARTS}
