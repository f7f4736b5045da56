"""What was said to the bot before a ticket was opened."""

from dataclasses import dataclass

from faqbot.knowledge.model import KnowledgeBase, SectionKey
from faqbot.store.exchanges import Exchange
from faqbot.store.store import Store
from faqbot.store.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Turn:
    """A message to the bot, with its reply."""

    exchange: Exchange
    section: SectionKey | None
    """The section that answered; None where none did."""
    title: str | None
    """Of the section, in the language of the reply; its id where it is no longer there. None where none answered."""


def transcript(store: Store, knowledge: KnowledgeBase, ticket: Ticket) -> tuple[Turn, ...]:
    """Return the conversation that led to a ticket, the oldest turn first; none if there was none.

    :raises StoreError: if the store is down.
    """
    if ticket.conversation is None:
        return ()
    return tuple(_turn(knowledge, exchange) for exchange in store.exchanges.of(ticket.conversation))


def _turn(knowledge: KnowledgeBase, exchange: Exchange) -> Turn:
    document, _, name = (exchange.section or "").partition("/")
    if not name:
        return Turn(exchange, None, None)
    key = SectionKey(document, name)
    section = knowledge.by_key.get(key)
    return Turn(exchange, key, section.text_in(exchange.language)[1].title if section else str(key))
