"""A month of twelve people noted in each of the ways, every time from the same workspace.

The first step of a way opens a fresh copy of it; the last one checks that the hours of the month are there.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt

from cocivic_desktop.domain.hours import HourEntry, HourSource, HourState, RunningTimer
from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.services import records
from cocivic_desktop.services.hours_import import Choice
from cocivic_desktop.store.workspace import Workspace
from cocivic_desktop.ui.pages.hours.import_dialog import HoursImportDialog
from cocivic_desktop.ui.pages.hours_page import HoursPage
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.widgets.navigation import NavigationButton
from scripts.walks.hand import Hand
from scripts.walks.hours_start import (
    ADULTS,
    MISSED,
    NAMES,
    SESSION,
    SESSION_MINUTES,
    STUDENTS,
    TITLE,
    WEDNESDAYS,
    begin,
    code_of,
    spreadsheet,
)  # fmt: skip

PAGE, PICTURES = "hours.md", "walk-hours"
TODAY = date(2026, 9, 30)
HEAD = """# A month of twelve people noted, in each of the ways

One coordinator, two volunteers, two mentors and a teacher meet six students of class 8B in a repair corner, for two
hours on each of the five Wednesdays of September; two students miss a date each. That is 116 hours of 58 attendances.
Each way below begins at the start page of the same workspace and ends with these 116 hours stored; the timer is for one
entry. `.venv/bin/python -m scripts.film hours` makes this page and its pictures: it clicks and types on the
real window, and stops if the hours of a way do not add up.

Quick entry keeps the class as a number of heads, without codes. The minutes of the paper way leave out what people do
with the pen, and those of the import leave out keeping the table. Templates are kept once; in later months those
lines fall away.
"""
MONTH_MINUTES = 116 * 60
CTRL = Qt.KeyboardModifier.ControlModifier
FILE_CLICKS = 3
"""A file is chosen in the system's own dialog: the button is clicked here, then one click on the file, one on Open."""


def fresh(hand: Hand, folder: Path, number: int) -> HoursPage:
    """Open a new copy of the start, and go to the hours of the partnership."""
    start = folder / "start.cocivic"
    if not start.exists():
        begin(folder)
    copy = folder / f"way-{number}.cocivic"
    shutil.copy(start, copy)
    hand.window.show_workspace(Workspace.open(copy))
    hand.settle()
    buttons = hand.window.ui.navigation.findChildren(NavigationButton)
    hand.click(next(one for one in buttons if one.text_in_full == TITLE and one.isVisible()))
    hand.stage(Stage.HOURS)
    return hand.find(HoursPage)


def part(hand: Hand, page: HoursPage, wanted: StagePart) -> None:
    """Turn to a part of the page."""
    hand.tab(page.ui.tabs, page.ui.tabs.indexOf(wanted))


def check(hand: Hand, minutes: int = MONTH_MINUTES) -> None:
    """Stop when the hours that are stored are not those of the month."""
    hand.settle()
    found = records.find(hand.window.context.workspace, HourEntry)
    total = sum(one.minutes * (one.head_count or 1) for one in found)
    if total != minutes:
        raise AssertionError(f"{total} minutes are stored in {len(found)} entries, not {minutes}")


def lines(hand: Hand, folder: Path) -> None:
    """A line names who, how long and what; Tab takes a suggestion. It is kept as a template, for each person one."""
    page = fresh(hand, folder, 1)
    enter = page.enter.ui
    hand.click(enter.quickLine)
    for name in ("mar", "ana", "den", "jon", "mia", "ute", "6x"):
        hand.type(f"{name} 2h @rep")
        hand.choose_from(enter.templatesButton, "Keep as template")


def templates(hand: Hand, folder: Path) -> None:
    """A template's number and a day note a person: “/1 2.9.”. The class is noted by heads."""
    del folder
    for day in WEDNESDAYS[:-1]:
        for number in range(1, len(ADULTS) + 2):
            heads = f" {STUDENTS - 1}x" if number > len(ADULTS) and day in MISSED else ""
            hand.type(f"/{number} {day.day}.{day.month}.{heads}")
            hand.press(Qt.Key.Key_Return)


