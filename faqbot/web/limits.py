"""How often somebody may ask: by client address, or by whatever else names them."""

import hashlib
import logging
import time
from functools import cache, partial
from math import ceil

from flask import Flask, current_app, request
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from faqbot.metrics.numbers import LIMITS_FAULT, LIMITS_REFUSED
from faqbot.settings import Settings
from faqbot.web.proxies import TrustedProxies, network_of

_log = logging.getLogger(__name__)

LIMITED = ("/", "/api/chat", "/api/search", "/api/suggest", "/api/feedback", "/api/handoff")
"""Paths that ``FAQBOT_RATE_LIMIT`` holds for, with all below them; each has a count of its own. ``/`` is the form."""
_SECONDS_WITHOUT_REDIS = 5.0
_SECONDS_TO_WAIT = 1
_parsed = cache(parse)


class Limits:
    """Counts in Redis, or in this process where there is none or it cannot be reached."""

    def __init__(self, redis_url: str | None) -> None:
        self._shared = _redis(redis_url) if redis_url else None
        self._own = FixedWindowRateLimiter(MemoryStorage())
        self._down_until = 0.0
        self.fault: str | None = None
        """Why Redis does not count; None if it does, or is not asked to."""

    @property
    def shared(self) -> bool:
        """Whether all processes count together now."""
        return self._shared is not None and self.fault is None

    def spend(self, limit: str, *names: str) -> None:
        """Count a request of somebody.

        :param limit: Such as ``60/minute``.
        :param names: What is limited, in words of ours, and then who they are.
        :raises TooManyRequests: with the seconds to wait, if they have used the limit up.
        """
        try:
            self._count(limit, *names)
        except TooManyRequests:
            LIMITS_REFUSED.labels(names[0]).inc()
            raise

    def _count(self, limit: str, *names: str) -> None:
        item, key = _parsed(limit), [_short(name) for name in names]
        if self._shared is not None and time.monotonic() >= self._down_until:
            self._keep_others_off()
            try:
                _spend(self._shared, item, key)
                self._recover()
                return
            except StorageError as error:
                self._fall_back(error)
        _spend(self._own, item, key)

    def status(self) -> tuple[str, str]:
        """Return ``ok`` or ``degraded``, and the reason."""
        if self.fault:
            return "degraded", self.fault
        return "ok", "counted in Redis" if self._shared else "counted in each process"

    def _recover(self) -> None:
        if self.fault is not None:
            self.fault, self._down_until = None, 0.0
            LIMITS_FAULT.set(0)
            _log.info("Redis counts requests again")

    def _keep_others_off(self) -> None:
        """Let one request find out whether Redis is back, while the others go on without it."""
        if self.fault:
            self._down_until = time.monotonic() + _SECONDS_WITHOUT_REDIS

    def _fall_back(self, error: StorageError) -> None:
        self._down_until = time.monotonic() + _SECONDS_WITHOUT_REDIS
        self.fault = f"Redis cannot be reached ({type(error.storage_error).__name__}); each process counts for itself"
        LIMITS_FAULT.set(1)
        _log.warning("%s", self.fault)


def add_limits(app: Flask, settings: Settings) -> Limits:
    """Hold clients to the limit, by the address that trusted proxies give; return what counts."""
    limits = Limits(settings.redis_url)
    app.extensions["faqbot_limits"] = limits
    if settings.trusted_proxies:
        app.wsgi_app = TrustedProxies(app.wsgi_app, settings.trusted_proxies)  # type: ignore[method-assign]

    if settings.rate_limit:
        app.before_request(partial(_hold, limits, settings.rate_limit))
    return limits


def limits() -> Limits:
    """Return the counter of this application."""
    found: Limits = current_app.extensions["faqbot_limits"]
    return found


def client_address() -> str:
    """Return what stands for the client of this request."""
    return network_of(request.remote_addr or "")


def _hold(limits: Limits, limit: str) -> None:
    path = _limited_path()
    if path is not None:
        limits.spend(limit, "client", path, client_address())


def _limited_path() -> str | None:
    if request.method == "OPTIONS" or (request.path == "/" and request.method != "POST"):
        return None
    return next((path for path in LIMITED if request.path == path or request.path.startswith(f"{path}/")), None)


def _spend(counter: FixedWindowRateLimiter, item: RateLimitItem, key: list[str]) -> None:
    if not counter.hit(item, *key):
        wait = max(1, ceil(counter.get_window_stats(item, *key).reset_time - time.time()))
        raise TooManyRequests("too many requests; please wait", retry_after=wait)


def _redis(url: str) -> FixedWindowRateLimiter:
    storage = RedisStorage(
        url, wrap_exceptions=True, socket_timeout=_SECONDS_TO_WAIT, socket_connect_timeout=_SECONDS_TO_WAIT
    )
    return FixedWindowRateLimiter(storage)


def _short(name: str) -> str:
    """Return a name as a key of bounded length that tells nothing about whom it names."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:24]
