"""`cocivic`: the work of the window without a window. Commands and exit codes are a contract.

0: done. 1: the answer is "something is wrong". 2: bad use or bad input, said in one line on standard error.
Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from cocivic_desktop import __version__
from cocivic_desktop.cli_commands import (
    agreement,
    calendar,
    certificate,
    challenges,
    goals,
    hours,
    letters,
    models,
    partnership,
    people,
    pipeline,
    school_year,
    workspace,
)
from cocivic_desktop.cli_commands.common import Answer, Session, plain
from cocivic_desktop.domain.errors import Ambiguous, CoCivicError

DONE, WRONG, BAD_USE = 0, 1, 2


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and exit with 2."""
        self.exit(BAD_USE, f"{self.prog}: {message}. Try “{self.prog} --help”.\n")


def build_parser() -> argparse.ArgumentParser:
    """The command line with all its commands."""
    parser = Parser(prog="cocivic", description="Co-Civic Desktop without a window.", parents=[_shared()])
    parser.add_argument("--version", action="version", version=f"cocivic {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=Parser)
    for module in (
        workspace,
        partnership,
        pipeline,
        people,
        models,
        challenges,
        goals,
        agreement,
        school_year,
        calendar,
        hours,
        certificate,
        letters,
    ):
        module.register(commands, _shared())
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a letter still gets the answer
    try:
        args = build_parser().parse_args(argv)
    except SystemExit as stop:  # --help, --version, or bad use: said already
        return stop.code if isinstance(stop.code, int) else BAD_USE
    as_json = getattr(args, "json", False)
    session = Session(Path(args.workspace) if getattr(args, "workspace", None) else None)
    try:
        answer: Answer = args.run(session, args)
    except Ambiguous as error:
        return _complain(f"{error} " + "; ".join(error.candidates))
    except CoCivicError as error:
        return _complain(str(error).replace("say that it may be replaced", "add --force to replace it"))
    except KeyboardInterrupt:
        return _complain("interrupted; nothing more was done.")
    except Exception as error:  # noqa: BLE001 - a fault of ours: the log has it, the person gets a sentence
        return _complain(_unexpected(error))
    finally:
        session.close()
    return _show(answer, as_json)


def _shared() -> argparse.ArgumentParser:
    """Options that may stand before and after the command."""
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--workspace", metavar="FILE", help="the workspace; else the one that the window opens")
    shared.add_argument("--json", action="store_true", help="one JSON document on standard output")
    shared.add_argument("--force", action="store_true", help="replace an existing output file")
    return shared


def _show(answer: Answer, as_json: bool) -> int:
    try:
        if as_json:
            print(json.dumps(plain(answer.data), ensure_ascii=False, indent=1))
        else:
            for line in answer.lines:
                print(line)
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()  # the reader has seen enough
    return answer.code


def _complain(message: str) -> int:
    line = " ".join(message.split())
    shown = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in line)
    print(f"cocivic: {shown}", file=sys.stderr)
    return BAD_USE


def _unexpected(error: Exception) -> str:
    import logging
    import traceback

    from cocivic_desktop import paths

    try:
        log = paths.log_file()
        with log.open("a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write("".join(traceback.format_exception(error)))
    except OSError:
        logging.getLogger(__name__).exception("unexpected")
        return f"an unexpected error ({type(error).__name__}). What was saved before is kept."
    return f"an unexpected error ({type(error).__name__}). What was saved before is kept; details are in {log}."


if __name__ == "__main__":
    sys.exit(main())
