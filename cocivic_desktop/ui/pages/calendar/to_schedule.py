"""What has no date yet, tasks and promises of the agreement, put into the calendar with one click."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy

from cocivic_desktop._generated.forms.calendar_to_schedule import Ui_CalendarToSchedule
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.partnerships import Stage, Task
from cocivic_desktop.services import records, to_schedule
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.pages.calendar import words
from cocivic_desktop.ui.pages.calendar.conflicts import DETAIL_WIDTH, NARROW, TWO_LINES
from cocivic_desktop.ui.pages.part import StagePart, fit_width
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.texts.words import capital, word
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox
from cocivic_desktop.ui.widgets.empty_state import EmptyState
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.domain.activities import Activity
    from cocivic_desktop.domain.rules.duties import Duty
    from cocivic_desktop.domain.rules.to_schedule import Waiting
    from cocivic_desktop.services.to_schedule import Offer
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.tasks import Job

SHOWN_DATES = 12
DUE = 1
"""The column that holds the day."""


class ToSchedulePart(StagePart):
    """List at the left, what can be done about the chosen line at the right; free days come from a thread."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = ui = Ui_CalendarToSchedule()
        ui.setupUi(self)
        self._jobs: dict[str, Job] = {}
        self._known = False
        self._chosen: UUID | None = None
        self._filling = False
        self.offer: Offer | None = None
        self.slot_buttons: list[QPushButton] = []
        self.at = ChoiceBox(ui.atBox)
        self.empty = EmptyState(parent=self)
        ui.views.addWidget(self.empty)
        self.model: RecordTableModel[Waiting] = RecordTableModel(self._columns(), self)
        dress_records(ui.table, self.model, self.model.columns, TWO_LINES)
        ui.table.setAccessibleName(self.tr("What has no date yet"))
        ui.table.installEventFilter(self)
        ui.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        ui.table.activated.connect(lambda: self._focus_first())
        ui.hintLabel.setText(
            self.tr("Tasks that are due and what the agreement promises, as long as it has no date in the calendar.")
        )
        ui.atBox.setSizeAdjustPolicy(ui.atBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        ui.atBox.setMinimumContentsLength(14)
        ui.atBox.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        ui.otherDay.line.setAccessibleName(self.tr("Another day"))
        ui.otherDay.setMinimumWidth(150)
        ui.otherTime.setAccessibleName(self.tr("Time on the other day"))
        ui.otherTime.setPlaceholderText(self.tr("time"))
        ui.otherTime.setMaximumWidth(76)
        ui.planButton.clicked.connect(lambda: self.plan())
        ui.placeButton.clicked.connect(lambda: self.place())
        ui.atButton.clicked.connect(lambda: self.do_it_there())
        ui.doneButton.clicked.connect(lambda: self.mark_done())
        ui.clauseButton.clicked.connect(lambda: self._show_agreement())
        ui.split.setSizes([DETAIL_WIDTH * 5 // 4, DETAIL_WIDTH])
        ui.detailScroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        fit_width(ui.detailScroll)

    def load(self, partnership_id: UUID) -> None:
        """Show a partnership, freshly read."""
        if partnership_id != self.partnership_id:
            self._known = False
        super().load(partnership_id)

    def reload(self) -> None:
        """Ask what waits; it comes from a thread."""
        if not self._known:
            self._show_empty(self.tr("Looking for what has no date yet…"), "")
        workspace, today, partnership_id = self.context.workspace, self.context.today(), self.partnership
        self._ask("waiting", lambda: to_schedule.waiting(workspace, partnership_id, today), self._take)

    def open_item(self, section: str, item: UUID | None) -> None:
        """Choose a task or a duty by the id of the task or routine."""
        self._chosen = item or self._chosen
        if "waiting" not in self._jobs:
            self._choose()

    @property
    def current(self) -> Waiting | None:
        """The chosen line."""
        return self.model.record(self.ui.table.currentIndex())

    # ---- acting ----

    def plan(self) -> None:
        """Put all proposed dates of a duty into the calendar."""
        proposal = self.offer.proposal if self.offer is not None else None
        if proposal is None:
            return
        if self.context.attempt(to_schedule.plan_duty, self.context.workspace, proposal) is not None:
            text = self.tr("Planned: {count} of {missing}. Ctrl+Z takes them back.")
            self.context.notify(text.format(count=proposal.times, missing=proposal.missing))

    def take_slot(self, activity: Activity) -> None:
        """Put a task into a free slot."""
        one = self.current
        if one is None or one.task is None:
            return
        if self.context.attempt(to_schedule.plan_task, self.context.workspace, one.task.id, activity) is not None:
            self._say_planned(day_text(activity.starts_on, weekday=True, year=False))

    def place(self) -> None:
        """Put the task, or one date of the duty, on the day that was chosen."""
        ui, one = self.ui, self.current
        if one is None:
            return
        day, at = ui.otherDay.day, ui.otherTime.moment
        if ui.otherDay.is_invalid or day is None:
            example = day_text(self.context.today())
            self._refuse(self.tr("This is no date. Type it like {example}.").format(example=example))
            return
        if ui.otherTime.is_invalid:
            self._refuse(self.tr("This is no time of day. Type it like 10:30."))
            return
        try:
            to_schedule.put_on(self.context.workspace, one, day, at, self.context.today())
        except BadInput as error:
            self._refuse(sentence(error))
            return
        self._say_planned(day_text(day, weekday=True, year=False))

    def do_it_there(self) -> None:
        """The task is done at an activity that is planned already."""
        one = self.current
        if one is not None and one.task is not None and self.at.value is not None:
            self.context.attempt(to_schedule.link_task, self.context.workspace, one.task.id, self.at.value)

    def mark_done(self) -> None:
        """The task is done; it needs no date any more."""
        one = self.current
        if one is not None and one.task is not None:
            today = self.context.today()
            self.context.attempt(records.change, self.context.workspace, Task, one.task.id, done_on=today)

    # ---- showing ----

    def _ask(self, what: str, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        if what in self._jobs:
            self._jobs[what].cancel()

        def take(result: Any) -> None:
            self._jobs.pop(what, None)
            done(result)

        def refuse(error: Exception) -> None:
            self._jobs.pop(what, None)
            if isinstance(error, BadInput):
                self.ui.proposedLabel.setText(sentence(error))
            else:
                self.context.report(error)

        self._jobs[what] = self.context.tasks.run(work, take, refuse)

    def _take(self, found: list[Waiting]) -> None:
        self._known = True
        row = max(0, self.ui.table.currentIndex().row())
        self._filling = True
        self.model.set_rows(found)
        self._filling = False
        if not found:
            self._show_empty(
                self.tr("Everything has a date"),
                self.tr("Tasks without a date, and meetings and reports that the agreement promises, appear here."),
            )
            return
        self.ui.views.setCurrentWidget(self.ui.listPage)
        self._choose(row)

    def _choose(self, row: int = 0) -> None:
        count = self.model.rowCount()
        if not count:
            return
        place = next((n for n, one in enumerate(self.model.rows) if one.id == self._chosen), min(row, count - 1))
        self.ui.table.selectRow(place)
        self._row_chosen(self.model.index(place, 0))

    def _row_chosen(self, index: QModelIndex) -> None:
        one = self.model.record(index)
        if one is None or self._filling:
            return
        self._chosen, self.offer = one.id, None
        ui = self.ui
        ui.whatLabel.setText(one.title)
        ui.standingLabel.setText(self._standing(one))
        ui.problemLabel.hide()
        ui.proposedLabel.setText(self.tr("Looking for free days…"))
        ui.proposedLabel.show()
        ui.planButton.hide()
        self._show_slots([])
        ui.otherDay.set_day(one.due_on if one.due_on is not None and one.due_on >= self.context.today() else None)
        ui.otherTime.set_time(None)
        for widget in (ui.atLabel, ui.atBox, ui.atButton):
            widget.hide()
        ui.doneButton.setVisible(one.task is not None)
        ui.clauseButton.setVisible(one.duty is not None)
        workspace, today = self.context.workspace, self.context.today()
        self._ask("offer", lambda: to_schedule.offer(workspace, one, today), self._take_offer)

    def _take_offer(self, offer: Offer) -> None:
        ui = self.ui
        self.offer = offer
        if offer.proposal is not None:
            days = [day_text(each.starts_on, weekday=True, year=False) for each in offer.proposal.activities]
            if offer.proposal.times > len(days):  # one series
                days = [words.series_text(offer.proposal.first_on, offer.proposal.last_on)]
            more = len(days) - SHOWN_DATES
            text = " · ".join(days[:SHOWN_DATES])
            if more > 0:
                text += " " + self.tr("and {count} more").format(count=more)
            ui.proposedLabel.setText(text or self.tr("No free day was found. Choose one below."))
            count = offer.proposal.times
            ui.planButton.setText(self.tr("Plan it") if count == 1 else self.tr("Plan all {count}").format(count=count))
            ui.planButton.setVisible(count > 0)
            return
        ui.proposedLabel.setText("" if offer.slots else self.tr("No free day was found. Choose one below."))
        ui.proposedLabel.setVisible(not offer.slots)
        self._show_slots(list(offer.slots))
        self.at.offer(
            [
                (each.activity_id, f"{day_text(each.on, weekday=True, year=False)} · {title}")
                for each, title in offer.planned
            ]
        )
        for widget in (ui.atLabel, ui.atBox, ui.atButton):
            widget.setVisible(bool(offer.planned))

    def _show_slots(self, slots: list[Activity]) -> None:
        for button in self.slot_buttons:
            self.ui.slotColumn.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.slot_buttons = []
        for activity in slots:
            button = QPushButton(words.slot_text(activity.starts_on, activity.start_time), self)
            button.setToolTip(self.tr("Put it there: nothing is in the way"))
            button.clicked.connect(partial(self._clicked, activity))
            self.ui.slotColumn.addWidget(button)
            self.slot_buttons.append(button)
        fit_width(self.ui.detailScroll)

    def _clicked(self, activity: Activity, _checked: bool = False) -> None:
        self.take_slot(activity)

    def _standing(self, one: Waiting) -> str:
        if one.task is not None:
            text = self.tr("Task, due on {day}").format(day=day_text(one.due_on, weekday=True))
            return text if one.task.owner_id else text + " · " + self.tr("nobody is named for it")
        return self._duty_text(one.duty) if one.duty is not None else ""

    def _duty_text(self, duty: Duty) -> str:
        text = self.tr("{kind}, promised by the agreement: {promised} · held: {held} · planned: {planned}")
        found = text.format(
            kind=capital(word(duty.routine.kind)), promised=duty.promised, held=duty.held, planned=duty.planned
        )
        if duty.unmarked:
            found += " · " + self.tr("past and not marked as held: {count}").format(count=duty.unmarked)
        return found

    def _columns(self) -> list[Column[Waiting]]:
        return [
            Column("title", self.tr("What"), self._title),
            Column("due", self.tr("By"), lambda one: day_text(one.due_on, weekday=True, year=False), 108),
            Column("state", self.tr("State"), self._state, 128),
        ]

    def _title(self, one: Waiting) -> str:
        """What waits; in a narrow list after its day."""
        if one.due_on is None or not self.ui.table.isColumnHidden(DUE):
            return one.title
        return f"{day_text(one.due_on, weekday=True, year=False)} · {one.title}"

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In a narrow list the day has no column of its own."""
        if event.type() == QEvent.Type.Resize:
            narrow = self.ui.table.width() < NARROW
            if narrow != self.ui.table.isColumnHidden(DUE):
                self.ui.table.setColumnHidden(DUE, narrow)
        return super().eventFilter(watched, event)

    def _state(self, one: Waiting) -> Chip:
        late = one.late(self.context.today())
        if one.duty is not None:
            text = self.tr("{count} without a date").format(count=one.duty.missing)
        else:
            text = self.tr("late") if late else self.tr("no date yet")
        return Chip(f"! {text}", "warning") if late else Chip(text, "neutral")

    def _show_empty(self, title: str, text: str) -> None:
        self.empty.set_texts(title, text)
        self.ui.views.setCurrentWidget(self.empty)

    def _say_planned(self, day: str) -> None:
        self.context.notify(self.tr("Planned for {day}. Ctrl+Z takes it back.").format(day=day))

    def _refuse(self, text: str) -> None:
        self.ui.problemLabel.setText(f"× {text}")
        self.ui.problemLabel.show()

    def _focus_first(self) -> None:
        """Enter in the list: to the best way to settle it."""
        ui = self.ui
        target = ui.planButton if ui.planButton.isVisible() else next(iter(self.slot_buttons), ui.otherDay.line)
        target.setFocus()

    def _show_agreement(self) -> None:
        one = self.current
        if one is not None and one.duty is not None:
            self.context.navigate(Target.partnership(self.partnership, Stage.AGREEMENT, "routines", one.id))
