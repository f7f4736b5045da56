"""Read a knowledge folder, or a single Markdown file, from disk."""

import os
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.errors import KnowledgeError
from faqbot.knowledge.files import stamp
from faqbot.knowledge.loader import load, shipped_knowledge
from faqbot.knowledge.model import SectionKey
from tests.conftest import DATA
from tests.knowledge.building import CAFE, LAW, refusal, write

Form = Literal["NFC", "NFD"]
NAMES = ("cafe.vi.md", "cafe.md", "questions.yaml", "not-covered.yaml", "glossary.yaml", "small-talk.yaml")
SNIPPETS = st.lists(
    st.sampled_from(
        [
            "hours:\n",
            "  questions:\n",
            "    - vi: [x]\n",
            "  vi: ",
            "- ",
            "# Quán\n",
            "&a ",
            "*a ",
            "<<: ",
            "{",
            "]",
            "\t",
            "\0",
            "no\n",
        ]
    )
).map("".join)


def test_folder_is_loaded_whole(library_folder: Path) -> None:
    knowledge = load(library_folder)
    assert [str(section.key) for section in knowledge.sections] == [
        f"guide/{name}" for name in ("hours", "loans", "renewal", "fines")
    ]
    assert [topic.id for topic in knowledge.topics] == ["lost-card", "printing"]
    assert (len(knowledge.concepts), len(knowledge.small_talk), knowledge.warnings) == (2, 1, ())


def test_section_learns_what_to_read_next(library_folder: Path) -> None:
    loans = load(library_folder).by_key[SectionKey("guide", "loans")]
    assert loans.related == (SectionKey("guide", "renewal"), SectionKey("guide", "fines"))


def test_questions_name_the_place_they_were_read_from(library_folder: Path) -> None:
    places = [question.place.rpartition(":") for question in load(library_folder).questions]
    assert {Path(file).name for file, _, _ in places} == {"questions.yaml", "not-covered.yaml"}
    question = load(library_folder).questions[0]
    file, _, line = question.place.rpartition(":")
    assert question.text in Path(file).read_text("utf-8").splitlines()[int(line) - 1]


def test_lone_file_without_ids_is_loaded(tmp_path: Path) -> None:
    write(tmp_path, {"Nội quy.md": "# Nội quy\n\n## Giờ mở cửa\n\nMở từ 7 giờ.\n", "other.vi.md": CAFE})
    knowledge = load(tmp_path / "Nội quy.md")
    assert [str(section.key) for section in knowledge.sections] == ["noi-quy/gio-mo-cua"]
    assert [dict(document.titles) for document in knowledge.documents] == [{"vi": "Nội quy"}]
    assert (knowledge.questions, knowledge.small_talk) == ((), ())


@pytest.mark.parametrize(
    ("name", "message"),
    [("nowhere", "there is no such file or folder"), ("nowhere.md", "there is no such file or folder")],
)
def test_missing_path_is_refused(name: str, message: str, tmp_path: Path) -> None:
    assert refusal(tmp_path / name) == [(name, 0, message)]


def test_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError):
        load(tmp_path / ("x" * 5000))


@pytest.mark.parametrize("files", [{}, {"notes.txt": CAFE}, {"cafe.md": ""}, {"glossary.yaml": "tea: {vi: [trà]}\n"}])
def test_knowledge_without_a_section_is_refused(files: dict[str, str], tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", files)
    folder.mkdir(exist_ok=True)
    assert refusal(folder) == [("docs", 0, "no section found: at least one .md file with text is needed")]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"\x89PNG\r\n\x1a\n", 1, "is not UTF-8 text: byte 0 is wrong"),
        (CAFE.encode("utf-16"), 1, "is not UTF-8 text: byte 0 is wrong"),
        ("\nQuán".encode() + b"\xe1", 2, "is not UTF-8 text: byte 6 is wrong"),
        (b"# Quan\n\nTra\0dao\n", 3, "is not a text file: it holds a NUL byte"),
        (b"\0", 1, "is not a text file: it holds a NUL byte"),
    ],
)
@pytest.mark.parametrize("name", ["cafe.md", "questions.yaml"])
def test_file_that_is_no_text_is_refused(name: str, content: bytes, line: int, message: str, tmp_path: Path) -> None:
    assert refusal(write(tmp_path, {"other.vi.md": CAFE, name: content})) == [(name, line, message)]


