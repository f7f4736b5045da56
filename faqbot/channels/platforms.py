"""The programs whose outgoing webhooks may ask."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from faqbot.channels import mattermost, rocketchat, slack_webhook, zulip
from faqbot.channels.incoming import Fields, Incoming
from faqbot.channels.offers import Given

Body = dict[str, object]
"""Of a reply, before it is written as JSON."""


@dataclass(frozen=True, slots=True)
class Platform:
    """A program's two translations."""

    read: Callable[[Fields], Incoming | None]
    """Returns the question in a request; None if it is not for us to answer."""
    write: Callable[[Given, Incoming, str | None], Body]
    """Returns the reply; the last is where our pages are, None if people cannot reach them."""


PLATFORMS: Mapping[str, Platform] = {
    "slack": Platform(slack_webhook.read, slack_webhook.write),
    "mattermost": Platform(mattermost.read, mattermost.write),
    "rocketchat": Platform(rocketchat.read, rocketchat.write),
    "zulip": Platform(zulip.read, zulip.write),
}
"""By the kind that a hook is added with."""
