"""Taking a table of hours into a partnership: people matched, rows compared and questioned, stored all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.errors import BadInput, NotFound
from cocivic_desktop.domain.hours import HourCategory, HourEntry
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import hour_checks
from cocivic_desktop.services.hour_log import refuse_impossible
from cocivic_desktop.services.hours_compare import (
    Choice,
    Comparing,
    Imported,
    ImportRow,
    ListedName,
    Preview,
    RowState,
)
from cocivic_desktop.services.person_names import Match
from cocivic_desktop.tables.hour_values import DayOrder, Unit
from cocivic_desktop.tables.hours_file import Problem, RowProblem, read_hours
from cocivic_desktop.tables.hours_layout import (
    HourField,
    HourLayout,
    find_layout,
    layout_with_headings,
    needs,
    settle,
)
from cocivic_desktop.tables.spreadsheet import Book, Sheet
from cocivic_desktop.tables.spreadsheet import open_book as read_file

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

__all__ = [
    "Book", "Choice", "DayOrder", "HourField", "HourLayout", "ImportRow", "Imported", "ListedName", "Match", "Preview",
    "Problem", "RowProblem", "RowState", "Sheet", "Unit", "compare", "find_layout", "layout_with_headings", "needs",
    "read_file", "settle", "store",
]  # fmt: skip


def compare(
    workspace: Workspace,
    partnership_id: UUID,
    sheet: Sheet,
    layout: HourLayout,
    today: date,
    *,
    decided: Mapping[str, tuple[Choice, UUID | None]] | None = None,
    everybody: UUID | None = None,
    category: HourCategory | None = None,
    check: Callable[[], None] = lambda: None,
) -> Preview:
    """What each row is, with ticks on those that can be taken without a question.

    `decided` says about names who is meant; `everybody` is the person of rows without a name; `category` that of rows
    without a category, None takes it from role and activity (`attendance.category_of`). `check` is called now and then
    and may raise to stop. Raises `BadInput` when no column holds days or durations, `NotFound`.
    """
    missing = needs(layout)
    if missing:
        words = {HourField.DATE: "the day", HourField.DURATION: "the duration, or begin and end"}
        raise BadInput(f"Say which column holds {' and which one '.join(words[one] for one in missing)}.")
    read = read_hours(sheet, layout, today)
    check()
    with workspace.read() as unit:
        unit.get(Partnership, partnership_id)
        comparing = Comparing(unit, partnership_id, everybody, category)
        names = comparing.match_names(read, decided or {})
        check()
        rows = [comparing.row(one) for one in read]
        check()
        comparing.find_known(unit, rows)
        comparing.ask(unit, rows, today)
    return Preview(partnership_id, rows, names, comparing.new_people)


def store(workspace: Workspace, preview: Preview, today: date, *, label: str = "") -> Imported:
    """Store the ticked rows and the people they need: one step of undo, all of it or nothing.

    Raises `BadInput` when nothing is ticked, `InvalidField` when somebody's day would have more than 24 hours now, and
    `NotFound` when a person has been deleted meanwhile.
    """
    entries = [row.entry for row in preview.ticked if row.entry is not None]
    if not entries:
        raise BadInput("No row is ticked. Nothing was imported.")
    used = {entry.person_id for entry in entries}
    people = [person for person in preview.new_people.values() if person.id in used]
    added = {person.id for person in people}
    with workspace.write("import_hours", label or str(len(entries))) as unit:
        there = {one.id for one in unit.find(Person, id=[id for id in used - added if id is not None])}
        if used - added - there - {None}:
            raise NotFound("A person of the table is no longer in the workspace. Read the file again.")
        for person in people:
            unit.add(person)
        refuse_impossible(hour_checks.questions_of(unit, entries, today))
        unit.insert_many(HourEntry, entries)
    return Imported(len(entries), len(people), sum(one.minutes * (one.head_count or 1) for one in entries))
