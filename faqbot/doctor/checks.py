"""All checks, in the order in which they are made."""

from faqbot.doctor import environment, exposure, folders, knowledge, services, store
from faqbot.doctor.finding import Check

_STORE = ("FAQBOT_DATABASE_URL", "FAQBOT_DATA")

CHECKS = (
    Check("program", environment.program),
    Check("settings", environment.values),
    Check("names of settings", environment.names),
    Check("secret key", environment.secret_key, ("FAQBOT_SECRET_KEY", "FAQBOT_DATABASE_URL")),
    Check("knowledge", knowledge.knowledge),
    Check("index cache", folders.cache),
    Check("data folder", folders.data),
    Check("key file", folders.key_file, ("FAQBOT_SECRET_KEY", "FAQBOT_DATABASE_URL")),
    Check("disk", folders.space),
    Check("SQLite", folders.sqlite, _STORE),
    Check("store", store.tables, _STORE),
    Check("admins", store.admins, _STORE),
    Check("replicas", store.replicas, (*_STORE, "FAQBOT_REDIS_URL")),
    Check("Redis", services.redis),
    Check("embeddings", services.embeddings),
    Check("mail", services.mail),
    Check("webhooks", services.webhooks),
    Check("Slack", services.slack, ("FAQBOT_SLACK_SIGNING_SECRET", "FAQBOT_SLACK_BOT_TOKEN")),
    Check("public address", exposure.public_url, ("FAQBOT_PUBLIC_URL", "FAQBOT_TRUSTED_PROXIES")),
    Check("proxies", exposure.proxies),
    Check("origins", exposure.origins),
    Check("limit", exposure.limit, ("FAQBOT_RATE_LIMIT",)),
)
