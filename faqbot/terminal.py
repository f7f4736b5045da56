"""Show replies and figures on a terminal."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from itertools import islice
from typing import TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from faqbot.assistant import Assistant, Question
from faqbot.decision import Kind
from faqbot.errors import QuestionError
from faqbot.evaluation import Figures, Outcome, by_style
from faqbot.evaluation import figures as sum_up
from faqbot.evaluation import misses as not_helped
from faqbot.knowledge.model import Topic
from faqbot.language.clean import clean
from faqbot.language.pack import LANGUAGES
from faqbot.matching.evidence import OWNER_EVIDENCE
from faqbot.matching.matcher import Ranking
from faqbot.reply import Conversation, Reply
from faqbot.wire import explanation, reply_fields

T = TypeVar("T")
Show = Callable[[Assistant, str, str | None, Conversation | None], Conversation]
Explain = Callable[[Assistant, str, Conversation | None], None]

_console = Console(highlight=False, soft_wrap=True)
_errors = Console(stderr=True, highlight=False, soft_wrap=True)


def as_text(assistant: Assistant, text: str, language: str | None, conversation: Conversation | None) -> Conversation:
    """Ask and print the reply for a person to read."""
    reply = assistant.ask(Question(text, language, conversation))
    _console.print(_styled(reply))
    return reply.conversation


def as_json(assistant: Assistant, text: str, language: str | None, conversation: Conversation | None) -> Conversation:
    """Ask and print the reply as JSON."""
    reply = assistant.ask(Question(text, language, conversation))
    print(json.dumps(reply_fields(reply), ensure_ascii=False, indent=2))
    return reply.conversation


def converse(assistant: Assistant, language: str | None, show: Show, explain: Explain | None) -> None:
    """Answer line after line until the end of the input; ``explain`` is told what came before each line."""
    conversation: Conversation | None = None
    while True:
        try:
            line = _console.input("[bold]>[/] ")
        except (EOFError, KeyboardInterrupt):
            _console.print()
            return
        try:
            before, conversation = conversation, show(assistant, line, language, conversation)
            if explain is not None:
                explain(assistant, line, before)
        except QuestionError as error:
            _errors.print(escape(str(error)))


def _styled(reply: Reply) -> Text:
    """Mark the passage, the title, and how sure the reply is."""
    styled = Text(reply.text)
    if reply.passage:
        styled.highlight_words([reply.passage], style="bold green")
    if reply.title:
        styled.highlight_words([f"\n{reply.title}\n"], style="bold")
    if reply.kind is Kind.ANSWER:
        styled.append(f"\n\n{reply.section} · {reply.confidence:.0%}", style="dim")
    return styled


def explain(assistant: Assistant, text: str, conversation: Conversation | None = None, *, apart: bool = False) -> None:
    """Print what a message was understood as, and how the best sections compare; ``apart`` on the error stream."""
    console = _errors if apart else _console
    ranking = assistant.search(text, conversation)
    best = ranking.matches[0]
    said = explanation(assistant, ranking, best)
    console.print(f"\n[bold]words[/]       {escape(' '.join(said['words']))}")
    for before, after in said["changes"]:
        console.print(f"[bold]read as[/]     {escape(before)} → {escape(after)}")
    ignored = [word.text for word in ranking.utterance.tokens if word.function_word]
    console.print(f"[bold]function[/]    {escape(' '.join(ignored) or '-')}")
    console.print(f"[bold]concepts[/]    {escape(', '.join(said['concepts']) or '-')}")
    console.print(f"[bold]unfamiliar[/]  {escape(', '.join(said['unfamiliar']) or '-')}")
    language = ranking.utterance.language
    console.print(f"[bold]language[/]    {language or '-'}")
    topic = f", nearest topic {escape(_named(ranking.topic, language))}" if ranking.topic else ""
    console.print(f"[bold]outside[/]     {ranking.outside:.3f}{topic}")
    margin = best.confidence - (ranking.matches[1].confidence if len(ranking.matches) > 1 else 0.0)
    console.print(f"[bold]margin[/]      {margin:.3f}{' (exact)' if ranking.exact else ''}")
    console.print(_comparison(assistant, ranking))


def _named(topic: Topic, language: str | None) -> str:
    return f"{topic.id} ({topic.titles.get(language or LANGUAGES[0]) or next(iter(topic.titles.values()))})"


def _comparison(assistant: Assistant, ranking: Ranking) -> Table:
    """Set the best three sections beside each other: how sure each is, and what it scored in each lane."""
    best = ranking.matches[:3]
    rows = [explanation(assistant, ranking, match)["evidence"] for match in best]
    table = Table("", *[escape(str(match.section.key)) for match in best])
    table.add_row("confidence", *[f"{match.confidence:.3f}" for match in best], style="bold")
    for name in OWNER_EVIDENCE[:-1]:
        table.add_row(name, *[f"{row[name]['score']:.2f}" if name in row else "" for row in rows])
    return table


def with_progress(items: Sequence[object], work: Callable[[Callable[[], None]], T]) -> T:
    """Do the work under a progress bar on the error stream; it calls what it is given once for each item."""
    with Progress(console=_errors, transient=True) as progress:
        task = progress.add_task("measuring", total=len(items))
        return work(lambda: progress.advance(task))


def figures(outcomes: Sequence[Outcome]) -> None:
    """Print the figures, in all and by style and language."""
    table = Table("style", "lang", *[_heading(each.name) for each in fields(Figures)])
    for (style, language), group in by_style(outcomes).items():
        table.add_row(escape(clean(style)), escape(clean(language)), *_row(group))
    table.add_section()
    table.add_row("all", "", *_row(sum_up(outcomes)))
    show(table)


def show(table: Table) -> None:
    """Print a table; as wide as it needs to be where nobody watches."""
    Console(highlight=False, width=200 if not _console.is_terminal else None).print(table)


def figures_as_json(outcomes: Sequence[Outcome]) -> None:
    """Print the figures as JSON."""
    groups = {clean(f"{style} {language}"): asdict(group) for (style, language), group in by_style(outcomes).items()}
    print(json.dumps({"all": asdict(sum_up(outcomes)), "by_style": groups}, ensure_ascii=False, indent=2))


def misses(outcomes: Sequence[Outcome], most: int) -> None:
    """Print up to that many questions that were not helped, on the error stream."""
    for outcome in islice(not_helped(outcomes), most):
        wanted = escape(clean(", ".join(outcome.case.expected))) or "decline"
        _errors.print(
            f"[bold]{escape(clean(outcome.case.text))}[/]\n  {outcome.kind} {outcome.found} "
            f"{outcome.certainty:.2f}, wanted {wanted}"
        )


_HEADINGS = {
    "answerable": "n in",
    "top_1": "top 1",
    "top_3": "top 3",
    "mean_reciprocal_rank": "MRR",
    "unanswerable": "n out",
    "unanswerable_declined": "out declined",
    "unanswerable_answered": "out answered",
    "area_under_roc": "AUROC",
    "calibration_error": "ECE",
    "language_right": "lang",
}


def _heading(name: str) -> str:
    return _HEADINGS.get(name, name)


def _row(group: Figures) -> list[str]:
    return [_number(getattr(group, each.name)) for each in fields(Figures)]


def _number(value: float | int | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:.3f}"
