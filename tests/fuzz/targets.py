"""What must hold for any bytes at all: one law for each reader of what others wrote.

Hypothesis tries them in the ordinary tests, and atheris, which looks for ways through the code, in ``make fuzz``.
"""

import json
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any

from faqbot.assistant import Assistant, Question
from faqbot.channels import slack_requests
from faqbot.channels.incoming import Incoming
from faqbot.channels.platforms import PLATFORMS
from faqbot.errors import EditError, Fault, KnowledgeError, QuestionError
from faqbot.helpdesk.message import written
from faqbot.knowledge.edits import content_of, edit_of
from faqbot.knowledge.files import TextFile
from faqbot.knowledge.loader import load, read_knowledge
from faqbot.knowledge.markdown import parse_markdown
from faqbot.knowledge.model import KnowledgeBase
from faqbot.knowledge.overlay import Candidate, overlay
from faqbot.language.clean import clean
from faqbot.language.fold import fold, split_tone
from faqbot.language.segments import segments
from faqbot.language.token import words
from faqbot.language.vi import telex, vni
from faqbot.language.vi.syllable import is_syllable
from faqbot.redaction import redact
from faqbot.web.context import ContextSigner
from faqbot.wire import conversation_fields, conversation_of

DATA = Path(__file__).parents[1] / "data"
CAFE = "# Quán\n\n## Giờ mở cửa {#hours}\n\nMở từ 7 giờ. Chủ nhật nghỉ.\n\n## Thực đơn {#menu}\n\n- Cà phê\n- Trà đào\n"
EDITS = ("questions", "section", "topic", "topic-questions", "")
_SIGNER = ContextSigner("the key of these tests")


def message(data: bytes) -> str:
    """Return bytes as a message, in which halves of letters may be."""
    return data.decode("utf-8", "surrogateescape")


def file(name: str, data: bytes) -> TextFile:
    """Return bytes as a file of the knowledge beside the café's document."""
    text = data.decode("utf-8", "replace").replace("\0", "")
    return TextFile(f"cafe/{name}", "cafe", name, unicodedata.normalize("NFC", text))


def fields(data: bytes) -> dict[str, Any]:
    """Return bytes as the fields of a request; none where they are no JSON object."""
    with suppress(ValueError, RecursionError):
        found = json.loads(data)
        if isinstance(found, dict):
            return found
    return {}


def markdown(data: bytes) -> None:
    faults: list[Fault] = []
    text = file("cafe.vi.md", data)
    parts = parse_markdown(text.text, text.name, faults).parts
    assert len(parts) - len({part.id for part in parts}) <= len(faults)
    for body in (part.body for part in parts):
        letters = "".join(body.text.split())
        assert unicodedata.is_normalized("NFC", body.text)
        assert "<script" not in body.html.lower()
        for passage in body.passages:
            assert passage.text == passage.text.strip() != ""
            assert "".join(passage.text.split()) in letters
    _read(text)


def beside(name: str, data: bytes) -> None:
    """A file beside a document."""
    knowledge = _read(TextFile("cafe/cafe.vi.md", "cafe", "cafe.vi.md", CAFE), file(name, data))
    if knowledge is not None:
        assert all(question.text.strip() for question in knowledge.questions)


def _read(*texts: TextFile) -> KnowledgeBase | None:
    """Return the knowledge of files; None where they have a fault."""
    faults: list[Fault] = []
    knowledge = None
    with suppress(KnowledgeError):
        knowledge = read_knowledge(texts, faults, Path("cafe"))
    assert any(fault.severity == "error" for fault in faults) is (knowledge is None)
    return knowledge


def edit(data: bytes) -> None:
    content = fields(data)
    for kind in EDITS:
        with suppress(EditError):
            found = edit_of(kind, content)
            assert edit_of(kind, content_of(found)) == found
            texts = [TextFile("cafe/cafe.vi.md", "cafe", "cafe.vi.md", CAFE)]
            overlaid = overlay(texts, [Candidate(kind, content)], Path("cafe"))
            assert len(overlaid.applied) + len(overlaid.knowledge.refused) == 1


def normalise(data: bytes) -> None:
    cleaned = clean(message(data))
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert fold(fold(cleaned)) == fold(cleaned)
    assert all(word and word == word.lower() for word in words(cleaned))


def keystrokes(data: bytes) -> None:
    for word in words(clean(message(data))):
        for decode in (telex.decode, vni.decode):
            decoded = decode(word)
            if decoded is not None:
                assert is_syllable(*split_tone(decoded))
                assert unicodedata.is_normalized("NFC", decoded)
                assert decode(decoded) is None or decoded.isascii()


def parts(data: bytes) -> None:
    text = clean(message(data))
    found = segments(text)
    assert len(found) <= 12
    at = 0
    for segment in found:
        assert segment.text.strip() == segment.text != ""
        at = text.index(segment.text, at) + len(segment.text)


def redaction(data: bytes) -> None:
    once = redact(message(data))
    assert redact(once) == once
    assert unicodedata.is_normalized("NFC", once)


def letter(data: bytes) -> None:
    own, lines = written(message(data)), message(data).splitlines()
    assert own == own.strip()
    assert own == message(data).strip() or all(line in lines for line in own.splitlines()[1:-1])


@cache
def _library() -> Assistant:
    return Assistant(load(DATA / "library"))


def question(data: bytes) -> None:
    with suppress(QuestionError):
        reply = _library().ask(Question(message(data)))
        assert 0 <= reply.confidence <= 1
        if reply.section is not None and reply.passage is not None:
            texts = _library().knowledge.by_key[reply.section].texts[reply.language]
            assert reply.passage in [passage.text for passage in texts.passages]


def context(data: bytes) -> None:
    _SIGNER.read(message(data))
    found = conversation_of(fields(data))
    if found is not None:
        assert _SIGNER.read(_SIGNER.write(found)) == conversation_of(conversation_fields(found))


def slack(data: bytes) -> None:
    found = fields(data)
    _check(slack_requests.event(found))
    _check(slack_requests.command(found))
    slack_requests.click(found)


def hook(kind: str, data: bytes) -> None:
    """A message of another chat program."""
    _check(PLATFORMS[kind].read(fields(data)))


def _check(incoming: Incoming | None) -> None:
    if incoming is not None:
        assert incoming.text == incoming.text.strip()
        for text in (incoming.text, incoming.channel, incoming.person, incoming.thread, *incoming.deliveries):
            text.encode()


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "markdown": markdown,
    **{
        name.partition(".")[0]: partial(beside, name)
        for name in ("questions.yaml", "not-covered.yaml", "glossary.yaml", "small-talk.yaml", "cases.jsonl")
    },
    "edit": edit,
    "normalise": normalise,
    "keystrokes": keystrokes,
    "segments": parts,
    "redaction": redaction,
    "letter": letter,
    "question": question,
    "context": context,
    "slack": slack,
    **{f"hook-{kind}": partial(hook, kind) for kind in PLATFORMS},
}
