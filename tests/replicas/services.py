"""A PostgreSQL and a Redis of a test's own, that can be stopped and started."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tests.needs import missing
from tests.ports import free_port
from tests.replicas.processes import LONGEST, end, folder_of, identity, is_user, listens, start, until

_SERVER_USER = "postgres"
_OPTIONS = "-c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=100"


class Postgresql:
    """A database server."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self._folder = folder
        self._binaries = binaries
        self.port = free_port()
        self._databases = count()
        data = ("--pgdata", folder / "data")
        self._run("initdb", *data, "--auth", "trust", "--username", "postgres", "--encoding", "UTF8", "--no-sync")

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        self._control(
            "start", "--log", self._folder / "log", "--options", f"-p {self.port} -k {self._folder} {_OPTIONS}"
        )

    def stop(self) -> None:
        """Cut all connections, and stop."""
        self._control("stop", "--mode", "fast")

    @property
    def process(self) -> int:
        """Number of the process, which runs."""
        return int((self._folder / "data" / "postmaster.pid").read_text("ascii").split()[0])

    def new_database(self) -> str:
        """Make a database without tables, and return its address."""
        server = f"postgresql://postgres@127.0.0.1:{self.port}"
        name = f"faqbot_{next(self._databases)}"
        self._run("createdb", "--maintenance-db", f"{server}/postgres", name)
        return f"{server}/{name}"

    def _control(self, what: str, *options: str | Path) -> None:
        self._run("pg_ctl", "--pgdata", self._folder / "data", "--wait", *options, what)

    def _run(self, program: str, *arguments: str | Path) -> None:
        subprocess.run(
            [self._binaries / program, *arguments],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=LONGEST,
            **identity(_SERVER_USER),
        )


@contextmanager
def postgresql() -> Iterator[Postgresql]:
    """A database server that runs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found or not is_user(_SERVER_USER):
        missing("this test starts a PostgreSQL server of its own: /usr/lib/postgresql/*/bin and the user postgres")
    with folder_of(_SERVER_USER) as folder:
        server = Postgresql(folder, found[-1].parent)
        server.start()
        try:
            yield server
        finally:
            server.stop()


class RedisServer:
    """A Redis that keeps nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        options = ("--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--dir", self._folder)
        self._process = start(["redis-server", *options], self._folder)
        until(lambda: listens(self._port), "Redis starts")

    @property
    def process(self) -> int:
        """Number of the process, which runs."""
        assert self._process is not None
        return self._process.pid

    def stop(self) -> None:
        """Stop, if it runs."""
        if self._process is not None:
            end(self._process)
            self._process = None


@contextmanager
def redis_server(folder: Path) -> Iterator[RedisServer]:
    """A Redis that runs."""
    if shutil.which("redis-server") is None:
        missing("this test starts a Redis of its own: redis-server")
    server = RedisServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
