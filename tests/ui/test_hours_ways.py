"""The hours page by keyboard: lines completed, the week typed, plans taken, timers stopped, odd entries found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from cocivic_desktop.domain.activities import Activity, ActivityStatus, Participation
from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourState, HourTemplate, RunningTimer
from cocivic_desktop.domain.organisations import Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.services import hours, records, timers
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.pages.hours_page import HoursPage

TODAY = date(2026, 9, 14)
Key = Qt.Key


@pytest.fixture
def page(qtbot: QtBot, context: Context, partnership: Partnership) -> Iterator[HoursPage]:
    with context.workspace.write("people") as unit:
        for name, kind in (("Ana López", PersonKind.VOLUNTEER), ("Mia Kaya", PersonKind.MENTOR)):
            person = unit.add(Person(name=name, kind=kind))
            unit.add(PartnershipMember(partnership_id=partnership.id, person_id=person.id))
    page = HoursPage(context)
    qtbot.addWidget(page)
    page.show_partnership(partnership.id)
    page.resize(860, 560)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    yield page
    context.tasks.stop()


def entries(page: HoursPage) -> list[HourEntry]:
    return records.find(page.context.workspace, HourEntry, order="created_at")


def person(page: HoursPage, name: str) -> Person:
    return records.find(page.context.workspace, Person, name=name)[0]


def note(page: HoursPage, line: str) -> HourEntry:
    logged, _ = hours.quick_entry(page.context.workspace, page.partnership, line, TODAY, accept=True)
    return logged.entry


def type_keys(qtbot: QtBot, page: HoursPage, *keys: str | Qt.Key) -> int:
    """Type texts and keys into the line; the number of keys it took."""
    line = page.enter.ui.quickLine
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    for key in keys:
        if isinstance(key, str):
            qtbot.keyClicks(line, key)
        else:
            qtbot.keyClick(line, key)
    return sum(len(key) if isinstance(key, str) else 1 for key in keys)


# the line


def test_names_categories_and_days_are_completed_with_tab(qtbot: QtBot, page: HoursPage) -> None:
    count = type_keys(qtbot, page, "a", Key.Key_Tab, "90 me", Key.Key_Tab, "y", Key.Key_Tab, Key.Key_Return)
    (entry,) = entries(page)
    assert (entry.person_id, entry.minutes, entry.category) == (
        person(page, "Ana López").id,
        90,
        HourCategory.MENTORING,
    )
    assert entry.worked_on == TODAY - timedelta(days=1)
    assert count == 11
    assert page.enter.ui.quickLine.text() == ""


def test_a_suggestion_marked_with_the_arrow_is_taken_with_enter(qtbot: QtBot, page: HoursPage) -> None:
    type_keys(qtbot, page, "1h m")
    line = page.enter.ui.quickLine
    assert line.suggestions[:2] == ["Mia Kaya", "mentoring"]
    type_keys(qtbot, page, Key.Key_Down, Key.Key_Return)
    assert (line.text(), entries(page)) == ("1h mentoring ", [])
    type_keys(qtbot, page, "ana")
    assert line.suggestions == ["Ana López"]
    type_keys(qtbot, page, Key.Key_Escape)
    assert line.suggestions == []
    type_keys(qtbot, page, Key.Key_Return)
    assert [entry.minutes for entry in entries(page)] == [60]


def test_up_repeats_the_last_entry(qtbot: QtBot, page: HoursPage) -> None:
    note(page, "ana 1h30 mentoring yesterday # team")
    assert type_keys(qtbot, page, Key.Key_Up, Key.Key_Return) == 2
    assert page.enter.ui.anywayButton.isHidden()
    assert [(entry.minutes, entry.worked_on, entry.remark) for entry in entries(page)] == [
        (90, TODAY - timedelta(days=1), "team"),
        (90, TODAY, "team"),
    ]


def test_a_line_is_kept_as_template_run_by_number_and_ordered(qtbot: QtBot, page: HoursPage) -> None:
    type_keys(qtbot, page, "24x 2h")
    page.enter.keep()
    type_keys(qtbot, page, "ana 45 prep")
    page.enter.keep()
    assert entries(page) == []
    qtbot.waitUntil(lambda: len(page.enter._known.templates) == 2)
    assert type_keys(qtbot, page, "/2", Key.Key_Return) == 3
    assert [(entry.minutes, entry.category) for entry in entries(page)] == [(45, HourCategory.PREPARATION)]
    page.enter.menu.aboutToShow.emit()
    texts = [action.text() for action in page.enter.menu.actions() if action.text()]
    assert texts[:2] == ["&1  24 × students · delivery", "&2  Ana López · preparation"]
    page.enter.edit_templates()
    pane = page.enter.templates
    assert pane.isVisible()
    pane.ui.templates.select(records.find(page.context.workspace, HourTemplate)[0].id)
    pane.ui.templates.shift(1)
    qtbot.waitUntil(lambda: page.enter._known.templates[0].startswith("Ana"))
    pane.left.emit()
    assert page.enter.entries.isVisible()
    page.enter.run_template(2)
    assert entries(page)[-1].head_count == 24


def test_somebody_unknown_is_added_right_there(qtbot: QtBot, page: HoursPage) -> None:
    type_keys(qtbot, page, "ines moreno 1h", Key.Key_Return)
    button = page.enter.ui.addPersonButton
    assert button.isVisible()
    assert button.text() == "Add Ines Moreno"
    page.enter._kinds.show(PersonKind.STAFF)
    button.click()
    (entry,) = entries(page)
    assert entry.person_id == person(page, "Ines Moreno").id
    assert person(page, "Ines Moreno").kind is PersonKind.STAFF


def test_what_a_line_lacks_is_said_beside_it(qtbot: QtBot, page: HoursPage) -> None:
    type_keys(qtbot, page, "ana", Key.Key_Return)
    assert page.enter.ui.preview.text().startswith("How long?")
    page.enter.ui.quickLine.setText("2h")
    page.enter.log()
    assert page.enter.ui.preview.text().startswith("Who?")


# entries


def test_the_preview_says_how_a_number_was_taken_that_could_be_a_day(qtbot: QtBot, page: HoursPage) -> None:
    line, preview = page.enter.ui.quickLine, page.enter.ui.preview
    line.setText("ana 2.9")
    qtbot.waitUntil(lambda: "“2.9” is taken for 2 Sep" in preview.text())
    assert preview.text().startswith("How long?")
    line.setText("ana 1.5 mentoring")
    qtbot.waitUntil(lambda: "“1.5” is taken for 1 h 30 min; for a day write “1.5.”" in preview.text())
    line.setText("ana 90 mentoring 2.9")
    qtbot.waitUntil(lambda: "2 Sep" in preview.text() and "taken" not in preview.text())


def test_several_are_changed_together_and_confirmed_ones_left_out(qtbot: QtBot, page: HoursPage) -> None:
    kept = note(page, "ana 1h 9.9.")
    hours.confirm(page.context.workspace, [kept.id], TODAY)
    for line in ("ana 2h 10.9.", "mia 3h 11.9."):
        note(page, line)
    qtbot.waitUntil(lambda: page.enter.entries.model.rowCount() == 3)
    ui = page.enter.entries.ui
    ui.table.selectAll()
    assert ui.bulkForm.isVisible()
    assert ui.entryForm.isHidden()
    assert "left out: 1" in ui.bulkNote.text()
    page.enter.entries.bulk._category.show(HourCategory.TRAVEL)
    ui.bulkRole.setText("driver")
    ui.bulkButton.click()
    assert [(one.category.value, one.role) for one in entries(page)] == [
        ("delivery", ""),
        ("travel", "driver"),
        ("travel", "driver"),
    ]
    assert ui.count.text().startswith("3 entries · 6 h · to confirm: 2")


def test_an_entry_shows_what_happened_to_it(qtbot: QtBot, page: HoursPage) -> None:
    entry = note(page, "ana 1h")
    hours.change_entry(page.context.workspace, entry.id, TODAY, minutes=90)
    page.go_to(Target("partnership", page.partnership, section="hour_entry", item=entry.id))
    text = page.enter.entries.ui.history.text()
    assert "Duration: 1 h → 1 h 30 min" in text
    assert text.count("\n") == 2


def test_a_next_step_lists_what_waits(qtbot: QtBot, page: HoursPage) -> None:
    hours.confirm(page.context.workspace, [note(page, "ana 1h").id], TODAY)
    note(page, "mia 1h")
    page.go_to(Target("partnership", page.partnership, section="confirm"))
    assert page.enter.entries.filters().state is HourState.LOGGED
    assert page.enter.entries.model.rowCount() == 1


# the week


def week(qtbot: QtBot, page: HoursPage) -> HoursPage:
    page.go_to(Target("partnership", page.partnership, section="week"))
    qtbot.waitUntil(lambda: page.week.model.grid is not None)
    return page


def type_cell(qtbot: QtBot, page: HoursPage, row: int, column: int, text: str, end: Qt.Key) -> None:
    grid = page.week.ui.grid
    grid.setCurrentIndex(page.week.model.index(row, column))
    qtbot.keyClick(grid, text[0])
    editor = grid.findChildren(QLineEdit)[-1]  # the one before may still be going
    qtbot.keyClicks(editor, text[1:])
    qtbot.keyClick(editor, end)


def test_cells_are_typed_as_in_a_spreadsheet(qtbot: QtBot, page: HoursPage) -> None:
    week(qtbot, page)
    QAbstractItemModelTester(page.week.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    type_cell(qtbot, page, 0, 1, "1:30", Key.Key_Return)
    grid = page.week.ui.grid
    qtbot.waitUntil(lambda: (grid.currentIndex().row(), grid.currentIndex().column()) == (1, 1))
    type_cell(qtbot, page, 1, 1, "1,5", Key.Key_Tab)
    qtbot.waitUntil(lambda: grid.currentIndex().column() == 2)
    assert [(entry.minutes, entry.worked_on) for entry in entries(page)] == [(90, TODAY), (90, TODAY)]
    model = page.week.model
    qtbot.waitUntil(lambda: model.index(0, 8).data() == "1:30")
    assert [model.index(2, column).data() for column in (0, 1, 8)] == ["All", "3:00", "3:00"]
    qtbot.keyClick(grid.findChildren(QLineEdit)[-1], Key.Key_Escape)
    grid.setCurrentIndex(model.index(0, 1))
    qtbot.keyClick(grid, Key.Key_Delete)
    assert [entry.person_id for entry in entries(page)] == [person(page, "Mia Kaya").id]
    page.week.type_in(0, 0, "abc")
    assert "no duration" in page.week.ui.note.text()
    assert len(entries(page)) == 1


def test_confirmed_cells_are_locked_and_listed(qtbot: QtBot, page: HoursPage) -> None:
    first, second = note(page, "ana 1h"), note(page, "ana 30 travel")
    hours.confirm(page.context.workspace, [first.id], TODAY)
    week(qtbot, page)
    grid, model = page.week.ui.grid, page.week.model
    grid.setCurrentIndex(model.index(0, 1))
    assert model.index(0, 1).data() == "✓ 1:30"
    assert not model.index(0, 1).flags() & Qt.ItemFlag.ItemIsEditable
    qtbot.keyClick(grid, Key.Key_Return)
    assert page.week.ui.listPane.isVisible()
    rows = page.week.list.entries
    assert [entry.id for entry in rows.rows] == [first.id, second.id]
    rows.setData(rows.index(1, 0), "45")
    assert records.get(page.context.workspace, HourEntry, second.id).minutes == 45
    rows.setData(rows.index(0, 0), "45")
    assert records.get(page.context.workspace, HourEntry, first.id).minutes == 60


def test_odd_time_is_asked_about_below_the_week(qtbot: QtBot, page: HoursPage) -> None:
    week(qtbot, page)
    page.week.type_in(0, 0, "13:00")
    assert entries(page) == []
    assert page.week.ui.anywayButton.isVisible()
    page.week.ui.anywayButton.click()
    assert [entry.minutes for entry in entries(page)] == [780]


def test_a_spreadsheet_is_pasted_after_a_look_at_its_problems(qtbot: QtBot, page: HoursPage) -> None:
    week(qtbot, page)
    grid = page.week.ui.grid
    grid.setCurrentIndex(page.week.model.index(0, 1))
    QApplication.clipboard().setText("Mia Kaya\t1:00\nAna López\t2\nNobody\t3")
    qtbot.keyClick(grid, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert entries(page) == []
    cells = page.week.list.cells
    assert [cells.index(row, 3).data() for row in range(3)] == ["nobody of this name here", "fine", "fine"]
    page.week.ui.takeButton.click()
    assert sorted(entry.minutes for entry in entries(page)) == [60, 120]
    page.context.workspace.undo()
    assert entries(page) == []


def test_last_week_is_copied_and_the_week_turned(qtbot: QtBot, page: HoursPage) -> None:
    note(page, "ana 1h 7.9.")
    week(qtbot, page)
    page.week.ui.copyAllButton.click()
    assert [entry.worked_on for entry in entries(page)] == [TODAY - timedelta(days=7), TODAY]
    page.week.ui.beforeButton.click()
    assert page.week.monday == TODAY - timedelta(days=7)
    assert page.week.model.index(0, 8).data() == "1:00"


# planned dates


@pytest.fixture
def planned(page: HoursPage) -> list[Activity]:
    found = []
    with page.context.workspace.write("plan") as unit:
        for days in (3, 5):
            activity = Activity(
                partnership_id=page.partnership,
                title=f"Session {days}",
                starts_on=TODAY - timedelta(days=days),
                start_time=time(10),
                head_count=20,
            )
            found.append(unit.add(activity))
            for name in ("Ana López", "Mia Kaya"):
                unit.add(Participation(activity_id=activity.id, person_id=person(page, name).id))
    return found


def test_a_planned_date_is_logged_with_one_click(qtbot: QtBot, page: HoursPage, planned: list[Activity]) -> None:
    place = f"planned:{planned[1].starts_on.isoformat()}"
    page.go_to(Target("partnership", page.partnership, section=place, item=planned[1].id))
    part = page.planned
    assert part.ui.title.text() == "Session 5"
    lines = part.lines
    assert [lines.index(row, 1).data() for row in range(3)] == ["Ana López", "Mia Kaya", "20 × students"]
    lines.setData(lines.index(1, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    lines.setData(lines.index(0, 2), "1:30")
    part.ui.logButton.click()
    assert [(entry.minutes, entry.head_count) for entry in entries(page)] == [(90, None), (60, 20)]
    assert records.get(page.context.workspace, Activity, planned[1].id).status is ActivityStatus.DONE
    qtbot.waitUntil(lambda: [row.activity.title for row in part.dates.rows] == ["Session 3"])
    page.context.workspace.undo()
    qtbot.waitUntil(lambda: len(part.dates.rows) == 2)


def test_several_dates_are_logged_together_or_did_not_take_place(
    qtbot: QtBot, page: HoursPage, planned: list[Activity]
) -> None:
    page.go_to(Target("partnership", page.partnership, section="planned"))
    part = page.planned
    part.ui.dates.selectAll()
    assert part.ui.title.text() == "2 dates"
    assert "6 entries, 44 h" in part.ui.note.text()
    part.ui.logButton.click()
    assert len(entries(page)) == 6
    page.context.workspace.undo()
    qtbot.waitUntil(lambda: len(part.dates.rows) == 2)
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    part.ui.dates.selectionModel().select(part.dates.index(0, 0), flags)
    part.ui.cancelButton.click()
    qtbot.waitUntil(lambda: [row.activity.title for row in part.dates.rows] == ["Session 5"])
    assert records.get(page.context.workspace, Activity, planned[0].id).status is ActivityStatus.CANCELLED
    assert entries(page) == []


# timers


def test_a_timer_is_started_from_the_line_and_stopped_into_an_entry(qtbot: QtBot, page: HoursPage) -> None:
    assert page.timers.isHidden()
    type_keys(qtbot, page, "mia mentoring")
    page.enter.ui.timerButton.click()
    qtbot.waitUntil(page.timers.isVisible)
    workspace = page.context.workspace
    with workspace.write("earlier", undoable=False) as unit:
        unit.find(RunningTimer)[0].started_at = datetime(2026, 9, 14, 8, tzinfo=UTC)
    page.timers.now = lambda: datetime(2026, 9, 14, 9, 22, tzinfo=UTC)
    qtbot.waitUntil(lambda: "1:22" in page.timers.rows[0].text.text())
    row = page.timers.rows[0]
    row.stop_button.click()
    row.rounding.setCurrentIndex(2)
    row.rounding.activated.emit(2)
    assert row.minutes.minutes == 75
    row.minutes.selectAll()
    qtbot.keyClicks(row.minutes, "1:10")
    qtbot.keyClick(row.minutes, Key.Key_Return)
    qtbot.waitUntil(page.timers.isHidden)
    assert page.ui.tabs.tabBar().hasFocus()
    (entry,) = entries(page)
    assert (entry.minutes, entry.category, entry.worked_on) == (70, HourCategory.MENTORING, TODAY)


def test_a_forgotten_timer_says_so(qtbot: QtBot, page: HoursPage) -> None:
    begin = datetime(2026, 9, 13, 20, tzinfo=UTC)
    page.timers.now = lambda: begin + timedelta(hours=5)
    timers.start_from_line(page.context.workspace, page.partnership, "ana", begin, TODAY - timedelta(days=1))
    qtbot.waitUntil(page.timers.isVisible)
    assert "past midnight" in page.timers.rows[0].note.text()
    page.timers.now = lambda: begin + timedelta(hours=12)
    page.timers.show_time()
    assert "over 12 hours" in page.timers.rows[0].note.text()


# checks


def test_an_odd_entry_is_one_click_away_and_the_others_are_confirmed(qtbot: QtBot, page: HoursPage) -> None:
    fine, odd = note(page, "ana 1h 10.9."), note(page, "mia 13h 11.9.")
    page.go_to(Target("partnership", page.partnership, section="checks"))
    qtbot.waitUntil(lambda: len(page.checks.findings.rows) == 1)
    assert "12 hours" in page.checks.findings.index(0, 3).data()
    qtbot.waitUntil(page.checks.ui.confirmButton.isEnabled)
    page.checks.ui.confirmButton.click()
    states = {entry.id: entry.state for entry in entries(page)}
    assert states == {fine.id: HourState.CONFIRMED, odd.id: HourState.LOGGED}
    page.checks.ui.showButton.click()
    assert page.enter.entries.isVisible()
    assert [row.id for row in page.enter.entries.selected()] == [odd.id]


def test_an_odd_entry_that_is_right_is_confirmed_and_leaves_the_list(qtbot: QtBot, page: HoursPage) -> None:
    note(page, "ana 08:00-10:00 10.9.")
    odd = note(page, "ana 09:00-09:30 10.9.")
    page.go_to(Target("partnership", page.partnership, section="checks"))
    checks = page.checks
    qtbot.waitUntil(lambda: len(checks.findings.rows) == 1)
    assert checks.findings.index(0, 3).data() == "It overlaps their entry of 08:00 (2 h)."
    checks.ui.rightButton.click()
    qtbot.waitUntil(lambda: not checks.findings.rows)
    assert {entry.id: entry.state for entry in entries(page)}[odd.id] is HourState.CONFIRMED
    assert checks.ui.confirmedBox.text() == "Confirmed ones, too (1)"
    checks.ui.confirmedBox.click()
    assert [row.entry.id for row in checks.findings.rows] == [odd.id]
    assert not checks.ui.rightButton.isEnabled()


def test_the_calendar_leads_to_the_hours_of_a_date(qtbot: QtBot, page: HoursPage, planned: list[Activity]) -> None:
    from cocivic_desktop.ui.pages.calendar_page import CalendarPage

    calendar = CalendarPage(page.context)
    qtbot.addWidget(calendar)
    calendar.resize(860, 560)
    calendar.show_partnership(page.partnership)
    calendar.show()
    qtbot.waitExposed(calendar)
    page.context.navigate = page.go_to
    calendar.go_to(Target("partnership", page.partnership, section="activities", item=planned[0].id))
    from cocivic_desktop.ui.pages.calendar.date_panel import DatePanel

    panel = calendar.findChild(DatePanel)
    assert panel is not None
    qtbot.waitUntil(lambda: panel.entry is not None)
    panel.note_hours()
    page.raise_()
    qtbot.waitUntil(lambda: page.planned.ui.title.text() == "Session 3")
