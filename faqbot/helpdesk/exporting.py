"""Write the edits in force into the files of the knowledge, so that git stays the source."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from faqbot.errors import EditError, Fault, KnowledgeError
from faqbot.knowledge.files import TextFile, read_files
from faqbot.knowledge.model import RefusedEdit
from faqbot.knowledge.overlay import overlay
from faqbot.store.store import Store
from faqbot.whole_file import write_whole

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    files: tuple[str, ...]
    """Names of those that changed."""
    edits: tuple[int, ...]
    """Numbers of the edits that are in the files now."""
    refused: tuple[RefusedEdit, ...]
    """Edits that could not be made; they stay in the store."""


def export(knowledge: Path, store: Store) -> Exported:
    """Write the edits in force into a folder, each file whole, and then note in the store that they are there.

    Should it end half-way, the edits stay in force, and the next export writes what is missing.

    :raises KnowledgeError: if the files have a fault; then nothing is written.
    :raises EditError: if a file cannot be written, or the knowledge is a single file.
    :raises StoreError: if the store is down.
    """
    faults: list[Fault] = []
    texts = read_files(knowledge, faults)
    if any(fault.severity == "error" for fault in faults):
        raise KnowledgeError(faults)
    edits = store.edits.in_force()
    laid = overlay(texts, edits, knowledge, faults)
    changed = _changed(texts, laid.texts)
    new = {text.name for text in laid.texts} - {text.name for text in texts}
    if knowledge.is_file() and new:
        message = f"{knowledge} is a single file; put it into a folder, where questions can lie beside it"
        raise EditError("not_extendable", str(knowledge), message)
    for text in changed:
        _write(text)
    if edits:
        store.edits.export(edits[-1].id, but=[each.number for each in laid.knowledge.refused])
    if laid.applied:
        store.audit.note("command line", "edit.export", ", ".join(map(str, laid.applied)))
    return Exported(tuple(text.name for text in changed), laid.applied, laid.knowledge.refused)


def _changed(before: Sequence[TextFile], after: Sequence[TextFile]) -> list[TextFile]:
    texts = {text.name: text.text for text in before}
    return [text for text in after if texts.get(text.name) != text.text]


def _write(text: TextFile) -> None:
    target = Path(text.name).resolve()
    try:
        marked = target.exists() and target.read_bytes().startswith(_BOM)
        write_whole(target, (_BOM if marked else b"") + text.text.encode("utf-8"))
    except OSError as error:
        raise EditError("not_extendable", text.name, f"{text.name} cannot be written ({error.strerror})") from error