def test_unreadable_file_is_refused(tmp_path: Path) -> None:
    secret = write(tmp_path, {"cafe.vi.md": CAFE, "secret.vi.md": CAFE}) / "secret.vi.md"
    secret.chmod(0)
    if os.access(secret, os.R_OK):
        pytest.skip("root can read every file")
    assert refusal(tmp_path) == [("secret.vi.md", 0, "cannot be read: Permission denied")]


def test_folder_that_cannot_be_entered_is_refused(tmp_path: Path) -> None:
    closed = write(tmp_path / "closed", {"cafe.vi.md": CAFE})
    closed.chmod(0o444)
    entered = os.access(closed, os.X_OK)
    try:
        if entered:
            pytest.skip("root can enter every folder")
        assert {name for name, _, _ in refusal(closed)} == {"closed"}
    finally:
        closed.chmod(0o755)


def test_every_fault_of_every_file_is_reported_at_once(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "cafe/cafe.vi.md": CAFE + "\n## Giá {#menu}\n\nRẻ.\n\n## Chỗ {#Cho}\n\nRộng.\n",
        "cafe/questions.yaml": "hours:\n  questions:\n    - vi: [no]\n      answer: {vi: Sai.}\nparking: {}\n",
        "cafe/not-covered.yaml": "wifi:\n  reply: {fr: x}\n",
        "glossary.yaml": "tea:\n  vi: [trà]\n  vi: [chè]\n",
        "small-talk.yaml": "hi: [}\n",
        "photo.md": b"\xff\xd8",
    }
    found = {(name, line) for name, line, _ in refusal(write(tmp_path, files))}
    assert found == {
        *[("cafe.vi.md", 12), ("cafe.vi.md", 16), ("questions.yaml", 3), ("questions.yaml", 4), ("questions.yaml", 5)],
        *[("not-covered.yaml", 2), ("glossary.yaml", 3), ("small-talk.yaml", 1), ("photo.md", 1)],
    }


def test_error_lists_file_line_and_message_in_order(tmp_path: Path) -> None:
    write(tmp_path, {"cafe.vi.md": CAFE, "questions.yaml": "gia: {}\n", "glossary.yaml": "tea:\n  fr: [thé]\n"})
    with pytest.raises(KnowledgeError) as caught:
        load(tmp_path)
    assert str(caught.value).splitlines() == [
        f"{tmp_path / 'glossary.yaml'}:2: error: concept 'tea' has the unknown key 'fr'; known are vi, en, any",
        f"{tmp_path / 'questions.yaml'}:1: error: there is no section 'gia' in this folder; there are hours, menu",
    ]


def test_no_fault_is_listed_twice(tmp_path: Path) -> None:
    questions = "hours:\n  questions:\n    - {vi: [x], vi: [y]}\n    - chữ\n"
    faults = refusal(write(tmp_path, {"cafe.vi.md": CAFE, "questions.yaml": questions}))
    assert len(faults) == len(set(faults)) == 2


@pytest.mark.parametrize("text", ["hours: [", "hours: {}\n---\nmenu: {}\n", "hours:\n\t- x\n", "'"])
@pytest.mark.parametrize("name", [*NAMES[2:], "calibration.yaml"])
def test_broken_yaml_is_refused_with_its_line(name: str, text: str, tmp_path: Path) -> None:
    ((file, line, message),) = refusal(write(tmp_path, {"cafe.vi.md": CAFE, name: text}))
    assert (file, line > 0, message.startswith("not valid YAML: ")) == (name, True, True)


