"""The programs whose webhooks may ask."""

KINDS = ("slack", "mattermost", "rocketchat", "zulip")
"""By the names that hooks are added with."""
