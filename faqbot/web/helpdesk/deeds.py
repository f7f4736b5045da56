"""What the audit holds, in the words of a language."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from faqbot.helpdesk.notices import REQUESTER, TEAM
from faqbot.language.pack import LanguagePack
from faqbot.store.audit import Deed

_TICKET = re.compile(r"#(\d+)")
_DAYS = re.compile(r"(\d+) days")
_PURGED = re.compile(r"(\d+) questions and (\d+) tickets older than \d+ days")
_NOTICE = re.compile(r"(ticket\.\w+) (#\w+) → (.+)")
_STEP = re.compile(r"(\w+) → (\w+)(.*)")
_MAIL = {TEAM: "outbox_mail_team", REQUESTER: "outbox_mail_requester"}


@dataclass(frozen=True, slots=True)
class Told:
    """A change as people read it; what this release has no words for stays as it was written down."""

    deed: Deed
    actor: str
    action: str
    subject: str
    ticket: str | None
    """Number of the ticket that it is about, if any."""
    detail: str


def told(deed: Deed, pack: LanguagePack) -> Told:
    """Say what was done."""
    ticket = _TICKET.fullmatch(deed.subject)
    put_detail = _DETAILS.get(deed.action)
    return Told(
        deed,
        pack.say("desk_command_line") if deed.actor == "command line" else deed.actor,
        _word(pack, f"desk_deed_{deed.action.replace('.', '_')}", deed.action),
        _subject(deed.subject, pack),
        ticket[1] if ticket else None,
        put_detail(deed.detail, pack) if put_detail else deed.detail,
    )


def receiver(target: str, pack: LanguagePack) -> str:
    """Return who a notice is for."""
    return pack.say(_MAIL[target]) if target in _MAIL else target


def _subject(subject: str, pack: LanguagePack) -> str:
    if subject == "*":
        return pack.say("desk_deed_everything")
    days = _DAYS.fullmatch(subject)
    return pack.say("figures_last", days=days[1]) if days else subject


def _status(detail: str, pack: LanguagePack) -> str:
    step = _STEP.fullmatch(detail)
    if step is None:
        return detail
    before, after = (_word(pack, f"desk_status_{each}", each) for each in step.group(1, 2))
    return f"{before} → {after}{step[3]}"


def _role(detail: str, pack: LanguagePack) -> str:
    return _word(pack, f"desk_role_{detail}", detail)


def _edit(detail: str, pack: LanguagePack) -> str:
    kind, colon, subject = detail.partition(": ")
    return f"{_word(pack, f'desk_edit_kind_{kind}', kind)}{colon}{subject}"


def _purged(detail: str, pack: LanguagePack) -> str:
    found = _PURGED.fullmatch(detail)
    return pack.say("desk_deed_purged", questions=found[1], tickets=found[2]) if found else detail


def _notice(detail: str, pack: LanguagePack) -> str:
    found = _NOTICE.fullmatch(detail)
    if found is None:
        return detail
    event = _word(pack, f"outbox_{found[1].replace('.', '_')}", found[1])
    return f"{event} {found[2]} → {receiver(found[3], pack)}"


def _word(pack: LanguagePack, name: str, otherwise: str) -> str:
    return pack.say(name) if name in pack.messages else otherwise


_DETAILS: dict[str, Callable[[str, LanguagePack], str]] = {
    "ticket.status": _status,
    "user.add": _role,
    "token.create": _role,
    "edit.save": _edit,
    "purge": _purged,
    "notice.again": _notice,
    "notice.discard": _notice,
}
