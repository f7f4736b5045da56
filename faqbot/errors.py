"""Every error that faqbot raises on purpose. One base class, so that a channel needs one handler."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal


class FaqbotError(Exception):
    """The base of all errors below; its text is fit to show to the person who caused it."""


class SettingsError(FaqbotError):
    """A setting or a command-line value cannot be used."""


class QuestionError(FaqbotError):
    """A message cannot be asked as it is: it is empty or too long."""


EditReason = Literal[
    "malformed",
    "no_question",
    "no_text",
    "both_languages",
    "no_document",
    "no_language",
    "no_section",
    "no_passage",
    "bad_id",
    "id_taken",
    "has_headings",
    "no_topic",
    "question_taken",
    "not_extendable",
]
"""Why a change of the knowledge cannot be made."""


class EditError(FaqbotError):
    """A change of the knowledge cannot be made."""

    def __init__(self, reason: EditReason, what: str, message: str) -> None:
        """Take the reason, what it is about, such as a section's id, and both as a sentence."""
        self.reason = reason
        self.what = what
        super().__init__(message)


class StoreError(FaqbotError):
    """What should be remembered cannot be: the store is down, or refuses."""


class StoreDownError(StoreError):
    """The store cannot be reached; it may be back later."""


class HelpdeskError(FaqbotError):
    """Something cannot be done to a ticket as it was asked for."""

    def __init__(self, reason: Literal["empty", "too_long", "no_such_user"], message: str) -> None:
        self.reason = reason
        super().__init__(message)


class DeliveryError(FaqbotError):
    """A notice did not arrive."""

    def __init__(self, reason: str, *, pause: timedelta = timedelta(0), for_good: bool = False) -> None:
        self.pause = pause
        """How long the receiver wants to be left alone; none by default."""
        self.for_good = for_good
        """Whether another attempt is of no use."""
        super().__init__(reason)


class EvaluationError(FaqbotError):
    """Something cannot be measured: a file of questions cannot be used, or a method to compare with is missing."""


class CalibrationError(FaqbotError):
    """Knowledge cannot be calibrated: there is too little to learn from, or the result cannot be written."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong with a knowledge file."""

    file: str
    """The file's path as the operator gave it, joined with its name inside the folder."""
    line: int
    """The line it was seen on, counted from 1; 0 when the whole file is meant."""
    severity: Literal["error", "warning"]
    """An error keeps the knowledge from loading; a warning does not."""
    message: str
    """What was found, and what is allowed."""

    @property
    def place(self) -> str:
        """The file, with the line where there is one."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.message}"


class KnowledgeError(FaqbotError):
    """The knowledge cannot be loaded; it carries every fault of every file."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type["KnowledgeError"], tuple[tuple[Fault, ...]]]:
        return KnowledgeError, (self.faults,)