@pytest.mark.parametrize(
    ("yaml", "line"),
    [
        ("hours: {}\nmenu: {}\nhours: {}\n", 3),
        ("no: {}\n", 1),
        ("012: {}\n", 1),
        ("hours:\n  related: [no]\n", 2),
        ("hours:\n  questions:\n    - vi:\n        - 012\n", 4),
        ("hours: &h {}\nmenu:\n  <<: *h\n", 3),
        ("hours:\n  questions: &q\n    - *q\n", 2),
    ],
)
def test_traps_of_yaml_are_refused(yaml: str, line: int, tmp_path: Path) -> None:
    faults = refusal(write(tmp_path, {"cafe.vi.md": CAFE, "questions.yaml": yaml}))
    assert [(name, at) for name, at, _ in faults] == [("questions.yaml", line)]


def test_topic_in_two_files_is_refused(tmp_path: Path) -> None:
    topic = "wifi:\n  reply: {vi: Chưa có.}\n"
    files = {f"{name}/{file}": text for name in "ab" for file, text in (("g.vi.md", CAFE), ("not-covered.yaml", topic))}
    folder = write(tmp_path, files)
    first = folder / "a" / "not-covered.yaml"
    assert refusal(folder) == [("not-covered.yaml", 1, f"topic 'wifi' stands in {first} too")]


@pytest.mark.parametrize("name", ["question.yaml", "questions.yml", "QUESTIONS.YAML", "cafe/Glossary.yaml"])
def test_yaml_that_is_not_used_is_a_warning(name: str, tmp_path: Path) -> None:
    knowledge = load(write(tmp_path, {"cafe.vi.md": CAFE, name: "hours: {}\n"}))
    assert [(Path(fault.file).name, fault.severity) for fault in knowledge.warnings] == [(Path(name).name, "warning")]


def test_section_missing_in_one_language_is_a_warning_that_names_it(library_folder: Path) -> None:
    english = library_folder / "guide" / "library.en.md"
    text = english.read_text("utf-8")
    english.write_text(text[: text.index("## Late returns")], "utf-8")
    (warning,) = load(library_folder).warnings
    assert (Path(warning.file).name, warning.line) == ("library.vi.md", 18)
    assert warning.message == f"section 'fines' is missing in {english}"


@pytest.mark.parametrize("form", ["NFD", "NFC"])
def test_text_comes_out_composed(form: Form, tmp_path: Path) -> None:
    text = unicodedata.normalize(form, CAFE)
    assert load(write(tmp_path, {"cafe.vi.md": text})).sections == load(write(tmp_path, {"cafe.vi.md": CAFE})).sections


@pytest.mark.parametrize(("document", "quote"), [("NFD", "NFC"), ("NFC", "NFD"), ("NFD", "NFD")])
def test_answer_quotes_its_passage_however_it_is_encoded(document: Form, quote: Form, tmp_path: Path) -> None:
    questions = "hours:\n  questions:\n    - vi: [nghỉ ngày nào]\n      answer: {vi: Chủ nhật nghỉ.}\n"
    files = {
        "cafe.vi.md": unicodedata.normalize(document, CAFE),
        "questions.yaml": unicodedata.normalize(quote, questions),
    }
    assert [dict(question.answers) for question in load(write(tmp_path, files)).questions] == [{"vi": 1}]


def test_wordings_are_told_apart_however_they_are_encoded(tmp_path: Path) -> None:
    glossary = "tea:\n  vi: [trà]\nbill:\n  vi: [" + unicodedata.normalize("NFD", "trà") + "]\n"
    ((name, line, _),) = refusal(write(tmp_path, {"cafe.vi.md": CAFE, "glossary.yaml": glossary}))
    assert (name, line) == ("glossary.yaml", 4)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_byte_order_mark_and_line_ends_change_nothing(mark: str, line_end: str, library_folder: Path) -> None:
    plain = load(library_folder)
    for path in library_folder.rglob("*.*"):
        path.write_bytes((mark + path.read_text("utf-8").replace("\n", line_end)).encode())
    changed = load(library_folder)
    assert (changed.sections, changed.questions, changed.topics) == (plain.sections, plain.questions, plain.topics)


