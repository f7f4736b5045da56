"""The command line. Each command is a translation: arguments in, words out."""

import click

from faqbot import __version__
from faqbot.commands import access, hooks, knowledge, measuring, upkeep
from faqbot.commands.ask import ask
from faqbot.commands.doctor import doctor
from faqbot.commands.serve import serve
from faqbot.errors import FaqbotError, KnowledgeError, StoreDownError

_COMMANDS = (
    *(ask, serve, doctor),
    *(knowledge.check, knowledge.export),
    *(measuring.evaluate, measuring.calibrate, measuring.bench),
    *(access.user, access.token, hooks.hook),
    *(upkeep.purge, upkeep.backup, upkeep.restore),
)


class _Group(click.Group):
    """Shows an error of faqbot as one line, or one line a fault, and exits with status 1."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except KnowledgeError as error:
            raise SystemExit(_complain(f"The knowledge cannot be used:\n{error}")) from error
        except StoreDownError as error:
            raise SystemExit(_complain(f"Error: {error}; `faqbot doctor` says where it is and what to do")) from error
        except FaqbotError as error:
            raise SystemExit(_complain(f"Error: {error}")) from error


def _complain(message: str) -> int:
    click.echo(message, err=True)
    return 1


@click.group(cls=_Group)
@click.version_option(__version__)
def main() -> None:
    """Answer questions from your own documents, in Vietnamese and English.

    Example: faqbot ask "KVM cần bao nhiêu RAM?"
    """


for _command in _COMMANDS:
    main.add_command(_command)
