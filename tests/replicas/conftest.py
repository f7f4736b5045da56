"""What the tests of several replicas share."""

from collections.abc import Iterator

import pytest

from tests.replicas.services import Postgresql, postgresql


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgresql]:
    """A database server that a test may stop, if it starts it again."""
    with postgresql() as server:
        yield server
