"""What the imports of lists share: a row, what it is compared with the workspace, and what is to be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.tables.columns import Layout, Remark

__all__ = ["Choice", "Finding", "Layout", "Listed", "Remark", "chosen_of"]


class Finding(StrEnum):
    """What a row is, compared with the workspace and the rows before it."""

    NEW = "new"
    KNOWN = "known"
    """One that is there already."""
    SIMILAR = "similar"
    """Perhaps one that is there already: a person decides."""
    TWICE = "twice"
    """That of an earlier row."""
    NO_NAME = "no_name"


class Choice(StrEnum):
    """What is done with a row."""

    ADD = "add"
    UPDATE = "update"
    """Fill what is empty of the one that it is."""
    LEAVE_OUT = "leave_out"


@dataclass
class Listed:
    """A row with what was found out about it, and what is to be done. `choice` may be changed among `choices`."""

    line: int
    values: dict[str, Any]
    remarks: list[Remark]
    finding: Finding = Finding.NEW
    reason: StrEnum | None = None
    """Why two are held for the same."""
    known_id: UUID | None = None
    """The one that is there already."""
    same_line: int | None = None
    """The line of the earlier row."""
    other_name: str = ""
    """The name of that one or row."""
    fills: tuple[str, ...] = ()
    """Fields that are empty there and that this row knows."""
    choice: Choice = Choice.ADD

    @property
    def name(self) -> str:
        """The name in the list."""
        return str(self.values.get("name", ""))

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be done with the row."""
        if self.finding is Finding.NO_NAME:
            return (Choice.LEAVE_OUT,)
        if self.finding is Finding.NEW:
            return (Choice.ADD, Choice.LEAVE_OUT)
        return (Choice.ADD, Choice.UPDATE, Choice.LEAVE_OUT) if self.fills else (Choice.ADD, Choice.LEAVE_OUT)

    def lack_name(self) -> None:
        """Without a name a row cannot be taken."""
        self.finding, self.choice = Finding.NO_NAME, Choice.LEAVE_OUT

    def is_row(self, row: Listed, reason: StrEnum, *, sure: bool) -> None:
        """The row says the same as an earlier one."""
        self.reason = reason
        self.finding = Finding.TWICE if sure else Finding.SIMILAR
        self.other_name, self.same_line, self.known_id = row.name, row.line, row.known_id
        self.fills = tuple(name for name, value in self.values.items() if value and not row.values.get(name))
        self.choice = Choice.LEAVE_OUT

    def is_known(self, id: UUID, name: str, reason: StrEnum, fills: tuple[str, ...], *, sure: bool) -> None:
        """The row is one that is there already."""
        self.reason = reason
        self.finding = Finding.KNOWN if sure else Finding.SIMILAR
        self.other_name, self.known_id, self.fills = name, id, fills
        self.choice = Choice.UPDATE if sure and fills else Choice.LEAVE_OUT


RowType = TypeVar("RowType", bound=Listed)


def chosen_of(rows: Sequence[RowType]) -> list[RowType]:
    """The rows that are to be taken. Raises `BadInput` when there are none."""
    chosen = [one for one in rows if one.choice is not Choice.LEAVE_OUT]
    if not chosen:
        raise BadInput("No row of the list is chosen. Nothing was imported.")
    return chosen
