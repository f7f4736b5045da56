"""Turn the errors of the database and its library into ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from faqbot.errors import StoreDownError, StoreError


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn the errors of the block into ours.

    :raises StoreDownError: where the database cannot be reached.
    :raises StoreError: for the others.
    """
    try:
        yield
    except (InterfaceError, OperationalError, PoolTimeoutError, OSError) as error:
        raise StoreDownError(f"the store is down ({_name(error)})") from error
    except SQLAlchemyError as error:
        raise StoreError(f"the store refuses ({_name(error)})") from error


def _name(error: Exception) -> str:
    """Return the kind of an error, since its text may quote what people wrote."""
    return type(getattr(error, "orig", None) or error).__name__
