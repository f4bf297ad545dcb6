"""A changed school calendar taken over by hand: what changed, what it hits, new dates, drafts, amendment, undo."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from cocivic_desktop.domain.activities import Activity, Participation
from cocivic_desktop.domain.agreements import Agreement, AgreementState, Clause, FollowKind
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.school_years import CalendarPeriod, SchoolYear
from cocivic_desktop.services import agreements, records, school_years
from cocivic_desktop.ui.dialogs.calendar_change.dialog import DATES, HIT, SEND, CalendarChangeDialog
from cocivic_desktop.ui.dialogs.calendar_import_dialog import CalendarImportDialog
from cocivic_desktop.ui.widgets.school_year_editor import SchoolYearEditor

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from cocivic_desktop.domain.partnerships import Partnership
    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.context import Context

LEFT = Qt.MouseButton.LeftButton


def table(tmp_path: Path, first: str, last: str) -> Path:
    path = tmp_path / "Ferien.csv"
    path.write_text(f"name;start;end\nHerbstferien;{first};{last}\nKonzert;2026-11-20;2026-11-20\n", encoding="utf-8")
    return path


@pytest.fixture
def editor(
    context: Context, workspace: Workspace, partnership: Partnership, tmp_path: Path, qtbot: QtBot
) -> SchoolYearEditor:
    """A school's year with autumn holidays from a file, and a workshop right after them that somebody goes to."""
    year, _ = school_years.create(workspace, partnership.school_id, "2026/27", date(2026, 8, 1), date(2027, 7, 31))
    path = table(tmp_path, "2026-10-12", "2026-10-24")
    preview = school_years.read_calendar_file(path, first=year.starts_on, last=year.ends_on)
    school_years.import_periods(workspace, year.id, preview)
    records.add(workspace, CalendarPeriod(
        school_year_id=year.id, name="Typed in", starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 2)
    ))  # fmt: skip
    one = Activity(partnership_id=partnership.id, title="Workshop", starts_on=date(2026, 10, 27), start_time=time(14))
    records.add(workspace, one)
    person = Person(name="Zeynep", email="zeynep@school.example", organisation_id=partnership.school_id)
    records.add(workspace, person)
    records.add(workspace, Participation(activity_id=one.id, person_id=person.id))
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    records.change(workspace, Organisation, ours.id, email="office@example.org")
    made = SchoolYearEditor(context)
    qtbot.addWidget(made)
    made.show_school(partnership.school_id)
    made.show()
    qtbot.waitExposed(made)
    return made


def read(editor: SchoolYearEditor, path: Path, qtbot: QtBot) -> CalendarImportDialog:
    dialog = editor.import_file()
    assert dialog is not None
    dialog.read(path)
    qtbot.waitUntil(lambda: dialog.preview is not None or dialog.ui.problemLabel.isVisible())
    return dialog


def compared(editor: SchoolYearEditor, path: Path, qtbot: QtBot) -> CalendarChangeDialog:
    """The dialog that follows the preview of a file."""
    dialog = read(editor, path, qtbot)
    assert not dialog.ui.importButton.isVisible()
    qtbot.mouseClick(dialog.ui.compareButton, LEFT)
    (made,) = editor.findChildren(CalendarChangeDialog)
    assert isinstance(made, CalendarChangeDialog)
    qtbot.waitUntil(lambda: made.comparison is not None)
    return made


def workshop(workspace: Workspace) -> date:
    return records.find(workspace, Activity)[0].starts_on


