"""The whole store in one hand."""

from sqlalchemy import text

from faqbot.errors import StoreError
from faqbot.store.access import Tokens, Users
from faqbot.store.audit import Audit
from faqbot.store.database import Database
from faqbot.store.deliveries import Deliveries
from faqbot.store.edits import Edits
from faqbot.store.exchanges import Exchanges, Feedback
from faqbot.store.figures import Figures
from faqbot.store.happening import Announce
from faqbot.store.hooks import Hooks
from faqbot.store.outbox import Outbox
from faqbot.store.settled_gaps import SettledGaps
from faqbot.store.threads import Threads
from faqbot.store.tickets import Tickets
from faqbot.store.writer import Watch, Writer


class Store:
    """What outlives the process. Making one connects to nothing; every method of its parts may raise StoreError."""

    def __init__(self, url: str, announce: Announce = lambda happening: (), *, watch: Watch | None = None) -> None:
        """Take the address as ``Settings.store_url`` gives it, and who is told about tickets; by default nobody is.

        :param watch: Is told how the writer gets on; by default nobody is.
        """
        self.database = Database(url)
        self.exchanges = Exchanges(self.database)
        self.feedback = Feedback(self.database)
        self.figures = Figures(self.database)
        self.tickets = Tickets(self.database, announce)
        self.edits = Edits(self.database)
        self.settled_gaps = SettledGaps(self.database)
        self.users = Users(self.database)
        self.tokens = Tokens(self.database)
        self.outbox = Outbox(self.database)
        self.audit = Audit(self.database)
        self.deliveries = Deliveries(self.database)
        self.threads = Threads(self.database)
        self.hooks = Hooks(self.database)
        self.writer = Writer(self.exchanges.keep, watch=watch)

    def status(self) -> tuple[str, str]:
        """Return ``ok`` or ``degraded``, and the reason; the writer has a status of its own."""
        try:
            with self.database.reading() as connection:
                connection.execute(text("SELECT 1"))
        except StoreError as error:
            return "degraded", str(error)
        return "ok", self.database.engine.dialect.name

    def close(self) -> None:
        """Write what waits to be written, and disconnect."""
        self.writer.close()
        self.database.close()
