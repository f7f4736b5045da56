"""Hand an e-mail to a mail server."""

import smtplib
import ssl
from email.message import EmailMessage

from faqbot.errors import DeliveryError
from faqbot.outgoing.mail_server import MailServer

TIMEOUT = 10.0
"""Seconds for each step."""
_HERE = ("127.0.0.1", "::1", "localhost")


def hand_in(
    found: EmailMessage, server: MailServer, *, tls: ssl.SSLContext | None = None, timeout: float = TIMEOUT
) -> None:
    """Return once the server has taken the e-mail for all of its receivers.

    TLS begins at once, or where the server offers it. A password is never sent without it, but for the same machine.

    :param tls: None trusts what the system trusts.
    :raises DeliveryError: if it was not taken.
    """
    context = tls or ssl.create_default_context()
    try:
        with _connected(server, context, timeout) as connection:
            _log_in(connection, server, context)
            refused = connection.send_message(found)
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryError(_reason(error)) from error
    if refused:
        raise DeliveryError(f"the mail server took it, but not for {len(refused)} of the addresses", for_good=True)


def log_in(server: MailServer, *, tls: ssl.SSLContext | None = None, timeout: float = TIMEOUT) -> None:
    """Return once the server has let us in as it would to take an e-mail; nothing is sent.

    :param tls: None trusts what the system trusts.
    :raises DeliveryError: if it does not.
    """
    context = tls or ssl.create_default_context()
    try:
        with _connected(server, context, timeout) as connection:
            _log_in(connection, server, context)
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryError(_reason(error)) from error


def _connected(server: MailServer, context: ssl.SSLContext, timeout: float) -> smtplib.SMTP:
    if server.secure:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=timeout)


def _log_in(connection: smtplib.SMTP, server: MailServer, context: ssl.SSLContext) -> None:
    connection.ehlo()
    encrypted = server.secure
    if not encrypted and connection.has_extn("starttls"):
        connection.starttls(context=context)
        connection.ehlo()
        encrypted = True
    if server.user is None or server.password is None:
        return
    if not encrypted and server.host not in _HERE:
        raise DeliveryError("the mail server offers no TLS, without which no password is sent")
    connection.login(server.user, server.password)


def _reason(error: Exception) -> str:
    """Return what went wrong, without the server's words, which may quote the e-mail."""
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message})"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"SMTP status {error.smtp_code} ({type(error).__name__})"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _ in error.recipients.values()})
        return f"no address was accepted (SMTP status {', '.join(map(str, codes))})"
    return f"no answer ({type(error).__name__})"
