"""Meetings with agenda, minutes and decisions; tasks with an owner and a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject

from cocivic_desktop._generated.forms.initiate_meetings import Ui_InitiateMeetings
from cocivic_desktop.domain.activities import Activity, ActivityKind
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.partnerships import Meeting, Stage, Task
from cocivic_desktop.services import meetings, records
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.formats import day_text, time_text
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class _MeetingForm(RecordForm[Meeting]):
    """Shows the agenda as lines."""

    def load(self, record: Meeting | None) -> None:
        lines: Any = [item.text for item in record.agenda] if record is not None else []
        super().load(replace(record, agenda=lines) if record is not None else None)


class MeetingsPart(StagePart):
    """Two lists at the left; at the right what was chosen last in either."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_InitiateMeetings()
        self.ui.setupUi(self)
        self._people: dict[UUID, str] = {}
        self._activities: dict[UUID, Activity] = {}
        self.form = _MeetingForm(context, Meeting, self.ui.meetingDetail, save=self._save_meeting)
        self.task_form = RecordForm(
            context,
            Task,
            self.ui.taskDetail,
            prefix="task_",
            choices={"meeting_id": lambda: self._meeting_choices()},
        )
        self._set_up_meetings()
        self._set_up_tasks()
        self.ui.calendarButton.clicked.connect(lambda: self.use_calendar())
        self.ui.unknownsButton.clicked.connect(lambda: self.take_over_questions())
        self.ui.taskButton.clicked.connect(lambda: self.add_task())
        self.ui.split.setSizes([440, 380])
        self.ui.lists.setSizes([240, 240])

    def _set_up_meetings(self) -> None:
        self.ui.meetings.setup(
            self.context,
            ListSetup(
                cls=Meeting,
                key="meetings",
                title=self.tr("Meetings"),
                add_text=self.tr("Add meeting"),
                columns=[
                    Column("day", self.tr("Day"), self._day, width=104),
                    Column("kind", self.tr("Meeting"), lambda one: choice_word(one.kind)),
                    Column("state", self.tr("State"), self._meeting_chip, width=126),
                ],
                find=self._find_meetings,
                new=lambda: Meeting(partnership_id=self.partnership),
                empty_title=self.tr("No meeting yet"),
                empty_text=self.tr("Start with an exploratory meeting that includes the school's leadership."),
            ),
        )
        self.ui.meetings.attach(self.form)
        self.ui.meetings.selected.connect(self._show_meeting)
        self.ui.meetings.added.connect(lambda record: self._turn_to(self.ui.meetingScroll))
        self.ui.meetings.table.installEventFilter(self)

    def _set_up_tasks(self) -> None:
        self.ui.tasks.setup(
            self.context,
            ListSetup(
                cls=Task,
                key="tasks",
                title=self.tr("Tasks"),
                add_text=self.tr("Add task"),
                ordered=True,
                columns=[
                    Column("done", self.tr("Done"), lambda one: one.done_on is not None, width=50, change=self._tick),
                    Column("title", self.tr("Task"), lambda one: one.title, tip=lambda one: one.title),
                    Column("owner", self.tr("Who"), lambda one: self._people.get(one.owner_id, ""), width=88),
                    Column("due", self.tr("By"), self._due, width=80),
                ],
                find=self._find_tasks,
                new=lambda: Task(partnership_id=self.partnership, title=self.tr("New task")),
                empty_title=self.tr("No tasks"),
                empty_text=self.tr("What was promised, by whom, until when."),
            ),
        )
        self.ui.tasks.attach(self.task_form)
        self.ui.tasks.added.connect(lambda record: self._turn_to(self.ui.taskScroll))
        self.ui.tasks.selected.connect(lambda record: self._settle_pane())
        self.ui.tasks.table.installEventFilter(self)

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
            self.task_form.focus("done_on")
            return
        self._turn_to(self.ui.meetingScroll)
        if item is not None:
            self.ui.meetings.select(item)
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
                self._turn_to(self.ui.meetingScroll)
        return super().eventFilter(watched, event)

    def use_calendar(self) -> None:
        """Put the meeting into the calendar, or look at it there."""
        meeting: Meeting | None = self.form.record
        if meeting is None or not self.form.flush():
            return
        activity = meetings.activity_of(self.context.workspace, meeting)
        if activity is not None:
            self.context.navigate(Target.partnership(self.partnership, Stage.CALENDAR, "activities", activity.id))
            return
        stored = records.get(self.context.workspace, Meeting, meeting.id)
        if stored.held_on is None:
            self.ui.calendarLabel.setText(self.tr("First say the day above."))
            self.form.focus("held_on")
            return
        self.context.attempt(
            meetings.put_in_calendar,
            self.context.workspace,
            meeting.id,
            choice_word(stored.kind),
            start_time=self.ui.calendarTime.moment,
            today=self.context.today(),
        )

    def take_over_questions(self) -> None:
        """Put what is not known about the school on the agenda."""
        meeting = self.form.record
        if meeting is None or not self.form.flush():
            return
        language = self.context.language
        count = self.context.attempt(meetings.add_open_questions, self.context.workspace, meeting.id, language)
        if count is not None:
            self.context.notify(
                self.tr("Questions taken over: {count}").format(count=count)
                if count
                else self.tr("No open questions: none is answered with “not known”, or all are on the agenda.")
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

    def _turn_to(self, pane: QWidget) -> None:
        self.ui.panes.setCurrentWidget(pane)
        self._settle_pane()

    def _settle_pane(self) -> None:
        """Never show the fields of nothing."""
        filled: list[QWidget] = [
            pane
            for pane, record in (
                (self.ui.meetingScroll, self.form.record),
                (self.ui.taskScroll, self.task_form.record),
            )
            if record is not None
        ]
        if self.ui.panes.currentWidget() not in filled:
            self.ui.panes.setCurrentWidget(filled[0] if filled else self.ui.nothingPane)

    def _show_meeting(self, meeting: Meeting | None) -> None:
        self._settle_pane()
        if meeting is None:
            return
        activity = meetings.activity_of(self.context.workspace, meeting)
        self.ui.calendarTime.setVisible(activity is None)
        if activity is None:
            self.ui.calendarLabel.setText(self.tr("Not in the calendar. At"))
            self.ui.calendarButton.setText(self.tr("Put into the calendar"))
            return
        text = self.tr("In the calendar: {when}, {place}") if activity.place else self.tr("In the calendar: {when}")
        when = f"{day_text(activity.starts_on)} {time_text(activity.start_time)}".strip()
        self.ui.calendarLabel.setText(text.format(when=when, place=activity.place))
        self.ui.calendarButton.setText(self.tr("Show it"))

    def _save_meeting(self, record: Meeting, values: dict[str, Any]) -> None:
        lines = values.pop("agenda", None)
        if values:
            meetings.change(self.context.workspace, record.id, **values)
        if lines is not None:
            meetings.set_agenda(self.context.workspace, record.id, lines)

    def _tick(self, task: Task, done: bool) -> None:
        day = self.context.today() if done else None
        self.context.attempt(records.change, self.context.workspace, Task, task.id, done_on=day)

    def _find_meetings(self, archived: bool) -> list[Meeting]:
        found = records.find(
            self.context.workspace, Meeting, archived=None if archived else False, partnership_id=self.partnership
        )
        return sorted(
            found, key=lambda one: (self._day(one) is None, self._day(one) or one.created_at.date()), reverse=True
        )

    def _find_tasks(self, archived: bool) -> list[Task]:
        return records.find(
            self.context.workspace,
            Task,
            archived=None if archived else False,
            order="position",
            partnership_id=self.partnership,
        )

    def _meeting_choices(self) -> list[tuple[Any, str]]:
        if self.partnership_id is None:
            return []
        return [
            (one.id, f"{choice_word(one.kind)} {day_text(self._day(one))}".strip())
            for one in self._find_meetings(False)
        ]

    def _day(self, meeting: Meeting) -> date | None:
        """The day of a meeting, or the one that the calendar has for it."""
        activity = self._activities.get(meeting.activity_id) if meeting.activity_id is not None else None
        return meeting.held_on or (activity.starts_on if activity is not None else None)

    def _meeting_chip(self, meeting: Meeting) -> Chip:
        day = self._day(meeting)
        if day is None:
            return Chip(self.tr("no day yet"))
        if day > self.context.today():
            return Chip(self.tr("planned"), "accent")
        if meeting.minutes.strip() or meeting.decisions.strip():
            return Chip(self.tr("minutes written"), "good")
        return Chip(self.tr("no minutes"), "warning")

    def _due(self, task: Task) -> Any:
        if task.done_on is None and task.due_on is not None and task.due_on < self.context.today():
            return Chip(self.tr("! {day}").format(day=day_text(task.due_on, year=False)), "bad")
        same_year = task.due_on is not None and task.due_on.year == self.context.today().year
        return day_text(task.due_on, year=not same_year)