def repeat(hand: Hand, folder: Path) -> None:
    """Up in the empty line repeats the entry noted last, for today; the others follow by their numbers alone."""
    del folder
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Return):
        hand.press(key)
    for number in range(1, len(ADULTS) + 1):
        hand.type(f"/{number}")
        hand.press(Qt.Key.Key_Return)
    check(hand)


def week(hand: Hand, folder: Path) -> None:
    """The first week is typed: a time and Enter, person by person."""
    page = fresh(hand, folder, 2)
    part(hand, page, page.week)
    ui = page.week.ui
    for _ in WEDNESDAYS[1:]:
        hand.click(ui.beforeButton)
    hand.choose(ui.activity, SESSION)
    hand.row(ui.grid, 0, 1 + WEDNESDAYS[0].weekday())
    for _ in range(len(ADULTS) + STUDENTS):
        hand.type("2")
        hand.press(Qt.Key.Key_Return)


def copied_weeks(hand: Hand, folder: Path) -> None:
    """Each later week is a copy of the one before; the cell of who missed is emptied, and filled the week after."""
    del folder
    ui = hand.find(HoursPage).week.ui
    for day in WEDNESDAYS[1:]:
        hand.click(ui.afterButton)
        hand.click(ui.copyAllButton)
        before = day - timedelta(weeks=1)
        if before in MISSED:
            hand.row(ui.grid, NAMES.index(MISSED[before]), 1 + day.weekday())
            hand.type("2")
            hand.press(Qt.Key.Key_Return)
        if day in MISSED:
            hand.row(ui.grid, NAMES.index(MISSED[day]), 1 + day.weekday())
            hand.press(Qt.Key.Key_Delete)
    check(hand)


def attendance(hand: Hand, folder: Path) -> None:
    """All dates of the month side by side: “all present” for each, and A where a student was absent."""
    page = fresh(hand, folder, 3)
    part(hand, page, page.attendance)
    hand.choose(page.attendance.ui.datesBox, "All 5 dates")
    mark_all(hand, page)


def mark_all(hand: Hand, page: HoursPage) -> None:
    """Mark everybody of each date, then those who missed it."""
    ui, model = page.attendance.ui, page.attendance.model
    for column in range(1, len(WEDNESDAYS) + 1):
        hand.row(ui.grid, 0, column)
        hand.click(ui.allButton)
    for day, code in MISSED.items():
        row = next(number for number, one in enumerate(model.rows) if one.name == code)
        hand.row(ui.grid, row, 1 + WEDNESDAYS.index(day))
        hand.press(Qt.Key.Key_A)


def attendance_saved(hand: Hand, folder: Path) -> None:
    """Ctrl+Enter saves the marks, and the hours of those who were there follow from them."""
    del folder
    hand.press(Qt.Key.Key_Return, CTRL)
    check(hand)


def planned(hand: Hand, folder: Path) -> None:
    """Dates that are over and have no hours are listed with those who were planned; who missed one is ticked off."""
    page = fresh(hand, folder, 4)
    part(hand, page, page.planned)
    part_ui = page.planned.ui
    for day, code in MISSED.items():
        dates = page.planned.dates.rows
        hand.row(part_ui.dates, next(number for number, one in enumerate(dates) if one.occurrence.on == day))
        drafts = page.planned.lines.rows
        row = next(number for number, one in enumerate(drafts) if one.line.name == code)
        hand.row(part_ui.lines, row)
        if day != list(MISSED)[-1]:
            hand.click(part_ui.logButton)


def as_planned(hand: Hand, folder: Path) -> None:
    """“It took place as planned” stores everybody of the dates that are chosen, here of all that are left."""
    del folder
    page = hand.find(HoursPage)
    hand.click(page.planned.ui.logButton)
    hand.row(page.planned.ui.dates, 0)
    hand.press(Qt.Key.Key_A, CTRL)
    hand.click(page.planned.ui.logButton)
    check(hand)


