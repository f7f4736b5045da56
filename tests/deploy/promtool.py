"""Prometheus' own tool."""

import shutil
import subprocess

from tests.needs import missing

LONGEST = 60.0
"""Seconds that it may take."""


def promtool(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run it, with a text at its standard input."""
    command = shutil.which("promtool")
    if command is None:
        missing("this test needs promtool, which comes with Prometheus")
    return subprocess.run(
        [command, *arguments], input=given, capture_output=True, text=True, timeout=LONGEST, check=False
    )
