"""deploy/kubernetes.yaml: probes, a rolling update that is never short of replicas, and no privileges."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from faqbot.cli import main
from faqbot.settings import Settings
from faqbot.web.app import create_app
from tests.conftest import DATA

DEPLOY = Path(__file__).parents[2] / "deploy"
OBJECTS: dict[str, Any] = {
    each["kind"]: each for each in yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text("utf-8"))
}
DEPLOYMENT = OBJECTS["Deployment"]["spec"]
POD = DEPLOYMENT["template"]["spec"]
(CONTAINER,) = POD["containers"]
LABELS = DEPLOYMENT["template"]["metadata"]["labels"]


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return create_app(Settings(knowledge=DATA / "library", data=tmp_path)).test_client()


def test_the_parts_belong_together() -> None:
    selectors = [
        DEPLOYMENT["selector"]["matchLabels"],
        OBJECTS["Service"]["spec"]["selector"],
        OBJECTS["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
        *(each["labelSelector"]["matchLabels"] for each in POD["topologySpreadConstraints"]),
    ]
    assert selectors == [LABELS] * len(selectors)
    (port,) = CONTAINER["ports"]
    assert [each["targetPort"] for each in OBJECTS["Service"]["spec"]["ports"]] == [port["name"]]
    assert str(port["containerPort"]) in CONTAINER["command"]
    assert {each["name"] for each in CONTAINER["volumeMounts"]} == {each["name"] for each in POD["volumes"]}


def test_a_rolling_update_never_takes_a_replica_away_before_another_is_ready() -> None:
    assert DEPLOYMENT["replicas"] >= 2
    assert DEPLOYMENT["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    pause = int(CONTAINER["lifecycle"]["preStop"]["exec"]["command"][1])
    assert pause < POD["terminationGracePeriodSeconds"] - 30


def test_a_node_that_is_drained_takes_one_replica_at_most() -> None:
    assert OBJECTS["PodDisruptionBudget"]["spec"]["maxUnavailable"] == 1


def test_any_replica_serves_any_request() -> None:
    assert OBJECTS["Service"]["spec"].get("sessionAffinity", "None") == "None"


@pytest.mark.parametrize("probe", ["startupProbe", "readinessProbe", "livenessProbe"])
def test_what_a_probe_asks_is_there(probe: str, client: FlaskClient) -> None:
    asked = CONTAINER[probe]["httpGet"]
    assert asked["port"] == CONTAINER["ports"][0]["name"]
    assert client.get(asked["path"]).status_code == 200


def test_a_replica_lives_whatever_becomes_of_its_database() -> None:
    assert CONTAINER["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert CONTAINER["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert CONTAINER["readinessProbe"]["timeoutSeconds"] > 2


def test_a_pod_has_no_privileges() -> None:
    assert POD["securityContext"]["runAsNonRoot"] is True
    assert POD["automountServiceAccountToken"] is False
    allowed = CONTAINER["securityContext"]
    assert (allowed["allowPrivilegeEscalation"], allowed["readOnlyRootFilesystem"]) == (False, True)
    assert allowed["capabilities"] == {"drop": ["ALL"]}
    assert set(CONTAINER["resources"]["requests"]) == {"cpu", "memory"}
    assert "memory" in CONTAINER["resources"]["limits"]


def test_the_settings_are_such_as_faqbot_understands(tmp_path: Path) -> None:
    folder = next(each["mountPath"] for each in CONTAINER["volumeMounts"] if each["name"] == "secrets")
    contents = {"database-url": "postgresql://u@h/d", "redis-url": "redis://h", "secret-key": "b9Zt-wQ4m-Lr7x-Ye2u"}
    for name, text in contents.items():
        (tmp_path / name).write_text(text, "utf-8")
    environ = {key: value.replace(folder, str(tmp_path)) for key, value in OBJECTS["ConfigMap"]["data"].items()}
    settings = Settings.from_environ(environ)
    assert (settings.database_url, settings.redis_url, settings.secret_key) == tuple(contents.values())
    assert settings.trusted_proxies
    program, command, *options = CONTAINER["command"]
    assert (program, command) == ("faqbot", "serve")
    main.commands[command].make_context(command, list(options))
