"""compose.yaml: what is reachable, what may do what, and that its parts fit together."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml

from faqbot.cli import main
from faqbot.settings import Settings
from tests.deploy.making import make_secrets

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
NGINX = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
REPLICAS = [name for name in SERVICES if name.startswith("faqbot-")]

SECRETS = {"POSTGRES_PASSWORD", "FAQBOT_DATABASE_URL", "FAQBOT_REDIS_URL", "FAQBOT_SECRET_KEY"}
"""Which are named by a file."""


def without_variables(text: str) -> str:
    """Return a text of compose.yaml with the defaults of its variables."""
    return re.sub(r"\$\{[A-Z_]+:-([^}]*)\}", r"\1", text)


def test_it_is_of_the_present_format() -> None:
    assert "version" not in COMPOSE
    assert len(REPLICAS) >= 2


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_fenced_in(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert "no-new-privileges:true" in service["security_opt"]
    assert re.fullmatch(r"[1-9]\d*(:[1-9]\d*)?", service["user"]), "it runs as root"
    assert {"cpus", "memory", "pids"} <= set(service["deploy"]["resources"]["limits"])
    assert service["healthcheck"]["test"]


def test_nginx_alone_is_reachable_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert not any(service.get("network_mode") for service in SERVICES.values())


def test_the_database_and_redis_are_on_a_network_without_a_way_out() -> None:
    assert COMPOSE["networks"]["back"]["internal"] is True
    assert [SERVICES[name]["networks"] for name in ("postgres", "redis")] == [["back"], ["back"]]
    assert SERVICES["nginx"]["networks"] == ["front"]


def test_the_replicas_trust_the_network_of_nginx_and_no_other() -> None:
    (pool,) = COMPOSE["networks"]["front"]["ipam"]["config"]
    subnet = ip_network(without_variables(pool["subnet"]))
    for name in REPLICAS:
        trusted = without_variables(SERVICES[name]["environment"]["FAQBOT_TRUSTED_PROXIES"])
        assert ip_network(trusted) == subnet


def test_secrets_are_files_that_are_made_and_used(tmp_path: Path) -> None:
    declared = {name: Path(secret["file"]).name for name, secret in COMPOSE["secrets"].items()}
    assert sorted(declared.values()) == sorted(make_secrets(tmp_path))
    assert {each for service in SERVICES.values() for each in service["secrets"]} == set(declared)
    for service in SERVICES.values():
        assert not SECRETS & set(service.get("environment", {}))


@pytest.mark.parametrize("name", REPLICAS)
def test_a_replica_is_set_up_as_faqbot_understands_it(name: str, tmp_path: Path) -> None:
    service = SERVICES[name]
    environ = {key: without_variables(value) for key, value in service["environment"].items()}
    contents = {"database_url": "postgresql://u@h/d", "redis_url": "redis://h", "secret_key": "b9Zt-wQ4m-Lr7x-Ye2u"}
    for secret in service["secrets"]:
        (tmp_path / secret).write_text(contents[secret], "utf-8")
    moved = {key: value.replace("/run/secrets", str(tmp_path)) for key, value in environ.items()}
    settings = Settings.from_environ(moved)
    assert (settings.database_url, settings.redis_url, settings.secret_key) == tuple(contents.values())
    program, command, *options = service["command"]
    assert (program, command) == ("faqbot", "serve")
    main.commands[command].make_context(command, list(options))


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_waits_for_services_that_say_when_they_are_well(name: str) -> None:
    waits_for = SERVICES[name].get("depends_on", {})
    assert {each["condition"] for each in waits_for.values()} <= {"service_healthy"}
    assert set(waits_for) <= set(SERVICES)


def test_nginx_knows_every_replica_and_waits_for_it() -> None:
    upstreams = re.findall(r"^ +server ([a-z-]+):8000 resolve", NGINX, re.MULTILINE)
    assert sorted(upstreams) == sorted(REPLICAS) == sorted(SERVICES["nginx"]["depends_on"])


def test_nginx_listens_where_its_ports_are_published() -> None:
    published = [without_variables(each).rpartition(":")[2] for each in SERVICES["nginx"]["ports"]]
    assert sorted(published) == sorted(re.findall(r"^ +listen (\d+)", NGINX, re.MULTILINE))


def test_replicas_share_nothing_on_disk_but_the_knowledge() -> None:
    volumes = [{each.split(":/")[0] for each in SERVICES[name]["volumes"]} for name in REPLICAS]
    (shared,) = set.intersection(*volumes)
    assert without_variables(shared) == "./knowledge"
    assert set(COMPOSE["volumes"]) == {*REPLICAS, "postgres"}


@pytest.mark.parametrize("file", [".gitignore", ".dockerignore"])
def test_secrets_get_neither_into_the_repository_nor_into_the_image(file: str) -> None:
    ignored = {line.strip("/") for line in (ROOT / file).read_text("utf-8").splitlines()}
    assert {"secrets", "faqbot.env"} <= ignored
