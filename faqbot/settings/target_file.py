"""Read the targets, which are told about tickets, from a YAML file."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import yaml

from faqbot.errors import Fault, SettingsError
from faqbot.outgoing.address import is_number, is_public
from faqbot.outgoing.event import Event
from faqbot.outgoing.mail_address import mail_address
from faqbot.outgoing.target import ENDPOINTS, EVENTS, Kind, Target
from faqbot.settings.weak_secret import why_refused
from faqbot.web_address import web_address
from faqbot.yaml_file import TEXT, YamlFile

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_SECRET_KEYS = ("secret", "token")
_KEYS = (
    *("name", "kind", "url", "events", "group", "customer", "allow_private"),
    *(f"{key}{how}" for key in _SECRET_KEYS for how in ("", "_env", "_file")),
)
_Choice = TypeVar("_Choice", Kind, Event)


def read_targets(path: Path, environ: Mapping[str, str]) -> tuple[Target, ...]:
    """Read the targets of a file, in its order.

    :param environ: Where secrets lie that the file only names.
    :raises SettingsError: with every fault of the file.
    """
    faults: list[Fault] = []
    try:
        file = YamlFile(str(path), path.read_text("utf-8"), faults)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"FAQBOT_WEBHOOKS: {path} cannot be read ({error})") from error
    if faults:
        # The words of YAML's own fault may be those of a secret that should have been in quotes.
        raise SettingsError(
            f"{path}:{faults[0].line}: error: not valid YAML; values with special characters need quotes"
        )
    if file.root is not None and not isinstance(file.root, yaml.SequenceNode):
        file.fault(file.root, "the file must be a list of targets")
    nodes = file.root.value if isinstance(file.root, yaml.SequenceNode) else []
    targets = [_Reader(file, node, environ).target() for node in nodes]
    names = [target.name for target in targets]
    for node, name in zip(nodes, names, strict=True):
        if name and names.count(name) > 1:
            file.fault(node, f"there are two targets {name!r}")
    if faults:
        raise SettingsError("\n".join(map(str, sorted(faults))))
    return tuple(targets)


class _Reader:
    """One target being read; faults are noted in its file."""

    def __init__(self, file: YamlFile, node: yaml.Node, environ: Mapping[str, str]) -> None:
        self._file = file
        self._node = node
        self._environ = environ
        self._values = dict(file.mapping(node, "a target"))
        for key, value in self._values.items():
            if key not in _KEYS:
                file.fault(value, f"a target has the key {key!r}; allowed are {', '.join(_KEYS)}")

    def target(self) -> Target:
        kind = self._choice("kind", Kind, self._values.get("kind"), Kind.PLAIN)
        allow_private = self._flag("allow_private")
        target = Target(
            name=self._name(),
            kind=kind,
            url=self._url(kind, allow_private),
            events=self._events(kind),
            secret=self._secret(kind),
            group=self._text("group"),
            customer=self._text("customer"),
            allow_private=allow_private,
        )
        self._check_preset(target)
        return target

    def _name(self) -> str:
        name = self._text("name", needed=True)
        if name and not _NAME.fullmatch(name):
            self._fault("name", f"name is {name!r}; up to 40 lower-case letters, digits and hyphens are allowed")
        return name

    def _url(self, kind: Kind, allow_private: bool) -> str:
        url = self._text("url", needed=True)
        if not url:
            return ""
        place = web_address(url, query=True)
        if place is None:
            self._fault("url", "url: https://host/path is allowed, in ASCII, without user or fragment")
            return ""
        if not allow_private:
            self._check_public(place.hostname or "", place.scheme)
        endpoint = ENDPOINTS[kind]
        return url if url.endswith(endpoint) else url.rstrip("/") + endpoint

    def _check_public(self, host: str, scheme: str) -> None:
        local = host == "localhost" or host.endswith(".localhost")
        if local or (is_number(host) and not is_public(host)):
            self._fault("url", f"url leads to the private address {host}; it needs allow_private: true")
        elif scheme != "https":
            self._fault("url", "url begins with http://; https:// is needed, or allow_private: true")

    def _events(self, kind: Kind) -> tuple[Event, ...]:
        node = self._values.get("events")
        if node is None:
            return EVENTS[kind]
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self._fault("events", "events must be a list, such as [ticket.created]")
            return ()
        events = tuple(self._choice("events", Event, each, Event.CREATED) for each in node.value)
        for event in events:
            if event not in EVENTS[kind]:
                self._fault("events", f"a target of kind {kind} is told only about {', '.join(EVENTS[kind])}")
        return tuple(dict.fromkeys(events))

    def _secret(self, kind: Kind) -> str:
        key = "secret" if kind is Kind.PLAIN else "token"
        given = [name for name in (key, f"{key}_env", f"{key}_file") if name in self._values]
        if len(given) != 1:
            self._fault("kind", f"a target of kind {kind} needs one of {key}, {key}_env and {key}_file")
            return ""
        node = self._values[given[0]]
        if not isinstance(node, yaml.ScalarNode) or node.tag != TEXT or not node.value.strip():
            self._fault(given[0], f"{given[0]} must be a text; put it in quotes")
            return ""
        name = node.value.strip()
        secret = name if given[0] == key else self._fetched(given[0], name)
        weakness = why_refused(secret) if secret and kind is Kind.PLAIN else None
        if weakness:
            self._fault(given[0], f"the secret {weakness}")
        if not secret.isascii() or not secret.isprintable():
            self._fault(given[0], f"the {key} must be of printable ASCII characters in one line")
        return secret

    def _fetched(self, key: str, name: str) -> str:
        if key.endswith("_env"):
            if not self._environ.get(name):
                self._fault(key, f"{key} names a variable that is not set")
            return self._environ.get(name, "")
        try:
            found = Path(name).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            self._fault(key, f"{key} names a file that cannot be read ({type(error).__name__})")
            return ""
        if not found:
            self._fault(key, f"{key} names a file that is empty")
        return found

    def _check_preset(self, target: Target) -> None:
        if target.kind is Kind.PLAIN:
            return
        if target.kind is Kind.ZAMMAD and not target.group:
            self._fault("group", "a target of kind zammad needs a group")
        if target.kind is Kind.FRESHDESK and target.group and not target.group.isdecimal():
            self._fault("group", f"group is {target.group!r}; for Freshdesk it is the number of a group")
        if not mail_address(target.customer):
            self._fault("customer", f"a target of kind {target.kind} needs a customer, by e-mail address")

    def _choice(self, key: str, kind: type[_Choice], node: yaml.Node | None, default: _Choice) -> _Choice:
        if node is None:
            return default
        text = self._file.text(node, key)
        if text in list(kind):
            return kind(text)
        if text:
            self._file.fault(node, f"{key} has {text!r}; allowed are {', '.join(kind)}")
        return default

    def _text(self, key: str, *, needed: bool = False) -> str:
        node = self._values.get(key)
        if node is None:
            if needed:
                self._fault(key, f"a target needs {key}")
            return ""
        if key == "group" and isinstance(node, yaml.ScalarNode) and node.value.isdecimal():
            return str(node.value)
        return self._file.text(node, key)

    def _flag(self, key: str) -> bool:
        node = self._values.get(key)
        if node is None:
            return False
        if not isinstance(node, yaml.ScalarNode) or node.value not in ("true", "false"):
            self._fault(key, f"{key} must be true or false")
            return False
        return bool(node.value == "true")

    def _fault(self, key: str, message: str) -> None:
        self._file.fault(self._values.get(key, self._node), message)
