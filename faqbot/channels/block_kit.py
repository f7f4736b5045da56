"""A reply as Slack's Block Kit: https://docs.slack.dev/reference/block-kit/blocks."""

from collections.abc import Iterator

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, ContextBlock, MarkdownTextObject, SectionBlock

from faqbot.channels.markup import SLACK, render
from faqbot.channels.offers import CHOOSE, HELPFUL, Given, Offer, offers, written
from faqbot.channels.slack_text import escape, link
from faqbot.channels.text import cut
from faqbot.decision import Kind
from faqbot.language.pack import language_pack
from faqbot.reply import Reply
from faqbot.wire import section_url

LONGEST_SECTION = 3_000
LONGEST_BUTTON = 75
_LONGEST_NOTICE = 3_000
_FENCE = "```"


def blocks(given: Given, base_url: str | None) -> list[Block]:
    """Return a reply as blocks: its text with the passage in bold, a link to the section, buttons.

    :param base_url: Where our pages are, without a slash at the end; None if people cannot reach them, for no link.
    """
    found: list[Block] = [SectionBlock(text=MarkdownTextObject(text=_text(given.reply), verbatim=True))]
    if base_url is not None and given.reply.section is not None:
        say = language_pack(given.reply.language).say
        url = f"{base_url}{section_url(given.reply.section, given.reply.language)}"
        found.append(ContextBlock(elements=[MarkdownTextObject(text=link(escape(say("read_section")), url))]))
    buttons = list(_buttons(offers(given)))
    return [*found, ActionsBlock(elements=buttons)] if buttons else found


def fallback(reply: Reply) -> str:
    """Return a reply as a notification shows it."""
    return cut(escape(reply.passage or reply.words), _LONGEST_NOTICE)


def _text(reply: Reply) -> str:
    if reply.kind is not Kind.ANSWER:
        return shortened(escape(reply.words))
    kept = shortened(render(reply.html, SLACK))
    passage = escape(reply.passage or "")
    # A long section may be cut before the sentence that answers.
    if passage and passage not in kept.replace("*", "") and kept.endswith("…"):
        return shortened(f"*{passage}*\n\n{kept}")
    return kept


def shortened(text: str) -> str:
    """Return marked-up text that fits in a section block: whole lines, as many as there is room for."""
    if len(text) <= LONGEST_SECTION:
        return text
    room = LONGEST_SECTION - len(f"\n{_FENCE}\n…")
    lines: list[str] = []
    for line in text.split("\n"):
        if room < len(line) + 1:
            break
        lines.append(line)
        room -= len(line) + 1
    kept = "\n".join(lines).rstrip() or _plainly(text)
    fence = f"\n{_FENCE}" if kept.count(_FENCE) % 2 else ""
    return f"{kept}{fence}\n…"


def _plainly(text: str) -> str:
    """Return the beginning of a line that is too long for a block, without what a cut might leave half open."""
    kept = cut(text, LONGEST_SECTION - 20, mark="")
    kept = kept[: kept.rfind("<")] if kept.rfind("<") > kept.rfind(">") else kept
    return kept[: kept.rfind("&")] if kept.rfind("&") > kept.rfind(";") else kept


def _buttons(found: tuple[Offer, ...]) -> Iterator[ButtonElement]:
    for at, offer in enumerate(found):
        yield ButtonElement(
            text=cut(offer.words, LONGEST_BUTTON),
            action_id=f"{offer.action}:{at}" if offer.action == CHOOSE else offer.action,
            value=written(offer.value),
            style="primary" if offer.action == HELPFUL else None,
        )
