"""What is around every page of the console: its language, its navigation, its times."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from flask import request, session, url_for

from faqbot.helpdesk.numeral import numeral
from faqbot.helpdesk.tables import channel_words
from faqbot.language.pack import LANGUAGES, LanguagePack, language_pack, language_packs
from faqbot.store.access import Role
from faqbot.store.column_types import now
from faqbot.store.ticket import Status
from faqbot.web.helpdesk.session import current_user
from faqbot.web.words import page_language
from faqbot.wire import section_url


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the navigation."""

    endpoint: str
    words: str
    """Name of what it is called, in the messages of a language."""
    role: Role
    """Who sees it."""
    blueprints: tuple[str, ...]
    """Those whose pages lie below it."""


PLACES = [
    Place("helpdesk.inbox.index", "desk_inbox", Role.AGENT, ("helpdesk.inbox", "helpdesk.ticket")),
    Place("helpdesk.gaps.index", "desk_gaps", Role.EDITOR, ("helpdesk.gaps",)),
    Place("helpdesk.edits.index", "desk_edits", Role.EDITOR, ("helpdesk.edits",)),
    Place("helpdesk.figures.index", "desk_figures", Role.AGENT, ("helpdesk.figures",)),
    Place("helpdesk.outbox.index", "desk_outbox", Role.ADMIN, ("helpdesk.outbox",)),
    Place("helpdesk.audit.index", "desk_audit", Role.ADMIN, ("helpdesk.audit",)),
]
"""In order."""


def desk_language() -> str:
    """Return the language of the page: the one that the address names, which is remembered, or the remembered one."""
    wanted = request.args.get("lang")
    if wanted in LANGUAGES:
        session["lang"] = wanted
    remembered = session.get("lang")
    return remembered if remembered in LANGUAGES else page_language()


def desk_words() -> LanguagePack:
    """Return the language pack of the page."""
    return language_pack(desk_language())


def moment(at: datetime, *, today: datetime | None = None) -> str:
    """Return a time as people write it, in the server's time zone; of today, only the hour."""
    local, day = at.astimezone(), (today or now()).astimezone()
    name = "desk_time_today" if local.date() == day.date() else "desk_time"
    return desk_words().say(name, time=f"{local:%H:%M}", day=f"{local:%d}", month=f"{local:%m}", year=f"{local:%Y}")


def change_words(text: str) -> str:
    """Say what an entry of a ticket that is a change says, in the language of the page."""
    name, _, value = text.partition(": ")
    words = desk_words()
    if name == "status" and value in list(Status):
        return words.say("desk_change_status", value=words.say(f"desk_status_{value}"))
    if name == "assignee":
        return words.say("desk_change_nobody") if value == "–" else words.say("desk_change_assignee", value=value)
    return text


def surroundings() -> dict[str, object]:
    """Return what every template of the console may use."""
    user = current_user()
    language = desk_language()
    places = [place for place in PLACES if user is not None and user.role.may(place.role)]
    return {
        "say": desk_words().say,
        "language": language,
        "number": partial(numeral, language=language),
        "channel_words": partial(channel_words, language=language),
        "user": user,
        "moment": moment,
        "change_words": change_words,
        "section_url": section_url,
        "places": [(url_for(each.endpoint), each.words, request.blueprint in each.blueprints) for each in places],
        "switch": [(pack.code, pack.name, _in_language(pack.code)) for pack in language_packs()],
    }


def _in_language(code: str) -> str:
    """Return the address of this page in another language; of a page that a form led to, the inbox."""
    if request.method != "GET" or request.endpoint is None:
        return url_for("helpdesk.inbox.index", lang=code)
    values: dict[str, Any] = {**request.args.to_dict(), **(request.view_args or {}), "lang": code}
    kept = {name: value for name, value in values.items() if name != "endpoint" and not name.startswith("_")}
    return url_for(request.endpoint, **kept)
