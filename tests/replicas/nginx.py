"""The nginx of ``compose.yaml``, before servers of this machine."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.deploy.making import make_secrets
from tests.needs import missing
from tests.ports import free_port
from tests.replicas.client import Client
from tests.replicas.processes import end, folder_of, identity, listens, start, until

_DEPLOY = Path(__file__).parents[2] / "deploy"
_USER = "nobody"


@dataclass(frozen=True, slots=True)
class Nginx:
    """A proxy that runs."""

    https: Client
    http: Client
    access_log: Path
    process: int


def configuration(folder: Path, ports: Sequence[int], https: int, http: int) -> str:
    """Return deploy/nginx.conf with the addresses and folders of a test, and nothing else changed."""
    text = (_DEPLOY / "nginx.conf").read_text("utf-8")
    replaced = {
        " /tmp/": f" {folder}/",
        "server faqbot-a:8000 resolve ": f"server 127.0.0.1:{ports[0]} ",
        "server faqbot-b:8000 resolve ": f"server 127.0.0.1:{ports[1]} ",
        "listen 8443 ssl;": f"listen 127.0.0.1:{https} ssl;",
        "listen 8080;": f"listen 127.0.0.1:{http};",
        "/run/secrets/tls_certificate": f"{folder}/secrets/tls-certificate.pem",
        "/run/secrets/tls_key": f"{folder}/secrets/tls-key.pem",
        "/dev/stdout": f"{folder}/access.log",
    }
    for found, ours in replaced.items():
        assert found in text, f"deploy/nginx.conf has no {found!r}"
        text = text.replace(found, ours)
    return text


@contextmanager
def nginx(ports: Sequence[int]) -> Iterator[Nginx]:
    """nginx before two servers on these ports."""
    program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if program is None:
        missing("this test starts nginx")
    with folder_of(_USER) as folder:
        make_secrets(folder / "secrets", **identity(_USER))
        https, http = free_port(), free_port()
        (folder / "nginx.conf").write_text(configuration(folder, ports, https, http), "utf-8")
        command = [program, "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False, **identity(_USER))
        assert checked.returncode == 0, checked.stderr
        process = start(command, folder, user=_USER)
        try:
            until(lambda: listens(https) and listens(http), "nginx starts")
            trust = ssl.create_default_context(cafile=str(folder / "secrets" / "tls-certificate.pem"))
            yield Nginx(Client(https, trust), Client(http), folder / "access.log", process.pid)
        finally:
            end(process)
