"""All fields of an activity: of the whole series, or of a date and all following."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cocivic_desktop._generated.forms.calendar_activity import Ui_ActivityPanel
from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.agreements import Agreement, Clause, CommunicationRoutine
from cocivic_desktop.domain.goals import Challenge
from cocivic_desktop.services import activities, records, series, to_schedule
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.pages.calendar.panel import PlanPanel, ReachBox
from cocivic_desktop.ui.record_form import RecordForm

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.ui.choices import Choices
    from cocivic_desktop.ui.context import Context


class ActivityPanel(PlanPanel):
    """The second tab of the detail pane; saves by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_ActivityPanel()
        self.ui.setupUi(self)
        self.reach = ReachBox(self.ui.reachLabel, self.ui.reach)
        self.ui.reach.activated.connect(lambda: self._enable())
        for box in (self.ui.goal_id, self.ui.challenge_id, self.ui.clause_id, self.ui.routine_id):
            box.setSizeAdjustPolicy(box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(20)
        self.ui.start_time.setPlaceholderText(self.tr("whole day"))
        self.ui.archiveButton.clicked.connect(lambda: self.archive())

    def setup(self, context: Context) -> None:
        """Bind the fields."""
        super().setup(context)
        self.form = RecordForm(
            context,
            Activity,
            self.ui.fields,
            choices={
                "goal_id": self._goals,
                "challenge_id": self._challenges,
                "clause_id": self._clauses,
                "routine_id": self._routines,
            },
            save=self._save,
        )

    def reload(self) -> None:
        """Show the activity's fields."""
        if self.entry is None:
            return
        self.form.load(self.entry.activity)
        self.reach.show_entry(self.entry)
        self._enable()
        archived = self.entry.activity.archived
        self.ui.archiveButton.setText(self.tr("Bring back") if archived else self.tr("Archive activity"))
        series = self.entry.activity.recurrence is not None
        self.ui.archiveButton.setToolTip(self.tr("Puts away the whole series") if series and not archived else "")

    def archive(self) -> None:
        """Put the activity away with all its dates, or bring it back."""
        if self.entry is None:
            return
        self.form.flush()
        activity = self.entry.activity
        action = records.restore if activity.archived else records.archive
        if self.context.attempt(action, self.context.workspace, Activity, activity.id) is not None:
            text = self.tr("Brought back.") if activity.archived else self.tr("Archived. Ctrl+Z brings it back.")
            self.context.notify(text)

    def _enable(self) -> None:
        """A series that goes on from another date keeps its days: they are moved on the first tab."""
        self.ui.starts_on.setEnabled(not self.reach.following)

    def _save(self, activity: Activity, values: dict[str, Any]) -> None:
        """A series moves with its first day; what is to apply from a date on makes a series of its own."""
        workspace, entry = self.context.workspace, self.entry
        if self.reach.following and entry is not None and entry.activity.id == activity.id:
            values.pop("starts_on", None)
            part = series.change_following(workspace, *entry.id, **values)
            self.entry = None
            self.moved.emit((part, entry.id[1]))
            return
        days = values["starts_on"] - activity.starts_on if values.get("starts_on") is not None else None
        with workspace.write("change_activity", activity.title[:80]):
            if activity.recurrence is not None and "starts_on" in values:
                starts_on = values.pop("starts_on")
                activities.move_series(workspace, activity.id, starts_on=starts_on, today=self.context.today())
            if "status" in values and activity.recurrence is None:
                status = values.pop("status")
                to_schedule.set_status(workspace, activity.id, values.get("starts_on", activity.starts_on), status)
            if values:
                today = self.context.today()
                planned = {"planned_on": today} if days else {}
                activities.change_activity(workspace, activity.id, today=today, **values, **planned)
        if days is not None and entry is not None and entry.activity.id == activity.id:
            self.moved.emit((activity.id, entry.id[1] + days))  # it stays chosen where it is now

    def _goals(self) -> Choices:
        return choices.goals(self.context, self.data.partnership.id) if hasattr(self, "data") else []

    def _challenges(self) -> Choices:
        if not hasattr(self, "data"):
            return []
        found = records.find(
            self.context.workspace, Challenge, order="position", partnership_id=self.data.partnership.id
        )
        return [(one.id, one.title) for one in found]

    def _clauses(self) -> Choices:
        return self._of_agreements(Clause)

    def _routines(self) -> Choices:
        return self._of_agreements(CommunicationRoutine)

    def _of_agreements(self, cls: type[Clause] | type[CommunicationRoutine]) -> Choices:
        if not hasattr(self, "data"):
            return []
        workspace = self.context.workspace
        agreements = [one.id for one in records.find(workspace, Agreement, partnership_id=self.data.partnership.id)]
        found = records.find(workspace, cls, order="position", agreement_id=agreements) if agreements else []
        return [(one.id, records.label_of(one)) for one in found]
