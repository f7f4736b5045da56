"""Read small-talk.yaml: greetings and the like, and the replies to them."""

from faqbot.knowledge.by_language import by_language, lists_by_language
from faqbot.knowledge.model import SmallTalk
from faqbot.yaml_file import YamlFile


def read_small_talk(file: YamlFile) -> list[SmallTalk]:
    """Read the kinds of small talk."""
    kinds = []
    for identifier, node in file.mapping(file.root, "the file"):
        phrases: list[tuple[str, str, int]] = []
        replies: dict[str, str] = {}
        for key, value in file.mapping(node, f"small talk {identifier!r}"):
            match key:
                case "phrases":
                    phrases = lists_by_language(file, value, "phrases")
                case "reply":
                    replies = by_language(file, value, "reply")
                case _:
                    file.fault(value, f"small talk {identifier!r} has the unknown key {key!r}; known: phrases, reply")
        if not replies:
            file.fault(node, f"small talk {identifier!r} has no reply")
        kinds.append(SmallTalk(identifier, tuple((language, text) for language, text, _ in phrases), replies))
    return kinds
