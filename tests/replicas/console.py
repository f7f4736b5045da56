"""An editor at the console, who may be served by another replica with every page."""

import html
import json
import re
from collections.abc import Sequence

from faqbot.knowledge.edits import MoreQuestions, content_of
from faqbot.knowledge.model import SectionKey
from tests.replicas.client import Browser, Client, Reply
from tests.replicas.installation import EDITOR, PASSWORD


class Editor:
    """A browser in which an editor is logged in."""

    def __init__(self, client: Client) -> None:
        self._browser = Browser()
        self.csrf = token_of(self._browser.get(client, "/helpdesk/login"))
        entered = self.post(client, "/helpdesk/login", name=EDITOR, password=PASSWORD)
        assert entered.status == 303, entered.text
        self.csrf = token_of(self.get(client, "/helpdesk/gaps"))

    def get(self, client: Client, path: str) -> Reply:
        return self._browser.get(client, path)

    def post(self, client: Client, path: str, **fields: str) -> Reply:
        return self._browser.post(client, path, csrf_token=self.csrf, **fields)

    def gaps(self, client: Client) -> Sequence[str]:
        """Return the paths of the gaps, the most frequent first."""
        page = self.get(client, "/helpdesk/gaps")
        assert page.status == 200, page.text
        return list(dict.fromkeys(re.findall(r'href="(/helpdesk/gaps/[0-9a-f]+)"', page.text)))

    def answer(self, client: Client, gap: str, question: str) -> Reply:
        """Make an edit for a gap: the question is one about loans."""
        edit = MoreQuestions(SectionKey("guide", "loans"), (("vi", question),))
        return self.post(client, f"{gap}/save", kind=edit.kind, content=json.dumps(content_of(edit)))


def token_of(page: Reply) -> str:
    """Return what guards the forms of a page against forgery."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found is not None, page.text
    return html.unescape(found[1])
