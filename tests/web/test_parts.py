"""What the application keeps for its views."""

from pathlib import Path

from faqbot.reply import Conversation
from faqbot.settings import Settings
from faqbot.web.app import create_app
from faqbot.web.parts import context_signer, live, live_assistant
from tests.conftest import DATA


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
