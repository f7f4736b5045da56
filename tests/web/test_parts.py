"""What the application keeps for its views."""

from pathlib import Path

from faqbot.reply import Conversation
from faqbot.settings import Settings
from faqbot.web.app import create_app
from faqbot.web.parts import context_signer, live, live_assistant
from tests.conftest import DATA
from tests.following import replace


def test_views_share_one_assistant(tmp_path: Path) -> None:
    with create_app(Settings(knowledge=DATA / "library", data=tmp_path)).app_context():
        assert live_assistant() is live().current()
        assert live_assistant().knowledge.documents[0].id == "guide"


def test_the_signer_has_the_key_of_the_settings(tmp_path: Path) -> None:
    conversation = Conversation("en")
    contexts = []
    for folder in ("one", "two"):
        app = create_app(Settings(knowledge=DATA / "library", data=tmp_path, secret_key=f"the key of folder {folder}"))
        with app.app_context():
            contexts.append(context_signer().write(conversation))
            read = [context_signer().read(context) for context in contexts]
    assert read == [None, conversation]


def test_a_request_sees_one_assistant_though_another_takes_its_place(library_folder: Path, tmp_path: Path) -> None:
    app = create_app(Settings(knowledge=library_folder, data=tmp_path))
    with app.app_context():
        before = live_assistant()
        replace(library_folder / "guide" / "library.en.md", "7 more days", "10 more days")
        live().refresh()
        assert live().current() is not before
        assert live_assistant() is before
    with app.app_context():
        assert live_assistant() is live().current()
