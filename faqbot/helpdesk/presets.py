"""A notice as the request that a program understands."""

import json
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any

from faqbot.helpdesk.signing import signed_headers
from faqbot.language.pack import language_pack
from faqbot.outgoing.mail_address import mail_address
from faqbot.outgoing.target import Kind, Target

_FRESHDESK_OPEN = 2
_FRESHDESK_LOW = 1


@dataclass(frozen=True, slots=True)
class Request:
    """Something to POST."""

    url: str
    body: bytes
    headers: dict[str, str] = field(repr=False)


def request_for(target: Target, told: dict[str, Any], moment: datetime) -> Request:
    """Return the request that tells a target something.

    :param told: As ``notices.with_transcript`` returns it.
    :param moment: When it is sent.
    """
    body = json.dumps(_BODIES[target.kind](target, told), ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "X-Faqbot-Delivery": told["id"]}
    return Request(target.url, body, {**headers, **_credentials(target, body, moment)})


def _credentials(target: Target, body: bytes, moment: datetime) -> dict[str, str]:
    if target.kind is Kind.PLAIN:
        return signed_headers(body, target.secret, moment)
    if target.kind is Kind.ZAMMAD:
        return {"Authorization": f"Token token={target.secret}"}
    key = b64encode(f"{target.secret}:X".encode()).decode()
    return {"Authorization": f"Basic {key}"}


def _plain(target: Target, told: dict[str, Any]) -> dict[str, Any]:
    return told


def _zammad(target: Target, told: dict[str, Any]) -> dict[str, Any]:
    """Return a ticket as https://docs.zammad.org/en/latest/api/ticket/index.html takes it.

    ``guess:`` lets Zammad make a customer of an e-mail address that it does not know yet.
    """
    subject = told["ticket"]["subject"]
    article = {
        "subject": subject,
        "body": whole_text(told),
        "content_type": "text/plain",
        "type": "web",
        "sender": "Customer",
        "internal": False,
    }
    return {"title": subject, "group": target.group, "customer": f"guess:{_customer(target, told)}", "article": article}


def _freshdesk(target: Target, told: dict[str, Any]) -> dict[str, Any]:
    """Return a ticket as https://developers.freshdesk.com/api/#create_ticket takes it; its description is HTML."""
    ticket = {
        "subject": told["ticket"]["subject"],
        "description": escape(whole_text(told)).replace("\n", "<br>"),
        "email": _customer(target, told),
        "priority": _FRESHDESK_LOW,
        "status": _FRESHDESK_OPEN,
        "tags": ["faqbot"],
    }
    if told["ticket"]["name"]:
        ticket["name"] = told["ticket"]["name"]
    if target.group:
        ticket["group_id"] = int(target.group)
    return ticket


_BODIES = {Kind.PLAIN: _plain, Kind.ZAMMAD: _zammad, Kind.FRESHDESK: _freshdesk}


def _customer(target: Target, told: dict[str, Any]) -> str:
    return mail_address(told["ticket"]["contact"]) or target.customer


def whole_text(told: dict[str, Any]) -> str:
    """Return the message of a new ticket, who it is from, and what was said before, in the ticket's language."""
    say = language_pack(told["ticket"]["lang"]).say
    who = [told["ticket"][name] for name in ("name", "contact") if told["ticket"][name]]
    parts = [told["text"]]
    if who:
        parts.append(say("notice_from", who=" – ".join(who)))
    if told["transcript"]:
        parts.append(say("notice_before"))
        parts += [say("notice_turn", question=turn["question"], reply=turn["reply"]) for turn in told["transcript"]]
    return "\n\n".join(parts)
