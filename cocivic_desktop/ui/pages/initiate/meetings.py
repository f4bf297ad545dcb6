"""Meetings with agenda, minutes and decisions; tasks with an owner and a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout

from cocivic_desktop._generated.forms.initiate_meetings import Ui_InitiateMeetings
from cocivic_desktop.domain.activities import Activity, ActivityKind
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import AgendaItem, Meeting, Stage, Task
from cocivic_desktop.services import activities, agenda, meetings, records
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.initiate.meeting_actions import MeetingActions
from cocivic_desktop.ui.pages.part import StagePart, wrap_lines
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.empty_state import EmptyState
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

STACKED_BELOW = 780
"""Width in logical pixels below which the lists stand above the meeting."""
LOWEST, LOWEST_STACKED = 428, 650
"""Height in logical pixels that the part needs; with less it scrolls."""


class MeetingsPart(StagePart):
    """Meetings and tasks at the left; at the right what was chosen last: agenda beside minutes, or the task."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_InitiateMeetings()
        self.ui.setupUi(self)
        self._people: dict[UUID, str] = {}
        self._activities: dict[UUID, Activity] = {}
        for text in (self.ui.minutes, self.ui.decisions):
            text.setProperty("fills", True)
        self.form = RecordForm(context, Meeting, self.ui.meetingDetail, save=self._save_meeting, leave_out=("agenda",))
        self.time_form = RecordForm(
            context,
            Activity,
            self.ui.timeFields,
            prefix="activity_",
            save=lambda activity, values: activities.change_activity(
                context.workspace, activity.id, today=context.today(), **values
            ),
        )
        self.place_form = RecordForm(context, Activity, self.ui.placeFields, prefix="activity_")
        self.ui.activity_place.setAccessibleName(self.tr("Place"))
        self.ui.participants.setAccessibleName(self.tr("Others who take part"))
        self.ui.participants.textChanged.connect(self.ui.participants.setToolTip)
        self.ui.activity_start_time.setPlaceholderText("–")
        self.ui.activity_duration_minutes.setPlaceholderText("–")
        self.ui.with_leadership.setToolTip(self.tr("The school's leadership takes part"))
        self.task_form = RecordForm(
            context,
            Task,
            self.ui.taskDetail,
            prefix="task_",
            choices={"meeting_id": lambda: self._meeting_choices()},
        )
        self.ui.agenda.setup(context, self.ui.answerPane, self._save_agenda)
        self.ui.agenda.ui.items.clicked.connect(lambda: self.turn_to_answer())
        self.ui.answerTab.clicked.connect(lambda: self.ui.notes.setCurrentWidget(self.ui.answerPane))
        self.ui.minutesTab.clicked.connect(lambda: self.turn_to_minutes())
        self.actions_ = MeetingActions(self)
        self._explain()
        self._set_up_meetings()
        self._set_up_tasks()
        self.ui.taskButton.clicked.connect(lambda: self.add_task())
        self.ui.showButton.clicked.connect(lambda: self.use_calendar())
        self.ui.paper.setSizes([290, 270])
        self._stack(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked = self.width() < STACKED_BELOW
        if stacked != (self.ui.split.orientation() is Qt.Orientation.Vertical):
            self._stack(stacked)

    def _stack(self, stacked: bool) -> None:
        """Lists above what is chosen of them, or beside it; never lower than it can be read."""
        ui, across, down = self.ui, Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        ui.split.setOrientation(down if stacked else across)
        ui.lists.setOrientation(across if stacked else down)
        ui.meetingsScrollContents.setMinimumHeight(LOWEST_STACKED if stacked else LOWEST)
        ui.split.setSizes([210, 430] if stacked else [250, 572])
        ui.lists.setSizes([360, 360] if stacked else [220, 220])

    def _explain(self) -> None:
        """What stands at the right while there is nothing."""
        empty = EmptyState(
            self.tr("Plan the first talk"),
            self.tr(
                "The agenda comes from what you do not know yet. The invitation goes out by e-mail, answers are "
                "written beside their questions, and the minutes stand on your letterhead."
            ),
            self.tr("Add meeting"),
        )
        empty.action_clicked.connect(lambda: self.ui.meetings.add())
        QVBoxLayout(self.ui.nothingPane).addWidget(empty)

    def _set_up_meetings(self) -> None:
        self.ui.meetings.setup(
            self.context,
            ListSetup(
                cls=Meeting,
                key="meetings",
                title=self.tr("Meetings"),
                add_text=self.tr("Add"),
                columns=[
                    Column("day", self.tr("Meeting"), self._line, tip=lambda one: choice_word(one.kind)),
                    Column("state", self.tr("State"), self._meeting_chip, width=90),
                ],
                find=self._find_meetings,
                new=lambda: Meeting(partnership_id=self.partnership),
                empty_title=self.tr("No meeting yet"),
                empty_text=self.tr("Begin with the school's leadership."),
            ),
        )
        self.ui.meetings.attach(self.form)
        self.ui.meetings.selected.connect(self._show_meeting)
        self.ui.meetings.added.connect(lambda record: self._turn_to(self.ui.meetingDetail))
        self.ui.meetings.table.installEventFilter(self)
        wrap_lines(self.ui.meetings)

    def _set_up_tasks(self) -> None:
        self.ui.tasks.setup(
            self.context,
            ListSetup(
                cls=Task,
                key="tasks",
                title=self.tr("Tasks"),
                add_text=self.tr("Add"),
                columns=[
                    Column("done", self.tr("✓"), lambda one: one.done_on is not None, width=34, change=self._tick),
                    Column("title", self.tr("Task"), self._task_line, tip=self._task_tip),
                ],
                find=self._find_tasks,
                new=lambda: Task(partnership_id=self.partnership, title=self.tr("New task")),
                empty_title=self.tr("No tasks"),
                empty_text=self.tr("Who does what, until when."),
            ),
        )
        self.ui.tasks.attach(self.task_form)
        self.ui.tasks.added.connect(lambda record: self._turn_to(self.ui.taskScroll))
        self.ui.tasks.selected.connect(lambda record: self._settle_pane())
        self.ui.tasks.table.installEventFilter(self)
        wrap_lines(self.ui.tasks)

    def reload(self) -> None:
        """Read meetings and tasks."""
        self._people = {one.id: one.name for one in records.find(self.context.workspace, Person, archived=None)}
        self._activities = {
            one.id: one
            for one in records.find(
                self.context.workspace, Activity, kind=ActivityKind.MEETING, partnership_id=self.partnership
            )
        }
        self.ui.meetings.reload()
        self.ui.tasks.reload()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Select a meeting or a task, or put the keyboard where a meeting is added."""
        if item is not None and self.ui.tasks.model.row_of(item) >= 0:
            self.ui.tasks.select(item)
            self._turn_to(self.ui.taskScroll)
            self._reveal()
            self.task_form.focus("done_on")
            return
        self._turn_to(self.ui.meetingDetail)
        if item is not None:
            self.ui.meetings.select(item)
            self._reveal()
            self.turn_to_minutes()
            if section == "agenda":
                self.ui.agenda.ui.items.setFocus()
            else:
                self.form.focus("minutes")
            return
        lists = self.ui.tasks if section == "tasks" else self.ui.meetings
        (lists.add_button if lists.model.rows else lists.empty.action_button).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list that has the keyboard decides what stands at the right."""
        if event.type() == QEvent.Type.FocusIn:
            if watched is self.ui.tasks.table:
                self._turn_to(self.ui.taskScroll)
            elif watched is self.ui.meetings.table:
                self._turn_to(self.ui.meetingDetail)
        return super().eventFilter(watched, event)

    @property
    def meeting(self) -> Meeting | None:
        """The meeting that is shown, as it is stored."""
        record: Meeting | None = self.form.record
        return records.get(self.context.workspace, Meeting, record.id) if record is not None else None

    def turn_to_answer(self) -> None:
        """Show the answer to the chosen item of the agenda."""
        self.ui.answerTab.setChecked(True)
        self.ui.notes.setCurrentWidget(self.ui.answerPane)

    def turn_to_minutes(self) -> None:
        """Show minutes and decisions."""
        self.ui.minutesTab.setChecked(True)
        self.ui.notes.setCurrentWidget(self.ui.minutesPane)

    def flush(self) -> bool:
        """Store what was typed about the meeting; False when some of it may not be stored."""
        stored = [form.flush() for form in (self.form, self.time_form, self.place_form, self.ui.agenda.form)]
        return all(stored)

    def use_calendar(self) -> None:
        """Go to the meeting's place in the calendar, or put it there."""
        meeting = self.meeting
        if meeting is None or not self.flush():
            return
        if meeting.activity_id in self._activities:
            self.context.navigate(
                Target.partnership(self.partnership, Stage.CALENDAR, "activities", meeting.activity_id)
            )
            return
        self.context.attempt(
            meetings.put_in_calendar,
            self.context.workspace,
            meeting.id,
            choice_word(meeting.kind),
            self.context.today(),
        )

    def add_task(self) -> None:
        """Add a task that comes from the meeting that is shown."""
        meeting = self.form.record
        if meeting is None:
            return
        task = Task(partnership_id=self.partnership, meeting_id=meeting.id, title=self.tr("New task"))
        if self.context.attempt(records.add, self.context.workspace, task) is not None:
            self.ui.tasks.reload()
            self.ui.tasks.select(task.id)
            self._turn_to(self.ui.taskScroll)
            self.task_form.focus("title")

    def _reveal(self) -> None:
        """Scroll to what is chosen, where the window is too low for all."""
        bar = self.ui.meetingsScroll.verticalScrollBar()
        QTimer.singleShot(0, self, lambda: bar.setValue(self.ui.panes.y()))

    def _turn_to(self, pane: QWidget) -> None:
        self.ui.panes.setCurrentWidget(pane)
        self._settle_pane()

    def _settle_pane(self) -> None:
        """Never show the fields of nothing."""
        filled: list[QWidget] = [
            pane
            for pane, record in (
                (self.ui.meetingDetail, self.form.record),
                (self.ui.taskScroll, self.task_form.record),
            )
            if record is not None
        ]
        if self.ui.panes.currentWidget() not in filled:
            self.ui.panes.setCurrentWidget(filled[0] if filled else self.ui.nothingPane)

    def _show_meeting(self, meeting: Meeting | None) -> None:
        self._settle_pane()
        if meeting is None:
            self.time_form.load(None)
            self.place_form.load(None)
            self.ui.agenda.load(None, ())
            return
        self.ui.agenda.load(meeting.id, meeting.agenda)
        self.ui.agendaCount.setText(str(len(meeting.agenda)) if meeting.agenda else "")
        activity = self._activities.get(meeting.activity_id) if meeting.activity_id is not None else None
        series = activity is not None and activity.recurrence is not None
        for form in (self.time_form, self.place_form):
            form.load(None if series else activity)
        self.ui.showButton.setVisible(activity is not None or meeting.held_on is not None)
        self.ui.showButton.setText(
            self.tr("Show in calendar") if activity is not None else self.tr("Put into the calendar")
        )
        if activity is None:
            text = "" if meeting.held_on is not None else self.tr("With a day, it stands in the calendar.")
        else:
            text = self.tr("One of a series in the calendar.") if series else ""
        self.ui.calendarLabel.setText(text)
        self.actions_.show(meeting, activity)

    def _save_meeting(self, record: Meeting, values: dict[str, Any]) -> None:
        kind = values.get("kind", record.kind)
        meetings.change(
            self.context.workspace, record.id, title=choice_word(kind), today=self.context.today(), **values
        )

    def _save_agenda(self, items: list[AgendaItem]) -> object:
        record = self.form.record
        if record is None:
            return None
        return self.context.attempt(agenda.set_items, self.context.workspace, record.id, items)

    def _tick(self, task: Task, done: bool) -> None:
        """A done task goes to the end; the next open one is chosen then, so that the list stays where it is."""
        day = self.context.today() if done else None
        still_open = [one.id for one in self.ui.tasks.model.rows if one.done_on is None]
        place = still_open.index(task.id) if task.id in still_open else -1
        if done and 0 <= place < len(still_open) - 1:
            self.ui.tasks.select(still_open[place + 1])
        self.context.attempt(records.change, self.context.workspace, Task, task.id, done_on=day)

    def _find_meetings(self, archived: bool) -> list[Meeting]:
        found = records.listed(self.context.workspace, Meeting, archived, partnership_id=self.partnership)
        for one in found:
            one.held_on = self._day(one)
        return sorted(
            found, key=lambda one: (self._day(one) is None, self._day(one) or one.created_at.date()), reverse=True
        )

    def _find_tasks(self, archived: bool) -> list[Task]:
        """What is open first, by its day and at the end without one; then what is done, the latest first."""
        found = records.listed(
            self.context.workspace, Task, archived, order="position", partnership_id=self.partnership
        )
        still_open = [one for one in found if one.done_on is None]
        done = [one for one in found if one.done_on is not None]
        still_open.sort(key=lambda one: one.due_on or date.max)
        done.sort(key=lambda one: one.done_on or date.min, reverse=True)
        return still_open + done

    def _meeting_choices(self) -> list[tuple[Any, str]]:
        if self.partnership_id is None:
            return []
        return [
            (one.id, f"{choice_word(one.kind)} {day_text(self._day(one))}".strip())
            for one in self._find_meetings(False)
        ]

    def _day(self, meeting: Meeting) -> date | None:
        """The day of a meeting, or the one that the calendar has for it unless it is a series."""
        activity = self._activities.get(meeting.activity_id) if meeting.activity_id is not None else None
        return meeting.held_on or (activity.starts_on if activity is not None and not activity.recurrence else None)

    def _meeting_chip(self, meeting: Meeting) -> Chip:
        day = self._day(meeting)
        if day is None:
            return Chip(self.tr("no day yet"))
        if day > self.context.today():
            return Chip(self.tr("planned"), "accent")
        if meeting.minutes.strip() or meeting.decisions.strip():
            return Chip(self.tr("✓ minutes"), "good")
        return Chip(self.tr("! minutes"), "warning")

    def _line(self, meeting: Meeting) -> str:
        day = self._day(meeting)
        when = day_text(day, year=day.year != self.context.today().year) if day is not None else ""
        return f"{when} · {choice_word(meeting.kind)}" if when else choice_word(meeting.kind)

    def _task_tip(self, task: Task) -> str:
        owner = self._people.get(task.owner_id, "") if task.owner_id is not None else ""
        return f"{task.title} · {owner}" if owner else task.title

    def _task_line(self, task: Task) -> str:
        if task.due_on is None or task.done_on is not None:
            return task.title
        late = task.due_on < self.context.today()
        when = day_text(task.due_on, year=task.due_on.year != self.context.today().year)
        text = self.tr("! {task} – due {day}") if late else self.tr("{task} – by {day}")
        return text.format(task=task.title, day=when)
