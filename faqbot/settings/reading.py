"""Read each setting from its variable."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from faqbot.outgoing.mail_server import MailServer, mail_server
from faqbot.settings import values
from faqbot.settings.target_file import read_targets
from faqbot.settings.variables import Variables

LOG_FORMATS = ("json", "text")
LOG_LEVELS = ("debug", "info", "warning", "error")
MOST_THREADS = 64
LONGEST_QUEUE = 10_000
"""Of requests that wait."""
MOST_CLIENT_SECONDS = 600


def read_variables(environ: Mapping[str, str]) -> Variables:
    """Return every setting that is given, and every variable that cannot be used."""
    found = Variables(environ)
    found.take("knowledge", "FAQBOT_KNOWLEDGE", values.path)
    found.take("data", "FAQBOT_DATA", values.path)
    found.take_secret("database_url", "FAQBOT_DATABASE_URL", values.database)
    found.take("retention_days", "FAQBOT_RETENTION_DAYS", values.days)
    found.take_by_language("contact", "FAQBOT_CONTACT_")
    found.take_by_language("office_hours", "FAQBOT_OFFICE_HOURS_")
    found.take("webhooks", "FAQBOT_WEBHOOKS", lambda _, file: read_targets(Path(file), environ))
    found.put("mail", "FAQBOT_SMTP_URL", lambda: _mail(found))
    found.take_secret("redis_url", "FAQBOT_REDIS_URL", values.redis)
    found.take("rate_limit", "FAQBOT_RATE_LIMIT", values.rate)
    found.take("threads", "FAQBOT_THREADS", partial(values.whole, 1, MOST_THREADS))
    found.take("most_waiting", "FAQBOT_MOST_WAITING", partial(values.whole, 0, LONGEST_QUEUE))
    found.take("client_seconds", "FAQBOT_CLIENT_SECONDS", partial(values.whole, 1, MOST_CLIENT_SECONDS))
    found.take("trusted_proxies", "FAQBOT_TRUSTED_PROXIES", values.networks)
    found.take("embeddings_url", "FAQBOT_EMBEDDINGS_URL", values.web_address)
    found.take("embeddings_model", "FAQBOT_EMBEDDINGS_MODEL", values.word)
    found.take("public_url", "FAQBOT_PUBLIC_URL", values.web_address)
    found.take_secret("slack_signing_secret", "FAQBOT_SLACK_SIGNING_SECRET", values.strong_secret)
    found.take_secret("slack_bot_token", "FAQBOT_SLACK_BOT_TOKEN", values.given_secret)
    found.take("slack_language", "FAQBOT_SLACK_LANGUAGE", values.language)
    found.take("slack_silent", "FAQBOT_SLACK_SILENT", values.yes)
    found.take("replies_per_minute", "FAQBOT_REPLIES_PER_MINUTE", values.replies)
    found.take("allowed_origins", "FAQBOT_ALLOWED_ORIGINS", values.origins)
    found.take_secret("metrics_token", "FAQBOT_METRICS_TOKEN", values.strong_secret)
    found.take("log", "FAQBOT_LOG", partial(values.one_of, LOG_FORMATS))
    found.take("log_level", "FAQBOT_LOG_LEVEL", partial(values.one_of, LOG_LEVELS))
    found.take("access_log", "FAQBOT_ACCESS_LOG", values.yes)
    found.take_secret("secret_key", "FAQBOT_SECRET_KEY", values.strong_secret)
    if found.values.get("rate_limit") == values.OFF:
        found.values["rate_limit"] = None
    return found


def _mail(found: Variables) -> MailServer | None:
    sender, team = found.text("FAQBOT_MAIL_FROM"), found.text("FAQBOT_MAIL_TO")
    return mail_server(found.secret("FAQBOT_SMTP_URL"), sender, team)
