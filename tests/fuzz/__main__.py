"""Fuzz with atheris: ``python -m tests.fuzz [--seconds 600] [TARGET …]``, each target in a process of its own."""

import argparse
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.fuzz.seeds import seeds

_FOLDER = Path("build/fuzz")
_LONGEST_INPUT = 4_096
_CHATTER = ("#", "INFO:", "WARNING:")


def main() -> None:
    """Fuzz the targets that are named, or all, and say what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=600, help="for each target")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        fuzz(chosen.one, chosen.seconds)
        return
    from tests.fuzz.targets import TARGETS

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        failed = pool.map(lambda name: not run(name, chosen.seconds), chosen.targets or TARGETS)
        sys.exit(any(list(failed)))


def run(target: str, seconds: int) -> bool:
    """Fuzz a target in another process, print how it went, and return whether its law held."""
    command = [sys.executable, "-m", "tests.fuzz", "--one", target, "--seconds", str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    lines = done.stderr.splitlines()
    print(f"{target}: {next((line for line in reversed(lines) if line.startswith('Done ')), 'failed')}", flush=True)
    if done.returncode:
        print("\n".join(line for line in (done.stdout + done.stderr).splitlines() if not line.startswith(_CHATTER)))
    return done.returncode == 0


def fuzz(target: str, seconds: int) -> None:
    """Fuzz a target in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["faqbot"]):
        from tests.fuzz.targets import TARGETS
    corpus = _FOLDER / target
    corpus.mkdir(parents=True, exist_ok=True)
    for at, seed in enumerate(seeds(target)):
        (corpus / f"seed-{at}").write_bytes(seed)
    options = [f"-max_total_time={seconds}", f"-max_len={_LONGEST_INPUT}", f"-artifact_prefix={_FOLDER}/{target}-"]
    atheris.Setup([sys.argv[0], *options, "-timeout=10", str(corpus)], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
