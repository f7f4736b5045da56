"""The command that looks at an installation."""

import json
import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from faqbot.doctor.finding import Finding


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor(as_json: bool) -> None:
    """Look at the installation that the environment describes, and say what to do; change nothing.

    Exits with status 1 if there is a fault, and with 0 if there are warnings at most.

    Example: faqbot doctor
    """
    from faqbot.doctor.examine import examine, installation
    from faqbot.doctor.finding import Level

    findings = []
    for each in examine(installation(os.environ)):
        findings.append(each)
        if not as_json:
            _show(each)
    counts = {str(level): sum(each.level is level for each in findings) for level in Level}
    if as_json:
        click.echo(json.dumps({"counts": counts, "findings": list(map(asdict, findings))}, ensure_ascii=False))
    else:
        click.echo(f"{counts['fault']} fault(s), {counts['warning']} warning(s), {counts['ok']} ok")
    sys.exit(1 if counts["fault"] else 0)


def _show(finding: "Finding") -> None:
    click.echo(f"{finding.level:<8} {finding.where}: {finding.found}")
    if finding.advice:
        click.echo(f"{'':<8} → {finding.advice}")
