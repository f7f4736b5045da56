"""What carries notices to each target."""

import ssl
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from faqbot.helpdesk.letters import letter
from faqbot.helpdesk.mailing import hand_in
from faqbot.helpdesk.notices import REQUESTER, TEAM
from faqbot.helpdesk.post import post
from faqbot.helpdesk.presets import request_for
from faqbot.outgoing.mail_server import MailServer
from faqbot.outgoing.target import Target

Carrier = Callable[[dict[str, Any], datetime], None]
"""Takes what is told to where it is told; raises DeliveryError if it did not arrive."""


def carriers(
    targets: Sequence[Target], mail: MailServer | None, *, tls: ssl.SSLContext | None = None
) -> dict[str, Carrier]:
    """Return the carrier of each target, by its name.

    :param tls: None trusts what the system trusts.
    """
    found: dict[str, Carrier] = {target.name: partial(_by_http, target, tls) for target in targets}
    if mail is not None:
        found |= {receiver: partial(_by_mail, receiver, mail, tls) for receiver in (TEAM, REQUESTER)}
    return found


def _by_http(target: Target, tls: ssl.SSLContext | None, told: dict[str, Any], moment: datetime) -> None:
    post(request_for(target, told, moment), allow_private=target.allow_private, tls=tls)


def _by_mail(receiver: str, mail: MailServer, tls: ssl.SSLContext | None, told: dict[str, Any], _: datetime) -> None:
    found = letter(receiver, told, mail)
    if found is not None:
        hand_in(found, mail, tls=tls)
