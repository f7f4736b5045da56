"""The webhooks of chat programs: a message that one delivers becomes the reply that it gets."""

from faqbot.channels import offers
from faqbot.channels.cap import Cap
from faqbot.channels.desk import Desk, Note, now
from faqbot.channels.incoming import Fields, Incoming, words
from faqbot.channels.offers import Given
from faqbot.channels.ports import Hook
from faqbot.decision import Kind
from faqbot.errors import FaqbotError


class HookBot:
    """Serves all webhooks."""

    def __init__(self, desk: Desk, cap: Cap, note: Note = now) -> None:
        """Take what is needed; ``note`` does what a reply need not wait for, at once by default."""
        self._desk = desk
        self._cap = cap
        self._note = note

    def answer(self, hook: Hook, incoming: Incoming) -> Given | None:
        """Return the reply to a message, the same one when it is delivered again; None to say nothing."""
        source, language = source_of(hook), hook.language
        if not self._desk.once.first(source, incoming.deliveries):
            given = self._desk.again(source, incoming, language=language, public_only=hook.public_only)
        elif self._cap.take(f"{source}:{incoming.channel}"):
            given = self._first(hook, incoming)
        else:
            return None
        return None if hook.silent and given.reply.kind is Kind.DECLINE and not incoming.command else given

    def press(self, hook: Hook, fields: Fields, value: Fields) -> Given | str | None:
        """Do what a button is for; return a reply to put in the message's place, words for who pressed it, or None."""
        action, person = words(value, "action"), words(fields, "user_id")
        channel, post = words(fields, "channel_id"), words(fields, "post_id")
        match action:
            case offers.HELPFUL | offers.UNHELPFUL:
                return self._desk.rate(value, helpful=action == offers.HELPFUL)
            case offers.CHOOSE | offers.NONE:
                return self._desk.choose(source_of(hook), Incoming("", channel, person), action, value)
            case offers.PERSON:
                return self._desk.hand_over(
                    source_of(hook),
                    value,
                    name=words(fields, "user_name"),
                    contact=f"{hook.kind}:{person}",
                    button=f"{action}:{post}:{person}",
                )
        return None

    def _first(self, hook: Hook, incoming: Incoming) -> Given:
        source = source_of(hook)
        try:
            return self._desk.ask(
                source, incoming, language=hook.language, public_only=hook.public_only, note=self._note
            )
        except FaqbotError:
            self._desk.once.forget(source, incoming.deliveries)
            raise


def source_of(hook: Hook) -> str:
    """Return the name under which the messages of a hook are remembered."""
    return f"hook:{hook.name}"