def test_from_the_new_file_to_the_drafts(
    editor: SchoolYearEditor, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = compared(editor, table(tmp_path, "2026-10-19", "2026-10-31"), qtbot)
    ui = dialog.ui
    testers = [
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for model in (dialog.changes.model, dialog.hits.model, dialog.dates.model, dialog.send.model)
    ]
    assert [one.name for one in dialog.changes.model.rows] == ["Herbstferien"]
    ui.replacesBox.setCurrentIndex(1)
    ui.replacesBox.activated.emit(1)
    qtbot.waitUntil(lambda: len(dialog.changes.model.rows) == 2)
    model = dialog.changes.model
    assert model.index(1, 2).data() == "Typed in"
    assert model.index(1, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert model.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert model.index(0, 1).data() == "→ moved"
    assert "1 planned dates are hit" in ui.introLabel.text()
    qtbot.mouseClick(ui.nextButton, LEFT)
    assert ui.steps.currentIndex() == HIT
    assert "The school is closed: Herbstferien" in dialog.hits.model.index(0, 3).data()
    qtbot.mouseClick(ui.nextButton, LEFT)
    assert ui.steps.currentIndex() == DATES
    assert ui.slot1.text() == "Tue 3 Nov 14:00 (a week later)"
    assert ui.slot1.isChecked()
    ui.otherDay.set_day(date(2026, 10, 28))
    ui.otherDay.day_changed.emit(date(2026, 10, 28))
    qtbot.waitUntil(lambda: "The school is closed" in ui.verdictLabel.text())
    assert ui.otherButton.isChecked()
    qtbot.mouseClick(ui.slot2, LEFT)
    assert dialog.dates.model.index(0, 2).data() == "Tue 10 Nov 14:00"
    assert workshop(workspace) == date(2026, 10, 27)
    qtbot.mouseClick(ui.nextButton, LEFT)
    assert ui.steps.currentIndex() == SEND
    assert workshop(workspace) == date(2026, 11, 10)
    assert dialog.send.model.index(0, 4).data() == "Zeynep"
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    dialog.send.write(drafts)
    assert [one.name for one in drafts.iterdir()] == ["2026-10-27 Workshop.eml"]
    assert "One draft is in" in ui.tellHint.text()
    dialog.send.write(drafts)
    assert "exists already" in ui.tellHint.text()
    qtbot.mouseClick(ui.nextButton, LEFT)
    workspace.undo()
    assert workshop(workspace) == date(2026, 10, 27)
    assert "Typed in" in {one.name for one in records.find(workspace, CalendarPeriod)}
    assert records.find(workspace, CalendarPeriod, name="Herbstferien")[0].starts_on == date(2026, 10, 12)
    assert len(testers) == 4


def test_what_is_not_ticked_stays_and_hits_nothing(
    editor: SchoolYearEditor, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = compared(editor, table(tmp_path, "2026-10-19", "2026-10-31"), qtbot)
    model = dialog.changes.model
    model.setData(model.index(0, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    qtbot.waitUntil(lambda: dialog.comparison is not None and not dialog.comparison.hits)
    assert dialog.ui.nextButton.text() == "Take over the new calendar"
    qtbot.mouseClick(dialog.ui.nextButton, LEFT)
    assert "No date was moved" in dialog.ui.tellHint.text()
    assert records.find(workspace, CalendarPeriod, name="Herbstferien")[0].starts_on == date(2026, 10, 12)
    qtbot.mouseClick(dialog.ui.nextButton, LEFT)


def test_an_agreement_that_names_the_date_gets_its_amendment(
    editor: SchoolYearEditor, workspace: Workspace, partnership: Partnership, tmp_path: Path, qtbot: QtBot
) -> None:
    agreement, _ = agreements.prepare(workspace, partnership.id)
    records.change(workspace, Agreement, agreement.id, state=AgreementState.SIGNED)
    records.add(workspace, Clause(
        agreement_id=agreement.id, position=90, titles={"en": "Dates"}, texts={"en": "We meet on 27 October 2026."}
    ))  # fmt: skip
    dialog = compared(editor, table(tmp_path, "2026-10-19", "2026-10-31"), qtbot)
    for _step in (HIT, DATES, SEND):
        qtbot.mouseClick(dialog.ui.nextButton, LEFT)
    assert "Dates" in dialog.send.agreements.index(0, 1).data()
    qtbot.mouseClick(dialog.ui.amendButton, LEFT)
    assert dialog.send.agreements.index(0, 2).data() == "drafted"
    (amendment,) = records.find(workspace, Agreement, follows_as=FollowKind.AMENDMENT)
    texts = [one.texts["en"] for one in records.find(workspace, Clause, agreement_id=amendment.id, order="position")]
    assert "We meet on 3 November 2026." in texts
    assert "instead of 27 October 2026" in texts[-1]
    dialog.close()


def test_a_file_that_says_nothing_new_is_said_to_be_so(
    editor: SchoolYearEditor, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = read(editor, table(tmp_path, "2026-10-12", "2026-10-24"), qtbot)
    assert dialog.ui.importButton.isVisible()
    qtbot.mouseClick(dialog.ui.compareButton, LEFT)
    (change,) = editor.findChildren(CalendarChangeDialog)
    assert isinstance(change, CalendarChangeDialog)
    qtbot.waitUntil(lambda: change.comparison is not None)
    change.close()


def test_unclear_last_days_are_asked_with_an_example(editor: SchoolYearEditor, tmp_path: Path, qtbot: QtBot) -> None:
    events = "".join(
        f"BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{name}\nDTSTART;VALUE=DATE:{first}\nDTEND;VALUE=DATE:{end}\nEND:VEVENT\n"
        for uid, name, first, end in (
            ("1", "Herbstferien", "20261019", "20261030"),
            ("2", "Winterferien", "20261214", "20261218"),
        )
    )
    path = tmp_path / "school.ics"
    path.write_text(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n", encoding="utf-8")
    dialog = read(editor, path, qtbot)
    ui = dialog.ui
    assert not ui.inclusiveButton.isChecked()
    assert not ui.exclusiveButton.isChecked()
    assert not ui.importButton.isEnabled()
    assert not ui.compareButton.isEnabled()
    assert "Fri 30 Oct 2026 as its last day" in ui.inclusiveButton.text()
    qtbot.mouseClick(ui.inclusiveButton, LEFT)
    qtbot.waitUntil(lambda: ui.compareButton.isEnabled())
    assert dialog.model.rows[0].ends_on == date(2026, 10, 30)
    dialog.reject()


def test_columns_are_chosen_where_none_is_recognised(
    editor: SchoolYearEditor, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("What;When;Upto\nAutumn;soon;x\nWinter;later;y\nSpring;2027-04-05;2027-04-09\n", encoding="utf-8")
    dialog = read(editor, path, qtbot)
    ui = dialog.ui
    assert ui.columnsCard.isVisible()
    assert "No column of dates" in ui.hintLabel.text()
    ui.firstBox.setCurrentIndex(2)
    ui.lastBox.setCurrentIndex(3)
    ui.nameBox.setCurrentIndex(1)
    ui.nameBox.activated.emit(1)
    qtbot.waitUntil(lambda: bool(dialog.model.rows))
    assert [(one.name, one.ends_on) for one in dialog.model.rows] == [("Spring", date(2027, 4, 9))]
    assert ui.skippedList.count() == 2
    dialog.reject()
    assert len(records.find(workspace, SchoolYear)) == 1
