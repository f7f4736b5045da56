"""The end of an application."""

from datetime import timedelta
from pathlib import Path
from threading import Event

from faqbot.settings import Settings
from faqbot.store.column_types import now
from faqbot.store.store import Store
from faqbot.web import chat, ending
from faqbot.web.app import create_app
from tests.conftest import DATA


def test_what_was_asked_is_written_before_the_end(tmp_path: Path) -> None:
    settings = Settings(knowledge=DATA / "library", data=tmp_path)
    app = create_app(settings)
    app.test_client().post("/api/chat", json={"message": "giờ mở cửa"})
    ending.end(app)
    store = Store(settings.store_url())
    assert len(store.exchanges.since(now() - timedelta(hours=1))) == 1
    store.close()


def test_posts_to_chat_programs_are_waited_for(tmp_path: Path) -> None:
    app = create_app(Settings(knowledge=DATA / "library", data=tmp_path))
    may_go, done = Event(), Event()

    def post() -> None:
        may_go.wait()
        done.set()

    future = chat.chat_of(app).posts.do(post)
    assert future is not None
    may_go.set()
    ending.end(app)
    assert done.is_set()


def test_there_is_one_end(tmp_path: Path) -> None:
    app = create_app(Settings(knowledge=DATA / "library", data=tmp_path))
    ending.end(app)
    store = app.extensions["faqbot"].store
    ending.end(app)
    assert store.writer.lost == 0
