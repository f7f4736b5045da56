"""Write a file so that others see it whole or not at all."""

from pathlib import Path
from tempfile import NamedTemporaryFile


def write_whole(target: Path, content: bytes) -> None:
    """Put content in a file's place; its folder, and the one above, are made for their owner alone if need be.

    Whoever might read the file that was there before may read it still; a new one is its owner's alone.

    :raises OSError: if it cannot be written; the file that was there before then stays, and nothing else is left.
    """
    for folder in (target.parent.parent, target.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, delete=False) as file:
        try:
            file.write(content)
            file.close()
            if target.exists():
                Path(file.name).chmod(target.stat().st_mode & 0o7777)
            Path(file.name).replace(target)
        finally:
            Path(file.name).unlink(missing_ok=True)
