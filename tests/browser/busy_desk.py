"""A helpdesk in full use: something on every page of the console."""

from dataclasses import replace
from datetime import timedelta

from faqbot.helpdesk.curation import Curator
from faqbot.helpdesk.desk import Desk
from faqbot.helpdesk.notices import TEAM
from faqbot.knowledge.edits import MoreQuestions
from faqbot.knowledge.model import SectionKey
from faqbot.service import Asked, Service
from faqbot.store.column_types import now
from faqbot.store.exchanges import Verdict
from faqbot.store.notice import NewNotice
from faqbot.store.ticket import EntryKind, NewTicket, Status

LONG_WORD = "khôngcódấucách" * 12
CONVERSATION = ("mượn được bao lâu", "gửi xe ở đâu", "gặp nhân viên")
SUBJECT = "mượn sách được bao lâu, và trả muộn thì sao?"
QUESTIONS = ("gửi xe ở đâu", "gửi xe chỗ nào vậy", "what do I owe for a tardy novel", "gia hạn sách trả muộn")
NOTE = f"Xem lại giúp: {LONG_WORD}"


def fill(service: Service) -> None:
    """Let visitors ask, agents and editors work, and notices be lost. The first ticket has everything that one can."""
    _ask(service)
    _work_on_tickets(service)
    _edit_knowledge(service)
    _lose_notices(service)


def _ask(service: Service) -> None:
    for question in QUESTIONS * 2:
        service.answer(Asked(question, "page"))
    service.store.writer.flush(5)
    found = service.store.exchanges.since(now() - timedelta(days=1))
    older = [replace(each, id=f"old-{each.id}", at=each.at - timedelta(days=9)) for each in found]
    service.store.exchanges.keep(older)
    for number, each in enumerate(found):
        service.store.feedback.give(Verdict(each.id, now(), number % 3 == 0, None))


def _work_on_tickets(service: Service) -> None:
    conversation = None
    for message in CONVERSATION:
        conversation = service.answer(Asked(message, "page", conversation=conversation)).reply.conversation
    assert conversation is not None
    new = NewTicket(SUBJECT, "page", "vi", name="An", contact="an@example.com", conversation=conversation.id)
    first, _ = service.hand_over(new)
    service.hand_over(NewTicket(f"help {LONG_WORD}", "web", "en"))
    solved, _ = service.hand_over(NewTicket("How long may I keep a book?", "slack", "en", name="An"))
    desk = Desk(service.store, "Hoa")
    desk.reply(desk.note(desk.assign(first, "Minh"), NOTE), "Chào bạn,\n\nbạn mượn được 14 ngày.")
    service.store.tickets.say(first.id, EntryKind.MESSAGE, "Cảm ơn!")
    desk.set_status(solved, Status.SOLVED)


def _edit_knowledge(service: Service) -> None:
    curator = Curator(service.store, service.live, "Lan")
    section = SectionKey("guide", "loans")
    curator.save(MoreQuestions(section, (("vi", "giữ sách được mấy hôm"),)))
    curator.undo(curator.save(MoreQuestions(section, (("en", f"tablet {LONG_WORD}"),))))
    curator.dismiss(["mua sach o dau re"])


def _lose_notices(service: Service) -> None:
    outbox = service.store.outbox
    outbox.add(*(NewNotice(target, "ticket.created", {"ticket": {"id": 1}}) for target in ("crm", TEAM)))
    while (notice := outbox.claim(now())) is not None:
        outbox.give_up(notice, f"550 5.1.1 no such mailbox {LONG_WORD}")
