"""The conflicts of a partnership, or of all: a list, and beside it what can be done about the chosen date."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy

from cocivic_desktop._generated.forms.calendar_conflicts import Ui_CalendarConflicts
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.conflicts import ConflictCode
from cocivic_desktop.services import records
from cocivic_desktop.services.conflict_list import ConflictLine, ConflictList, conflict_list
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.pages.calendar import words
from cocivic_desktop.ui.pages.calendar.conflict_detail import line_entry
from cocivic_desktop.ui.pages.part import StagePart, fit_width
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox
from cocivic_desktop.ui.widgets.empty_state import EmptyState
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.tasks import Job, Progress


class Shown(StrEnum):
    """Which conflicts are listed."""

    OPEN = "open"
    HARD = "hard"
    SOFT = "soft"
    KEPT = "kept"


ALL_SETTING = "calendar/conflicts_of_all"
DETAIL_WIDTH = 330
"""Logical pixels that the pane beside the list gets at first."""
LEAST_LETTERS = 10
NARROW = 340
"""Logical pixels of the list below which the day stands above the title, so that both can be read."""
WHY_WIDTH, WHY_NARROW = 164, 124
TWO_LINES = 48
"""Height of a row in logical pixels."""
WIDEST_FILTER = 190


class ConflictsPart(StagePart):
    """Loads off the GUI thread; what was known stands until the new list comes."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = ui = Ui_CalendarConflicts()
        ui.setupUi(self)
        self.found: ConflictList | None = None
        self._zone = ""
        """Of the partnership's school: its clock is shown, as in the calendar."""
        self._job: Job | None = None
        self._chosen: tuple[UUID, date] | None = None
        self._wanted: UUID | None = None
        self._filling = False
        self.scope, self.severity = ChoiceBox(ui.scope, self._turn_scope), ChoiceBox(ui.severity, self._filter)
        self.code, self.school = ChoiceBox(ui.code, self._filter), ChoiceBox(ui.school, self._filter)
        self.scope.offer([(False, self.tr("This partnership")), (True, self.tr("All partnerships"))])
        self.scope.show(context.flag(ALL_SETTING, False))
        self.severity.offer(
            [
                (Shown.OPEN, self.tr("All that is open")),
                (Shown.HARD, self.tr("× Not possible")),
                (Shown.SOFT, self.tr("! Unwise")),
                (Shown.KEPT, self.tr("Kept on purpose")),
            ]
        )
        for box, name in (
            (ui.scope, self.tr("Whose conflicts")),
            (ui.severity, self.tr("How bad")),
            (ui.code, self.tr("What is in the way")),
            (ui.school, self.tr("Which school")),
        ):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(LEAST_LETTERS)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.setMaximumWidth(WIDEST_FILTER)
        self.empty = EmptyState(parent=self)
        ui.views.addWidget(self.empty)
        self.model: RecordTableModel[ConflictLine] = RecordTableModel(self._columns(), self)
        dress_records(ui.table, self.model, self.model.columns, TWO_LINES)
        ui.table.setAccessibleName(self.tr("Conflicts"))
        ui.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        ui.table.activated.connect(lambda: ui.detail.focus_first())
        ui.detail.setup(context)
        ui.split.setSizes([DETAIL_WIDTH * 5 // 4, DETAIL_WIDTH])
        ui.table.installEventFilter(self)
        ui.detailScroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        fit_width(ui.detailScroll)
        back = QShortcut(QKeySequence("Escape"), ui.detail, lambda: ui.table.setFocus())
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def load(self, partnership_id: UUID) -> None:
        """Show a partnership, freshly read."""
        if partnership_id != self.partnership_id:
            self.found = None
        super().load(partnership_id)

    def reload(self) -> None:
        """Ask for the list; it comes from a thread."""
        if self._job is not None:
            self._job.cancel()
        if self.found is None:
            self._show_empty(self.tr("Looking for conflicts…"), "")
        self._ask(promises=self.found is not None or not self.scope.value)

    def _ask(self, *, promises: bool) -> None:
        """Over all partnerships the list comes first, and the dates over the promised hours follow."""
        workspace, today, here = self.context.workspace, self.context.today(), self.partnership
        wanted = None if self.scope.value else here

        def work(progress: Progress) -> tuple[ConflictList, str]:
            school = records.get(workspace, Organisation, records.get(workspace, Partnership, here).school_id)
            return conflict_list(workspace, today, wanted, progress.check, promises=promises), school.zone

        def take(told: tuple[ConflictList, str]) -> None:
            found, self._zone = told
            self._take(found)
            if not promises:
                self._ask(promises=True)

        self._job = self.context.tasks.run(work, take)

    def open_item(self, section: str, item: UUID | None) -> None:
        """Choose the first date of an activity, as soon as the list has come."""
        self._wanted = item
        if self._job is None:
            self._filter()

    def _take(self, found: ConflictList) -> None:
        self._job = None
        self.found = found
        codes = dict.fromkeys(each.code for line in found.lines for each in line.conflicts)
        self.code.offer(
            [
                (None, self.tr("Any reason")),
                *((code, words.conflict_word(code)) for code in ConflictCode if code in codes),
            ]
        )
        schools = sorted(found.schools.items(), key=lambda one: one[1])
        self.school.offer([(None, self.tr("All schools")), *schools])
        self.ui.school.setVisible(len(schools) > 1)
        self._filter()

    def _filter(self, _: Any = None) -> None:
        """Show what the filters let through, and keep the chosen date chosen, else the one in its place."""
        found = self.found
        if found is None:
            return
        row = self.ui.table.currentIndex().row()
        lines = [line for line in found.lines if self._wants(line)]
        self._filling = True
        self.model.set_rows(lines)
        self._filling = False
        kept = sum(1 for line in found.lines if line.kept)
        text = self.tr("{count} open").format(count=found.open)
        if kept:
            text += " · " + self.tr("{count} kept on purpose").format(count=kept)
        self.ui.countLabel.setText(text if found.lines else "")
        if not lines:
            self._say_nothing(found)
            return
        self.ui.views.setCurrentWidget(self.ui.listPage)
        numbers = {line.id: number for number, line in enumerate(lines)}
        place = next((n for n, line in enumerate(lines) if line.activity.id == self._wanted), None)
        self._wanted = None
        if place is None:
            place = numbers.get(self._chosen, min(max(0, row), len(lines) - 1)) if self._chosen else 0
        self.ui.table.selectRow(place)
        self._row_chosen(self.model.index(place, 0))

    def _wants(self, line: ConflictLine) -> bool:
        shown = self.severity.value
        if self.school.value not in (None, line.school_id):
            return False
        return any(
            self.code.value in (None, each.code)
            and each.accepted is (shown is Shown.KEPT)
            and (shown in (Shown.OPEN, Shown.KEPT) or each.severity == shown)
            for each in line.conflicts
        )

    def _say_nothing(self, found: ConflictList) -> None:
        if not found.lines:
            self._show_empty(
                self.tr("No conflicts"),
                self.tr("Everything to come fits the school's year, the agreement, and everybody's time."),
            )
        elif not found.open and self.severity.value is not Shown.KEPT:
            self._show_empty(
                self.tr("Nothing is open"),
                self.tr("What stays in spite of a conflict has a note that says why: choose “Kept on purpose”."),
            )
        else:
            self._show_empty(self.tr("Nothing like this"), self.tr("Other filters show other conflicts."))

    def _show_empty(self, title: str, text: str) -> None:
        self.empty.set_texts(title, text)
        self.ui.views.setCurrentWidget(self.empty)

    def _row_chosen(self, index: QModelIndex) -> None:
        line = self.model.record(index)
        if line is None or self._filling or self.found is None:
            return
        self._chosen = line.id
        self.ui.detail.show_line(line, self.found.names, self._zone)

    def _turn_scope(self, of_all: bool) -> None:
        self.context.set_flag(ALL_SETTING, of_all)
        self.found = None
        self.reload()

    def _columns(self) -> list[Column[ConflictLine]]:
        return [
            Column("on", self.tr("Date"), self._day, 108, strong=True),
            Column("title", self.tr("Activity"), self._title, tip=self._tip),
            Column("why", self.tr("In the way"), self._why, WHY_WIDTH, tip=self._tip),
        ]

    def _fit(self) -> None:
        """In a narrow list the day has no column of its own."""
        narrow = self.ui.table.width() < NARROW
        if narrow != self.ui.table.isColumnHidden(0):
            self.ui.table.setColumnHidden(0, narrow)
            self.ui.table.setColumnWidth(2, WHY_NARROW if narrow else WHY_WIDTH)
            self._filter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list has another width."""
        if watched is self.ui.table and event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._fit)
        return super().eventFilter(watched, event)

    def _day(self, line: ConflictLine) -> str:
        return day_text(line_entry(line, self._zone).on, weekday=True, year=False)

    def _title(self, line: ConflictLine) -> str:
        title = f"{line.activity.title} · {line.partnership.title}" if self.scope.value else line.activity.title
        return f"{self._day(line)} · {title}" if self.ui.table.isColumnHidden(0) else title

    def _why(self, line: ConflictLine) -> Chip:
        return words.conflict_chip(line.conflicts)

    def _tip(self, line: ConflictLine) -> str:
        names = self.found.names if self.found is not None else {}
        sentences = [words.signed_sentence(each, names) for each in line.conflicts]
        there = words.clock_text(line_entry(line, self._zone))
        whose = f"{line.activity.title} · {line.partnership.title}"
        return "\n".join([f"{whose} ({there})" if there else whose, *sentences])
