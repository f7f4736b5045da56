"""Bodies of requests: read whole before a thread is taken, and not for ever."""

import asyncio

from granian._granian import RSGIHTTPProtocol, RSGIProtocolClosed, RSGIProtocolError
from granian.rsgi import Scope

from faqbot.web.server.refusal import CUT_SHORT, TOO_SLOW, Answer

CROWD = 500
"""Bodies that are on their way at a time, from which on those that come are given little time."""
SECONDS_IN_A_CROWD = 0.5
"""Enough for bodies that come with their request."""


class Refused(Exception):
    """The body is not waited for any longer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class Bodies:
    """Reads bodies, many at a time. Belongs to one event loop."""

    def __init__(self, largest: int, seconds: float) -> None:
        """Take how many bytes the application takes, and in how many seconds they must arrive."""
        self._largest = largest
        self._seconds = seconds
        self._under_way = 0

    async def read(self, scope: Scope, protocol: RSGIHTTPProtocol) -> bytes:
        """Return the body.

        Nothing is read of one that says it is too large, and of one that does not say only one byte too many: the
        application sees that, and refuses.

        :raises Refused: if it does not arrive in time, or ends too early.
        """
        length = scope.headers.get("content-length")
        if length is None and "transfer-encoding" not in scope.headers:
            return b""
        if length is not None and int(length) > self._largest:
            return b""
        seconds = self._seconds if self._under_way < CROWD else min(self._seconds, SECONDS_IN_A_CROWD)
        self._under_way += 1
        try:
            async with asyncio.timeout(seconds):
                body = await protocol() if length is not None else await self._pieces(protocol)
        except TimeoutError as error:
            raise Refused(TOO_SLOW) from error
        except (RSGIProtocolClosed, RSGIProtocolError) as error:
            raise Refused(CUT_SHORT) from error
        finally:
            self._under_way -= 1
        if length is not None and len(body) < int(length):
            raise Refused(CUT_SHORT)
        return body

    async def _pieces(self, protocol: RSGIHTTPProtocol) -> bytes:
        body = bytearray()
        async for piece in protocol:
            body += piece
            if len(body) > self._largest:
                break
        return bytes(body[: self._largest + 1])