def paper(hand: Hand, folder: Path) -> None:
    """The attendance sheet of the month is printed or saved as a Word document; it carries a code."""
    page = fresh(hand, folder, 5)
    part(hand, page, page.paper)
    hand.choose(page.paper.ui.datesBox, "September")
    order = page.paper.order()
    if order is None:
        raise AssertionError("there is no sheet to print")
    page.paper.save_word(folder / "sheet.docx", order)
    hand.clicks += FILE_CLICKS - 1
    hand.until((folder / "sheet.docx").exists)


def typed_back(hand: Hand, folder: Path) -> None:
    """The code of a signed sheet opens it in the order of the paper; signed sheets are confirmed at once."""
    page = hand.find(HoursPage)
    hand.type(code_of(folder / "sheet.docx"), page.paper.ui.codeLine)
    hand.press(Qt.Key.Key_Return)
    mark_all(hand, page)
    hand.click(page.attendance.ui.signedCheck)


def paper_saved(hand: Hand, folder: Path) -> None:
    """Saved: the hours say that they come from paper, and are confirmed."""
    del folder
    hand.click(hand.find(HoursPage).attendance.ui.saveButton)
    check(hand)
    for one in records.find(hand.window.context.workspace, HourEntry):
        if (one.source, one.state) != (HourSource.PAPER, HourState.CONFIRMED):
            raise AssertionError(f"{one} is not confirmed paper")


def timer(hand: Hand, folder: Path) -> None:
    """A timer runs for whom and what the line names."""
    page = fresh(hand, folder, 6)
    hand.type("mia @rep", page.enter.ui.quickLine)
    hand.click(page.enter.ui.timerButton)


def timer_stopped(hand: Hand, folder: Path) -> None:
    """Two hours later it is stopped; what is stored may be rounded or changed before."""
    del folder
    page = hand.find(HoursPage)
    workspace = hand.window.context.workspace
    running = records.find(workspace, RunningTimer)[0]
    if running.started_at is not None:
        records.change(workspace, RunningTimer, running.id, started_at=running.started_at - timedelta(hours=2))
    hand.settle()
    row = page.timers.rows[0]
    hand.click(row.stop_button)


def timer_stored(hand: Hand, folder: Path) -> None:
    """Enter stores it: one entry."""
    del folder
    hand.press(Qt.Key.Key_Return)
    hand.until(lambda: not hand.find(HoursPage).timers.rows)
    check(hand, SESSION_MINUTES)


def table_read(hand: Hand, folder: Path) -> None:
    """A spreadsheet is read: columns and people are recognised, and each row says what would become of it."""
    page = fresh(hand, folder, 7)
    part(hand, page, page.paper)
    hand.click(page.paper.ui.importButton)
    dialog = hand.find(HoursImportDialog)
    dialog.read(spreadsheet(folder))
    hand.clicks += FILE_CLICKS
    hand.until(lambda: dialog.preview is not None)


def table_taken(hand: Hand, folder: Path) -> None:
    """What is ticked is stored, all of it or nothing."""
    del folder
    dialog = hand.find(HoursImportDialog)
    if any(one.choice is Choice.OPEN for one in dialog.names.model.rows):
        hand.click(dialog.ui.suggestedButton)
        hand.until(lambda: dialog.preview is not None)
    hand.click(dialog.ui.importButton)
    check(hand)


STEPS: tuple[Callable[[Hand, Path], None], ...] = (
    lines, templates, repeat, week, copied_weeks, attendance, attendance_saved, planned, as_planned,
    paper, typed_back, paper_saved, timer, timer_stopped, timer_stored, table_read, table_taken,
)  # fmt: skip
WAYS = {
    "quick entry: lines, templates, repeat": ("lines", "templates", "repeat"),
    "week grid": ("week", "copied_weeks"),
    "attendance": ("attendance", "attendance_saved"),
    "it took place as planned": ("planned", "as_planned"),
    "paper: sheet printed and typed back": ("paper", "typed_back", "paper_saved"),
    "timer (one entry)": ("timer", "timer_stopped", "timer_stored"),
    "import of a spreadsheet": ("table_read", "table_taken"),
}
