"""A notice as an e-mail."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from faqbot.helpdesk.notices import TEAM
from faqbot.helpdesk.presets import whole_text
from faqbot.language.pack import language_pack
from faqbot.outgoing.mail_address import mail_address
from faqbot.outgoing.mail_server import MailServer

_POLICY = SMTP.clone(cte_type="7bit")
"""What every mail server takes, also one that knows no 8-bit text."""


def letter(receiver: str, told: dict[str, Any], server: MailServer) -> EmailMessage | None:
    """Return the e-mail that tells somebody something, in the ticket's language.

    A repetition has the same Message-ID, and the letters about a ticket are one thread.

    :param receiver: ``notices.TEAM`` or ``notices.REQUESTER``.
    :param told: As ``notices.with_transcript`` returns it.
    :return: None where there is nobody to write to.
    """
    say = language_pack(told["ticket"]["lang"]).say
    number, subject = told["ticket"]["id"], _one_line(told["ticket"]["subject"])
    requester = mail_address(told["ticket"]["contact"])
    if receiver == TEAM:
        to, text = list(server.team), whole_text(told)
        title = say("mail_new_ticket", ticket=number, subject=subject)
    else:
        to, text = [requester] if requester else [], f"{told['text']}\n\n{say('mail_reply_footer', ticket=number)}"
        title = say("mail_reply", ticket=number, subject=subject)
    if not to:
        return None
    found = EmailMessage(_POLICY)
    found["From"], found["To"], found["Subject"] = server.sender, ", ".join(to), title
    found["Date"] = datetime.fromisoformat(told["at"])
    domain = server.sender.rpartition("@")[2]
    found["Message-ID"] = f"<{told['id']}@{domain}>"
    found["References"] = f"<ticket-{number}@{domain}>"
    if receiver == TEAM:
        found["Auto-Submitted"] = "auto-generated"
        if requester:
            found["Reply-To"] = requester
    found.set_content(text, charset="utf-8")
    return found


def _one_line(text: str) -> str:
    """Return a text as a header may hold it: without line breaks and other characters that are no text."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
