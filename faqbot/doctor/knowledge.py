"""Can it answer?"""

from collections.abc import Iterator

from faqbot.doctor.finding import Finding, Installation, fault, ok, warning
from faqbot.errors import KnowledgeError
from faqbot.startup import load_assistant


def knowledge(found: Installation) -> Iterator[Finding]:
    """Whether the knowledge loads, edits of the store aside."""
    place = found.settings.knowledge
    try:
        loaded = load_assistant(place, remember=False).knowledge
    except KnowledgeError as error:
        for each in error.faults:
            yield fault(each.place, each.message, "correct it; faqbot check shows all of it")
        return
    said = f"{place}: {len(loaded.sections)} sections, {len(loaded.questions):,} questions"
    if loaded.warnings:
        yield warning("knowledge", f"{said}, {len(loaded.warnings)} warnings", f"faqbot check {place}")
    else:
        yield ok("knowledge", said)
