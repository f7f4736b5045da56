"""A reply as one marked-up text, for programs that take no blocks."""

from faqbot.channels.markup import Dialect, render
from faqbot.channels.text import cut
from faqbot.decision import Kind
from faqbot.language.pack import language_pack
from faqbot.reply import Reply
from faqbot.wire import section_url


def reply_text(reply: Reply, dialect: Dialect, base_url: str | None, *, most: int) -> str:
    """Return a reply with the passage in bold and a link to the section, in at most so many characters."""
    if reply.kind is not Kind.ANSWER:
        return cut(dialect.escape(reply.text), most)
    ending = ""
    if base_url is not None and reply.section is not None:
        words = dialect.escape(language_pack(reply.language).say("read_section"))
        ending = "\n\n" + dialect.link(words, f"{base_url}{section_url(reply.section, reply.language)}")
    text = render(reply.html, dialect)
    room = most - len(ending)
    if len(text) > room and reply.passage:
        sign = dialect.bold
        text = f"{sign}{dialect.escape(reply.passage)}{sign}\n\n{text}"
    return cut(text, room) + ending
