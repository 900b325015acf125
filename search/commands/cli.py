"""The command line: `wenbao COMMAND …`, a module of this folder a command, or a few that go together.

Exit status: 0 done; 1 understood and failed, with one line saying what to do; 2 wrong usage.
"""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence

from index.errors import UsageError, WenbaoError
from search.commands import ask, build, evaluate, figures, info, outline, reports, serve
from search.commands.options import Add, Command, Parser, shared

# Each declares its commands and their options, in the order in which --help lists them.
DECLARE: tuple[Callable[[Add], None], ...] = (
    build.declare,
    ask.declare,
    figures.declare,
    info.declare,
    outline.declare,
    reports.declare,
    evaluate.declare,
    serve.declare,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what goes wrong is one line on standard error."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    if isinstance(sys.stdout, io.TextIOWrapper):  # a lone surrogate of a question goes out as JSON's own escape
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        options = parser().parse_args(arguments)
        command: Command = options.command
        return command(options)
    except WenbaoError as error:
        print(f"wenbao：{error}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    except BrokenPipeError:  # the reader of our output has gone: `wenbao text | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("wenbao：已中断", file=sys.stderr)
        return 130


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    top = Parser(prog="wenbao", description="问报：用自己的话问政府工作报告，得到原文的数字、句子和出处。")
    names = top.add_subparsers(title="commands", required=True, metavar="COMMAND", parser_class=Parser)
    every = shared()

    def add(name: str, help_: str, run: Command) -> argparse.ArgumentParser:
        command = names.add_parser(name, help=help_, description=help_, parents=[every])
        command.set_defaults(command=run)
        return command

    for declare in DECLARE:
        declare(add)
    return top


if __name__ == "__main__":
    sys.exit(main())
