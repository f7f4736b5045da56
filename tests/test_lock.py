"""What is installed is pinned, with hashes, to what pyproject.toml asks for."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "requirements"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DEPENDENCIES = PROJECT["project"]["dependencies"]
LISTED = {each: (FOLDER / f"{each}.in").read_text("utf-8") for each in ("build", "bill")}
ASKED: dict[str, list[str]] = {
    "runtime": DEPENDENCIES,
    "development": [*DEPENDENCIES, *PROJECT["project"]["optional-dependencies"]["development"]],
    "build": [*PROJECT["build-system"]["requires"], "editables"],
    "bill": ["cyclonedx-bom"],
}
"""By lock file, what must be in it."""
MACHINES = [
    {
        "python_version": python,
        "python_full_version": f"{python}.5",
        "sys_platform": system,
        "platform_machine": machine,
    }
    for python in ("3.11", "3.12", "3.13", "3.14")
    for system, machine in (("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64"))
]
ENTRY = re.compile(r"(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>\S+)(?: ; (?P<marker>[^\\]+?))? \\")
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?")


@dataclass(frozen=True)
class Entry:
    """One package that is pinned."""

    name: str
    version: Version
    marker: Marker | None

    def holds_on(self, machine: dict[str, str]) -> bool:
        return self.marker is None or self.marker.evaluate({"implementation_name": "cpython", **machine})


def lines(lock: str) -> list[str]:
    text = (FOLDER / f"{lock}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if not line.lstrip().startswith("#")]


def entries(lock: str) -> list[Entry]:
    found = [ENTRY.fullmatch(line) for line in lines(lock) if not line.startswith(" ")]
    return [
        Entry(each["name"], Version(each["version"]), Marker(each["marker"]) if each["marker"] else None)
        for each in found
        if each
    ]


@pytest.mark.parametrize("lock", ASKED)
def test_every_entry_has_a_version_and_hashes_and_names_no_place(lock: str) -> None:
    whole = lines(lock)
    assert [line for line in whole if not (ENTRY.fullmatch(line) or HASH.fullmatch(line))] == []
    assert all(
        HASH.fullmatch(after) for line, after in zip(whole, [*whole[1:], ""], strict=True) if ENTRY.fullmatch(line)
    )
    assert "://" not in (FOLDER / f"{lock}.txt").read_text("utf-8")


@pytest.mark.parametrize("lock", ASKED)
@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: "-".join(machine.values()))
def test_all_that_is_asked_for_is_there_once_in_a_version_that_will_do(lock: str, machine: dict[str, str]) -> None:
    held = [entry for entry in entries(lock) if entry.holds_on(machine)]
    names = [entry.name for entry in held]
    assert len(set(names)) == len(names)
    versions = {entry.name: entry.version for entry in held}
    for requirement in map(Requirement, ASKED[lock]):
        assert versions[canonicalize_name(requirement.name)] in requirement.specifier
        assert not requirement.extras or f"{requirement.name}-{next(iter(requirement.extras))}" in versions


@pytest.mark.parametrize("lock", ["runtime", "build", "bill"])
def test_what_several_locks_pin_is_of_the_same_version(lock: str) -> None:
    development = {(entry.name, entry.version) for entry in entries("development")}
    names = {name for name, _ in development}
    pinned = {(entry.name, entry.version) for entry in entries(lock)}
    assert {each for each in pinned if each[0] in names} <= development


def test_tests_run_with_all_that_a_server_runs_with() -> None:
    assert {entry.name for entry in entries("runtime")} <= {entry.name for entry in entries("development")}


def test_what_is_listed_beside_the_project_is_what_these_tests_ask_for() -> None:
    for lock, text in LISTED.items():
        names = [line.split("#")[0].strip() for line in text.splitlines()]
        assert sorted(filter(None, names)) == sorted(ASKED[lock])


@pytest.mark.parametrize("file", ["Dockerfile", "Makefile"])
def test_nothing_is_installed_past_the_locks(file: str) -> None:
    commands = re.split(r"\n\t|&&|\nRUN ", (ROOT / file).read_text("utf-8").replace("\\\n", " "))
    installing = [" ".join(each.split()) for each in commands if re.search(r"\b(install|wheel) --", each)]
    installing = [each for each in installing if "pip" in each.lower()]
    assert len(installing) >= 4
    assert [
        each for each in installing if not re.search(r"--require-hashes|--no-deps --no-(index|build-isolation)", each)
    ] == []
