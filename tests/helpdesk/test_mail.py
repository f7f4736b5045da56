"""Letters reach a real mail server as they were meant: in any script, with no header that a person could make up."""

from dataclasses import replace
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.errors import DeliveryError
from faqbot.helpdesk.letters import letter
from faqbot.helpdesk.mailing import hand_in
from faqbot.helpdesk.notices import REQUESTER, TEAM
from faqbot.outgoing.event import Event
from faqbot.outgoing.mail_server import MailServer
from tests.helpdesk.telling import TEAM as TEAM_ADDRESSES
from tests.helpdesk.telling import mail, told
from tests.outside import PASSWORD, USER, Mailbox, Trust


def send(receiver: str, found: dict[str, object], server: MailServer, trust: Trust | None = None) -> None:
    written = letter(receiver, found, server)
    assert written is not None
    hand_in(written, server, tls=None if trust is None else trust.client)


def text_of(found: EmailMessage) -> str:
    return str(found.get_content()).replace("\r\n", "\n")


def test_the_team_learns_of_a_new_ticket(mailbox: Mailbox) -> None:
    send(TEAM, told(), mail(mailbox.port))
    found = mailbox.letters[0]
    assert mailbox.receivers == [list(TEAM_ADDRESSES)]
    assert found["Subject"] == "[#7] Yêu cầu mới: máy in hỏng"
    assert (found["From"], found["Reply-To"], found["Auto-Submitted"]) == (
        "bot@example.org",
        "lan@example.org",
        "auto-generated",
    )
    text = text_of(found)
    assert text.startswith("Máy in phòng 2 hỏng rồi ạ.\n\nNgười gửi: Lan – lan@example.org")
    assert "Hỏi: chủ nhật có mở cửa không\nBot: Chủ nhật thư viện nghỉ." in text


def test_the_requester_gets_the_reply_in_their_language(mailbox: Mailbox) -> None:
    send(REQUESTER, told(Event.REPLIED, "Mai mình sửa nhé."), mail(mailbox.port))
    send(REQUESTER, told(Event.REPLIED, "We mend it tomorrow.", language="en"), mail(mailbox.port))
    assert mailbox.receivers == [["lan@example.org"]] * 2
    assert [each["Subject"] for each in mailbox.letters] == ["[#7] Trả lời: máy in hỏng", "[#7] Re: máy in hỏng"]
    texts = [text_of(each) for each in mailbox.letters]
    assert texts[0] == "Mai mình sửa nhé.\n\n– Nhóm hỗ trợ, về yêu cầu #7 của bạn\n"
    assert texts[1] == "We mend it tomorrow.\n\n– The support team, about your request #7\n"


def test_what_travels_is_ascii_in_short_lines(mailbox: Mailbox) -> None:
    send(TEAM, told(text="Đường truyền chập chờn. " * 500, subject="ế" * 120), mail(mailbox.port))
    raw = mailbox.raw[0]
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) < 998
    assert mailbox.letters[0]["Subject"].endswith("ế" * 120)


def test_letters_about_a_ticket_are_one_thread_and_a_repetition_is_known(mailbox: Mailbox) -> None:
    found = told(Event.REPLIED)
    for each in (found, found, told(Event.REPLIED)):
        send(REQUESTER, each, mail(mailbox.port))
    names = [each["Message-ID"] for each in mailbox.letters]
    assert names[0] == names[1] != names[2]
    assert {each["References"] for each in mailbox.letters} == {"<ticket-7@example.org>"}


@pytest.mark.parametrize(
    "subject", ["máy in\r\nBcc: all@example.org", "máy\nin", "a\x00b\x85c\u2028Bcc: x@example.org", "\r\n\r\nbody"]
)
def test_a_subject_cannot_become_a_header(mailbox: Mailbox, subject: str) -> None:
    send(TEAM, told(subject=subject, name="Lan\r\nBcc: all@example.org"), mail(mailbox.port))
    found = mailbox.letters[0]
    assert found["Bcc"] is None
    assert mailbox.receivers == [list(TEAM_ADDRESSES)]
    assert set(found.keys()) <= {
        *("From", "To", "Subject", "Date", "Message-ID", "References", "Auto-Submitted", "Reply-To"),
        *("Content-Type", "Content-Transfer-Encoding", "MIME-Version", "X-Peer", "X-MailFrom", "X-RcptTo"),
    }


@pytest.mark.parametrize(
    "contact", ["x@example.org\r\nRCPT TO:<all@example.org>", "x@example.org, y@example.org", "0912"]
)
def test_a_contact_that_is_no_address_gets_no_letter(contact: str) -> None:
    assert letter(REQUESTER, told(Event.REPLIED, contact=contact), mail()) is None


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_makes_a_letter_that_reads_the_same(subject: str, text: str) -> None:
    found = letter(TEAM, told(text=text, subject=subject), mail())
    assert found is not None
    assert found.as_bytes().isascii()
    assert found["Bcc"] is None


def test_a_password_travels_in_tls(guarded_mailbox: Mailbox, trust: Trust) -> None:
    server = mail(guarded_mailbox.port, user=USER, password=PASSWORD)
    send(TEAM, told(), server, trust)
    assert guarded_mailbox.encrypted == [True]


def test_a_wrong_password_is_a_failure_that_does_not_show_it(guarded_mailbox: Mailbox, trust: Trust) -> None:
    server = mail(guarded_mailbox.port, user=USER, password="wrong horse")
    with pytest.raises(DeliveryError, match="SMTP status 535") as caught:
        send(TEAM, told(), server, trust)
    assert "horse" not in str(caught.value)


def test_a_server_with_a_strange_certificate_is_not_trusted(guarded_mailbox: Mailbox) -> None:
    with pytest.raises(DeliveryError, match="certificate is not trusted"):
        send(TEAM, told(), mail(guarded_mailbox.port, user=USER, password=PASSWORD))
    assert guarded_mailbox.raw == []


def test_without_tls_a_password_is_sent_on_this_machine_only(open_mailbox: Mailbox) -> None:
    server = mail(open_mailbox.port, user=USER, password=PASSWORD)
    send(TEAM, told(), server)
    assert len(open_mailbox.raw) == 1
    with pytest.raises(DeliveryError, match="offers no TLS"):
        send(TEAM, told(), replace(server, host="127.1"))


def test_a_server_that_refuses_is_a_failure_that_quotes_nobody(mailbox: Mailbox) -> None:
    mailbox.answer = "554 your letter about máy in is spam".encode("ascii", "replace").decode()
    with pytest.raises(DeliveryError, match="SMTP status 554") as caught:
        send(TEAM, told(), mail(mailbox.port))
    assert "spam" not in str(caught.value)


def test_where_no_server_is_nothing_is_sent(nowhere: str) -> None:
    with pytest.raises(DeliveryError, match="no answer"):
        send(TEAM, told(), mail(int(nowhere.rpartition(":")[2])))
