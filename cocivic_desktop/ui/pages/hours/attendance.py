"""Attendance: a class marked in one go, and sheets of paper typed in; saving logs the hours of those present."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from cocivic_desktop._generated.forms.hours_attendance import Ui_HoursAttendance
from cocivic_desktop.domain.hours import AttendanceState, HourCategory, HourSource
from cocivic_desktop.domain.organisations import PersonKind
from cocivic_desktop.domain.rules.sheet_codes import EVERYBODY, SheetKind
from cocivic_desktop.services import attendance, paper_sheets
from cocivic_desktop.services.attendance import AttendanceDay
from cocivic_desktop.services.attendance_saving import NewName, Saved, save
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.pages.hours.attendance_model import AttendanceModel, Pending
from cocivic_desktop.ui.pages.hours.questions import questions_text
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.texts.counts import entries_count
from cocivic_desktop.ui.texts.formats import day_text, minutes_text, time_text
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.services.paper_sheets import PaperGrid, SheetOrder
    from cocivic_desktop.ui.context import Context

RECENT: Final = 4
"""Dates of the choice "the last ones"."""


class AttendancePart(StagePart):
    """What is typed is saved by the button, by Ctrl+Enter, and by going elsewhere: always as one step of undo."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_HoursAttendance()
        self.ui.setupUi(self)
        self.model = AttendanceModel(self)
        self.model.on_change = self._show_plan
        self.ui.grid.setModel(self.model)
        self.activity = ChoiceBox(self.ui.activityBox, lambda _: self._turn())
        self.dates = ChoiceBox(self.ui.datesBox, lambda _: self._turn(same_activity=True))
        self.people = ChoiceBox(self.ui.peopleBox, lambda _: self._load_grid())
        self.kind = ChoiceBox(self.ui.kindBox)
        self.category = ChoiceBox(self.ui.categoryBox, lambda _: self._show_plan())
        self._days: list[AttendanceDay] = []
        self._shown: tuple[UUID | None, Any] = (None, None)
        self._sheet: SheetOrder | None = None
        self._notes = ""
        self._connect()

    def reload(self) -> None:
        """Offer the activities with dates up to today; what is typed and not saved stays."""
        found = attendance.activities(self.context.workspace, self.partnership, self.context.today())
        self.activity.offer([(one.id, one.title) for one in found])
        self.kind.offer(choices.enum_choices(PersonKind))
        if self.kind.value is None or not self.model.pending.names:
            self.kind.show(PersonKind.STUDENT)
        self.ui.views.setCurrentWidget(self.ui.workPage if found else self.ui.empty)
        words = (self.ui.activityWord, self.ui.datesWord, self.ui.peopleWord)
        for widget in (*words, self.ui.activityBox, self.ui.datesBox, self.ui.peopleBox):
            widget.setVisible(bool(found))
        if found:
            self._load_activity()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Show the attendance of an activity."""
        if item is not None and self.ui.views.currentWidget() is self.ui.workPage:
            self._save_before_leaving()
            self.activity.show(item)
            self._load_activity()
        self.ui.grid.setFocus()
        self.ui.grid.go(0, 1)

    def open_sheet(self, order: SheetOrder) -> None:
        """Type in a sheet of paper: its dates and its people, in its order."""
        self._save_before_leaving()
        self._sheet = order
        self.activity.show(order.activity_id)
        self._load_activity()
        self.ui.grid.setFocus()
        self.ui.grid.go(0, 1)

    def save(self) -> Saved | None:
        """Store what was typed, and the hours that follow."""
        pending, grid = self.model.pending, self.model.grid
        notes = self._changed_notes()
        if grid is None or not (pending or notes):
            return None
        new = [
            NewName(name, kind, {on: mark for (row, on), mark in pending.new_marks.items() if row == number})
            for number, (name, kind) in enumerate(pending.names)
        ]
        self.model.pending, self._notes = Pending(), self.ui.notesEdit.toPlainText()
        saved = self.context.attempt(
            save,
            self.context.workspace,
            grid,
            pending.marks,
            self.context.today(),
            heads=pending.heads,
            notes=notes,
            new_names=new,
            category=self.category.value or grid.category,
            source=HourSource.PAPER if self._sheet is not None else HourSource.ATTENDANCE,
            confirm=self._sheet is not None and self.ui.signedCheck.isChecked(),
        )
        if saved is None:
            self.model.show(grid, pending, self.context.today())
            self._notes = grid.days[0].notes if len(grid.days) == 1 else ""
            return None
        self.context.notify(self._words(saved))
        return saved

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes elsewhere has finished."""
        if not event.spontaneous():
            self._save_before_leaving()
            self._sheet = None
        super().hideEvent(event)

    # --- choosing -----------------------------------------------------------------------------------------------------

    def _turn(self, *, same_activity: bool = False) -> None:
        chosen = (self.activity.value, self.dates.value)
        self.activity.show(self._shown[0])
        self._save_before_leaving()
        self.activity.show(chosen[0])
        self._sheet = None
        if same_activity:
            self.dates.show(chosen[1])
            self._load_grid()
        else:
            self._load_activity()

    def _load_activity(self) -> None:
        today, workspace = self.context.today(), self.context.workspace
        activity_id = self.activity.value
        found = attendance.days(workspace, activity_id)
        self._days = [one for one in found if one.on <= today and not one.cancelled]
        past = list(reversed(self._days))
        offered: list[tuple[Any, str]] = [((one.original_on,), self._day_words(one)) for one in past]
        if len(past) > RECENT:
            recent = tuple(sorted(one.original_on for one in past[:RECENT]))
            offered.insert(1, (recent, self.tr("The last {count} dates").format(count=RECENT)))
        if len(past) > 1:
            every = tuple(one.original_on for one in self._days)
            offered.insert(2, (every, self.tr("All {count} dates so far").format(count=len(past))))
        self.people.offer(people_choices(self.context, self.partnership))
        fresh = self._shown[0] != activity_id
        if self._sheet is not None:
            offered.insert(0, (self._sheet.dates, self.tr("The dates of the sheet")))
            self.people.show(self._sheet.group)
        self.dates.offer(offered)
        if self._sheet is not None or fresh:
            self.dates.show(offered[0][0] if offered else None)
        self._load_grid()

    def _load_grid(self) -> None:
        if self.activity.value is None or self.dates.value is None:
            return
        before = self._shown
        self._shown = (self.activity.value, self.dates.value)
        pending = self.model.pending if before == self._shown else Pending()
        typed_notes = self._changed_notes() if before == self._shown else {}
        group = self.people.value or ""
        grid = self.context.attempt(
            attendance.load,
            self.context.workspace,
            self.activity.value,
            self.dates.value,
            class_group="" if group == EVERYBODY else group,
            team=group == EVERYBODY,
        )
        place = self.ui.grid.currentIndex()
        if self._sheet is not None and grid is not None:
            printed = paper_sheets.as_printed(grid, self._sheet)
            grid = printed.grid
            self._show_sheet(self._sheet.kind, printed)
        self.model.show(grid, pending, self.context.today())
        self.ui.grid.fit()
        self.ui.grid.go(max(0, place.row()), max(1, place.column()))
        if grid is not None and before != self._shown:
            self.category.offer(choices.enum_choices(HourCategory))
            self.category.show(grid.category)
        single = grid is not None and len(grid.days) == 1
        for widget in (self.ui.notesWord, self.ui.notesEdit):
            widget.setVisible(single)
        self._notes = grid.days[0].notes if grid is not None and single else ""
        if not typed_notes:
            self.ui.notesEdit.setPlainText(self._notes)
        paper = self._sheet is not None
        self.ui.sheetLabel.setVisible(paper)
        self.ui.signedCheck.setVisible(paper)
        self._show_plan()

    def _show_sheet(self, kind: SheetKind, printed: PaperGrid) -> None:
        """Say what is typed in, and whether the rows are those of the paper."""
        texts = [
            self.tr("Typing in a session sheet: rows stand as on the paper.")
            if kind is SheetKind.SESSION
            else self.tr("Typing in an attendance sheet: rows stand as on the paper.")
        ]
        if printed.later:
            text = self.tr("Behind them: {count} who joined after it was printed.")
            texts.append(text.format(count=printed.later))
        if printed.changed:
            texts = [
                self.tr("! The list has changed since this sheet was printed: go by the names, not by the numbers.")
            ]
        self.ui.sheetLabel.setText(" ".join(texts))
        set_look(self.ui.sheetLabel, "warning" if printed.changed else "muted")

    # --- typing -------------------------------------------------------------------------------------------------------

    def _all_present(self) -> None:
        column = max(1, self.ui.grid.currentIndex().column())
        if self.model.grid is not None and self.model.days:
            self.model.all_present(column)
            self.ui.grid.setFocus()

    def _add_name(self) -> None:
        name = " ".join(self.ui.nameLine.text().split())
        if not name or self.model.grid is None:
            return
        column = max(1, self.ui.grid.currentIndex().column())
        self.model.pending.names.append((name, self.kind.value))
        self.model.show(self.model.grid, self.model.pending, self.context.today())
        self.ui.grid.fit()
        row = len(self.model.rows) - 2
        self.model.set_mark(row, column, attendance.Mark(AttendanceState.PRESENT))
        self.ui.grid.go(row, column)
        self.ui.nameLine.clear()
        self.ui.nameLine.setFocus()
        self._show_plan()

    def _save_and_go_on(self) -> None:
        """Save; the button is dead then, so the keyboard goes back to the marks."""
        self.save()
        self.ui.grid.setFocus()

    def _changed_notes(self) -> dict[date, str]:
        grid = self.model.grid
        text = self.ui.notesEdit.toPlainText()
        return {grid.days[0].original_on: text} if grid and len(grid.days) == 1 and text != self._notes else {}

    def _save_before_leaving(self) -> None:
        if self.context.is_open and (self.model.pending or self._changed_notes()):
            self.save()

    # --- words --------------------------------------------------------------------------------------------------------

    def _show_plan(self) -> None:
        """What saving would do, in numbers."""
        pending, days = self.model.pending, {one.on: one for one in self.model.days}
        changed = bool(pending) or bool(self._changed_notes())
        self.ui.saveButton.setEnabled(changed)
        present = [
            mark.minutes or days[on].minutes
            for source in (pending.marks, pending.new_marks)
            for (_, on), mark in source.items()
            if mark is not None and mark.state is AttendanceState.PRESENT and on in days
        ]
        by_original = {one.original_on: one for one in self.model.days}
        heads = sum((count or 0) * by_original[on].minutes for on, count in pending.heads.items() if on in by_original)
        marked = len(pending.marks) + len(pending.new_marks)
        if not changed:
            self.ui.planLabel.setText("")
            return
        text = self.tr("Not saved yet: {marks} marks; present {present}, {time} in all.")
        self.ui.planLabel.setText(
            text.format(marks=marked, present=len(present), time=minutes_text(sum(present) + heads) or "0")
        )

    def _words(self, saved: Saved) -> str:
        parts = []
        if saved.added:
            time = minutes_text(saved.minutes)
            parts.append(self.tr("{entries} with {time} logged").format(entries=entries_count(saved.added), time=time))
        if saved.corrected:
            parts.append(self.tr("{count} corrected").format(count=saved.corrected))
        if saved.removed:
            parts.append(self.tr("{count} taken away").format(count=saved.removed))
        if saved.confirmed_kept:
            parts.append(self.tr("{count} confirmed ones stayed").format(count=saved.confirmed_kept))
        if saved.noted_before:
            parts.append(self.tr("{count} were noted by hand before").format(count=saved.noted_before))
        if saved.questions:
            parts.append(questions_text(saved.questions))
        said = ", ".join(parts) or self.tr("no hours follow from it")
        return self.tr("Attendance saved: {what}.").format(what=said)

    def _day_words(self, day: AttendanceDay) -> str:
        words = day_text(day.on, weekday=True, year=day.on.year != self.context.today().year)
        return " · ".join(part for part in (words, time_text(day.start_time)) if part)

    def _connect(self) -> None:
        ui = self.ui
        ui.empty.set_texts(
            self.tr("No dates to mark yet"),
            self.tr(
                "Whoever came to a session is marked here, and their hours are logged by themselves. Plan sessions in "
                "the calendar; from their day on they stand here."
            ),
        )
        ui.keysLabel.setText(
            self.tr("Space goes through the marks. P present, A absent, E excused; a number: minutes of a part.")
        )
        ui.allButton.setToolTip(self.tr("Marks everybody of the date that has the cursor and no mark yet"))
        ui.allButton.clicked.connect(lambda: self._all_present())
        ui.addButton.clicked.connect(lambda: self._add_name())
        ui.nameLine.returnPressed.connect(lambda: self._add_name())
        ui.notesEdit.textChanged.connect(self._show_plan)
        ui.saveButton.setToolTip(self.tr("Ctrl+Enter"))
        ui.saveButton.clicked.connect(lambda: self._save_and_go_on())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda: self.save())


def people_choices(context: Context, partnership_id: UUID) -> list[tuple[Any, str]]:
    """Who stands in the rows of a grid or a sheet: those who take part, a class besides, or everybody."""
    groups = attendance.class_groups(context.workspace, partnership_id)
    also = QCoreApplication.translate("HoursAttendance", "Also class {name}")
    return [
        ("", QCoreApplication.translate("HoursAttendance", "Those who take part")),
        *((group, also.format(name=group)) for group in groups),
        (EVERYBODY, QCoreApplication.translate("HoursAttendance", "All of the partnership")),
    ]