def test_file_whose_name_is_not_utf_8_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"qu\xe1n.vi.md")
    try:
        path.write_text(CAFE, "utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert len(load(tmp_path).sections) == 2


def test_folder_named_like_a_document_is_looked_into(tmp_path: Path) -> None:
    knowledge = load(write(tmp_path, {"old.md/cafe.vi.md": CAFE}))
    assert [document.id for document in knowledge.documents] == ["old-md"]


def test_questions_belong_to_the_documents_beside_them(tmp_path: Path) -> None:
    files = {"a/g.vi.md": CAFE, "b/g.vi.md": CAFE, "b/questions.yaml": "menu:\n  questions:\n    - vi: [có gì]\n"}
    assert [question.owner for question in load(write(tmp_path, files)).questions] == ["b/menu"]


def test_questions_of_another_folder_are_refused(tmp_path: Path) -> None:
    files = {"a/g.vi.md": CAFE, "b/g.vi.md": "## Giá {#price}\n\nRẻ.\n", "b/questions.yaml": "menu: {}\n"}
    assert refusal(write(tmp_path, files)) == [
        ("questions.yaml", 1, "there is no section 'menu' in this folder; there are price")
    ]


def test_same_files_give_the_same_knowledge(library_folder: Path) -> None:
    assert load(library_folder) == load(library_folder)


@pytest.mark.parametrize("name", ["guide/library.vi.md", "guide/questions.yaml", "glossary.yaml"])
def test_revision_follows_every_change(name: str, library_folder: Path) -> None:
    before = load(library_folder).revision
    with (library_folder / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert load(library_folder).revision != before


def test_revision_does_not_depend_on_the_place(library_folder: Path) -> None:
    assert load(library_folder).revision == load(DATA / "library").revision


def test_stamp_follows_what_is_added_changed_or_taken_away(library_folder: Path) -> None:
    path = library_folder / "extra.md"
    stamps = [stamp(library_folder)]
    for text in ("## Giá\n", "## Giá cả\n"):
        path.write_text(text, "utf-8")
        stamps.append(stamp(library_folder))
    path.unlink()
    assert len(set(stamps)) == 3
    assert stamp(library_folder) == stamps[0]


def test_stamp_sees_a_change_of_the_same_size(tmp_path: Path) -> None:
    path = write(tmp_path, {"cafe.md": CAFE}) / "cafe.md"
    before = stamp(path)
    os.utime(path, ns=(1, 1))
    assert stamp(path) != before


def test_stamp_overlooks_what_is_no_knowledge(library_folder: Path) -> None:
    before = stamp(library_folder)
    write(library_folder, {"photo.png": b"\x89PNG", "old.md/notes.txt": "x"})
    assert stamp(library_folder) == before


def test_missing_path_has_a_stamp_too(tmp_path: Path) -> None:
    before = stamp(tmp_path / "cafe.md")
    write(tmp_path, {"cafe.md": CAFE})
    assert stamp(tmp_path / "cafe.md") != before


def test_shipped_knowledge_is_a_folder_with_a_guide() -> None:
    assert (shipped_knowledge() / "kvm" / "guide.vi.md").is_file()


@LAW
@given(st.dictionaries(st.sampled_from(NAMES), SNIPPETS.map(str.encode) | st.text().map(str.encode) | st.binary()))
def test_no_content_raises_anything_but_a_knowledge_error(files: dict[str, bytes]) -> None:
    with TemporaryDirectory() as folder:
        write(Path(folder), files)
        try:
            faults, sections = load(Path(folder)).warnings, True
        except KnowledgeError as error:
            faults, sections = error.faults, False
        assert any(fault.severity == "error" for fault in faults) is not sections
