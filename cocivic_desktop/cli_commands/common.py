"""What all commands share: the open workspace, finding things by a word, and answers."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum, StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from uuid import UUID

from cocivic_desktop.domain.base import Entity, fold
from cocivic_desktop.domain.errors import Ambiguous, BadInput, NotFound
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services.records import find, label_of

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

EntityType = TypeVar("EntityType", bound=Entity)


@dataclass(frozen=True)
class Answer:
    """What a command says: `data` for --json, `lines` for a person, and the exit code."""

    data: Any
    lines: Sequence[str] = ()
    code: int = 0


@dataclass
class Session:
    """One run of the command. The workspace is opened when a command first asks for it."""

    path: Path | None = None
    _workspace: Workspace | None = field(default=None, repr=False)

    @property
    def workspace(self) -> Workspace:
        """The workspace named on the command line, else the one that the window opens. Raises WorkspaceError."""
        if self._workspace is None:
            from cocivic_desktop import paths
            from cocivic_desktop.store.workspace import Workspace

            self._workspace = Workspace.open(self.path or paths.default_workspace())
        return self._workspace

    def close(self) -> None:
        """Close the workspace if it was opened."""
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None


def command(
    commands: Commands,
    name: str,
    run: Callable[[Session, argparse.Namespace], Answer],
    explained: str,
    shared: argparse.ArgumentParser,
) -> argparse.ArgumentParser:
    """Add a command; give its parser for its own arguments."""
    parser = commands.add_parser(name, help=explained, description=explained, parents=[shared])
    parser.set_defaults(run=run)
    return parser


def group(commands: Commands, name: str, explained: str, shared: argparse.ArgumentParser) -> Commands:
    """Add a command with commands of its own."""
    parser = commands.add_parser(name, help=explained, description=explained, parents=[shared])
    return parser.add_subparsers(dest=f"{name}_command", metavar="COMMAND", required=True)


def not_yet(commands: Commands, name: str, explained: str, shared: argparse.ArgumentParser) -> None:
    """Add a command of the contract that this version cannot do: it says so, whatever its arguments."""

    def refuse(_session: Session, _args: argparse.Namespace) -> Answer:
        raise BadInput(f"“{name}” is not available in this version yet. Nothing was changed.")

    parser = command(commands, name, refuse, f"{explained} (not available in this version yet)", shared)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)


def today() -> date:
    """Today on the clock of this computer."""
    return datetime.now().astimezone().date()


def day(text: str) -> date:
    """An ISO date of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date such as 2026-09-01") from None


def in_order(first: date | None, last: date | None) -> None:
    """Raise `BadInput` for a period that ends before it begins."""
    if first is not None and last is not None and last < first:
        raise BadInput(f"--to ({last}) lies before --from ({first}). Nothing was written; change one of them.")


def force(args: argparse.Namespace) -> bool:
    """Whether an existing output file may be replaced."""
    return bool(getattr(args, "force", False))


def partnership(session: Session, word: str) -> Partnership:
    """The partnership that a title or the start of an id names. Raises NotFound, Ambiguous."""
    return named(session, Partnership, word)


def maybe_partnership(session: Session, word: str | None) -> UUID | None:
    """The id of the partnership named, or None for all."""
    return None if word is None else partnership(session, word).id


def named(session: Session, cls: type[EntityType], word: str, **equals: Any) -> EntityType:
    """The record whose title or name is `word`, or starts with it, or whose id starts with it."""
    everything = find(session.workspace, cls, **equals)
    wanted = fold(word.strip())
    exact = [one for one in everything if fold(label_of(one)) == wanted or str(one.id) == wanted]
    if len(exact) == 1:
        return exact[0]
    hits = exact or [
        one
        for one in everything
        if wanted and (fold(label_of(one)).startswith(wanted) or str(one.id).startswith(wanted))
    ]
    what = cls.__name__.lower()
    if not hits:
        known = ", ".join(label_of(one) for one in everything[:8])
        there_are = f" There are: {known}." if known else ""
        raise NotFound(f"No {what} is called “{word}”.{there_are}")
    if len(hits) > 1:
        candidates = [f"{label_of(one)} ({one.id})" for one in hits]
        raise Ambiguous(f"“{word}” fits several; write more of the name or of the id:", candidates)
    return hits[0]


def plain(value: Any) -> Any:
    """Any answer as JSON data: ids in full, ISO dates, enumerations as their values."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Enum):
        return value.name.lower()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, UUID | Path):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if hasattr(value, "_asdict"):
        return {name: plain(item) for name, item in value._asdict().items()}
    if isinstance(value, dict):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    return [plain(item) for item in value]


def counted(count: int, thing: str) -> str:
    """How many of something: "1 period", "3 periods"."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def words(code: object) -> str:
    """A code as words: "no_meeting_yet" → "no meeting yet"."""
    return str(plain(code)).replace("_", " ")


def details(parameters: dict[str, Any]) -> str:
    """The parameters of a finding for a person."""
    return ", ".join(f"{words(name)} {words(value)}" for name, value in parameters.items() if value not in ("", None))


def hours(minutes: float) -> str:
    """Minutes as hours and minutes: 90 → "1:30"."""
    sign, whole = ("-" if minutes < 0 else ""), abs(round(minutes))
    return f"{sign}{whole // 60}:{whole % 60:02}"
