"""The Slack app: messages, the slash command and buttons become replies."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from faqbot.channels import offers
from faqbot.channels.block_kit import blocks, fallback
from faqbot.channels.cap import Cap
from faqbot.channels.desk import Desk, Note, now
from faqbot.channels.incoming import Incoming
from faqbot.channels.offers import Given
from faqbot.channels.response_url import Responder
from faqbot.channels.slack_requests import Click
from faqbot.decision import Kind
from faqbot.language.pack import language_pack
from faqbot.metrics.numbers import REPLIES_POSTED

_log = logging.getLogger(__name__)

_SOURCE = "slack"


@dataclass(frozen=True, slots=True)
class Manners:
    """How to behave."""

    language: str | None
    """In which to reply; None for the asker's."""
    silent: bool
    """Whether to say nothing in a channel where we cannot help."""
    base_url: str | None
    """Where our pages are, without a slash at the end; None if people cannot reach them."""


class SlackBot:
    """Serves one workspace."""

    def __init__(
        self,
        desk: Desk,
        client: WebClient | None,
        responder: Responder,
        cap: Cap,
        manners: Manners,
        note: Note = now,
    ) -> None:
        """Take what is needed; without a client nothing can be posted, and only commands and buttons are served.

        :param note: Does what the reply to a slash command need not wait for; at once by default.
        """
        self._note = note
        self._desk = desk
        self._client = client
        self._responder = responder
        self._cap = cap
        self._manners = manners

    def on_message(self, incoming: Incoming) -> None:
        """Answer a message in its thread, if it has not been answered yet."""
        if self._client is None or not self._desk.once.first(_SOURCE, incoming.deliveries):
            return
        if not self._cap.take(incoming.channel):
            return
        language = self._manners.language
        given = self._desk.ask(_SOURCE, incoming, language=language, public_only=incoming.outsiders)
        if self._manners.silent and given.reply.kind is Kind.DECLINE and not incoming.direct:
            return
        try:
            self._client.chat_postMessage(
                channel=incoming.channel,
                thread_ts=incoming.thread,
                text=fallback(given.reply),
                blocks=blocks(given, self._manners.base_url),
                unfurl_links=False,
                unfurl_media=False,
            )
        except TimeoutError:
            REPLIES_POSTED.labels("unknown").inc()
            _log.warning("Slack did not say in time whether a reply arrived")
        except (SlackClientError, OSError, HTTPException) as error:
            REPLIES_POSTED.labels("failed").inc()
            _log.warning("a reply could not be posted to Slack (%s)", type(error).__name__)
            self._desk.once.forget(_SOURCE, incoming.deliveries)
        else:
            REPLIES_POSTED.labels("arrived").inc()

    def on_command(self, incoming: Incoming) -> dict[str, object]:
        """Return the reply to a slash command, which its writer alone sees."""
        given = self._desk.ask(
            _SOURCE,
            incoming,
            language=self._manners.language,
            public_only=False,
            shareable=not incoming.direct,
            note=self._note,
        )
        return {"response_type": "ephemeral", **self._body(given)}

    def answer_later(self, response_url: str, body: Mapping[str, object]) -> None:
        """Send the reply to a slash command that was not there in time."""
        self._responder.post(response_url, body)

    def on_click(self, click: Click) -> None:
        """Do what a button is for."""
        action = click.action.partition(":")[0]
        match action:
            case offers.HELPFUL | offers.UNHELPFUL:
                self._whisper(click, self._desk.rate(click.value, helpful=action == offers.HELPFUL))
            case offers.CHOOSE | offers.NONE:
                self._respond(click, {"replace_original": True, **self._body(self._chosen(click, action))})
            case offers.SHARE:
                self._share(click)
            case offers.PERSON:
                button = f"{action}:{click.channel}:{click.message}:{click.person}"
                contact = f"slack:{click.person}"
                said = self._desk.hand_over(
                    _SOURCE, click.value, name=click.person_name, contact=contact, button=button
                )
                self._whisper(click, said)

    def _chosen(self, click: Click, action: str) -> Given:
        where = Incoming("", click.channel, click.person, click.thread, command=not click.thread)
        return self._desk.choose(_SOURCE, where, action, click.value, shareable=click.ephemeral)

    def _share(self, click: Click) -> None:
        outsiders = self._has_outsiders(click.channel)
        reply = self._desk.show(click.value, public_only=outsiders)
        if reply is None:
            say = language_pack(offers.language_of(click.value)).say
            self._whisper(click, say("not_shareable" if outsiders else "gone"))
            return
        given = Given(reply, "", public_only=outsiders)
        self._respond(click, {"response_type": "in_channel", "replace_original": False, **self._body(given)})

    def _has_outsiders(self, channel: str) -> bool:
        """Ask whether a channel is shared with others; it counts as shared where Slack does not say that it is not."""
        if self._client is None:
            return True
        try:
            found: object = self._client.conversations_info(channel=channel).get("channel")
        except (SlackClientError, OSError, HTTPException) as error:
            _log.warning("Slack does not say who is in a channel (%s)", type(error).__name__)
            return True
        return not (isinstance(found, dict) and found.get("is_ext_shared") is False)

    def _body(self, given: Given) -> dict[str, object]:
        found = [block.to_dict() for block in blocks(given, self._manners.base_url)]
        return {"text": fallback(given.reply), "blocks": found}

    def _whisper(self, click: Click, words: str | None) -> None:
        if words is not None:
            self._respond(click, {"response_type": "ephemeral", "replace_original": False, "text": words})

    def _respond(self, click: Click, body: Mapping[str, object]) -> None:
        thread = {"thread_ts": click.thread} if click.thread else {}
        self._responder.post(click.response_url, {**body, **thread})
