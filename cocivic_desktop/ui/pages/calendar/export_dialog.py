"""Writing calendars for mail and calendar programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from cocivic_desktop._generated.forms.calendar_export import Ui_CalendarExportDialog
from cocivic_desktop.domain.activities import Activity, Participation
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.files import safe_file_name
from cocivic_desktop.services import calendar, calendar_export, records
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.widgets.file_target import FileTarget

if TYPE_CHECKING:
    from uuid import UUID

    from cocivic_desktop.ui.context import Context

PARTNERSHIP, PERSON, ROLE, EVERYTHING = range(4)


class CalendarExportDialog(QDialog):
    """Whole partnership, one person, one role, or everything, as ICS."""

    def __init__(self, context: Context, partnership: Partnership, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_CalendarExportDialog()
        self.ui.setupUi(self)
        self._context, self._partnership = context, partnership
        ui = self.ui
        ui.scopeBox.addItems(
            [
                self.tr("The whole partnership"),
                self.tr("Dates of one person"),
                self.tr("Dates of one role"),
                self.tr("All partnerships"),
            ]
        )
        ui.formBox.addItems([self.tr("One entry for each date (safest)"), self.tr("One entry with a rule")])
        ui.formBox.setToolTip(
            self.tr("With a rule, programs show the series as one; some of them forget moved and cancelled dates.")
        )
        ui.alarmBox.addItems([text for _, text in self._alarms()])
        people = self._people()
        self._people_ids = [key for key, _ in people]
        ui.personBox.addItems([text for _, text in people])
        ui.roleBox.addItems(self._roles())
        stored = context.setting(f"calendar_file/{partnership.id.hex}")
        ui.pathLine.setText(stored or str(Path.home() / safe_file_name(partnership.title, ".ics")))
        kinds = self.tr("Calendar files (*.ics)")
        self._target = FileTarget(context, self, ui, ui.exportButton, lambda: ".ics", lambda: kinds)
        ui.replaceBox.setChecked(bool(stored))
        ui.scopeBox.currentIndexChanged.connect(lambda: self._scope_changed())
        ui.personBox.currentIndexChanged.connect(lambda: self._propose_path())
        ui.exportButton.clicked.connect(lambda: self.export())
        ui.closeButton.clicked.connect(self.reject)
        self._scope_changed(propose=False)
        self.resize(600, 480)

    def export(self) -> None:
        """Write the files away from the GUI thread, then say what was written."""
        ui = self.ui
        path = self._target.path()
        if path is None:
            return
        scope = ui.scopeBox.currentIndex()
        person = self._person() if scope == PERSON else None
        role = ui.roleBox.currentText().strip() if scope == ROLE else None
        if scope == PERSON and person is None:
            self._target.refuse(self.tr("Nobody takes part in anything yet."))
            return
        if scope == ROLE and not role:
            self._target.refuse(self.tr("Name the role, e.g. mentor."))
            return
        partnership_id = None if scope == EVERYTHING else self._partnership.id
        closures, force, workspace = ui.closuresBox.isChecked(), self._target.replace, self._context.workspace
        series, alarm = ui.formBox.currentIndex() == 1, self._alarms()[ui.alarmBox.currentIndex()][0]

        def work() -> tuple[list[Path], int]:
            files = calendar.export_ics(
                workspace,
                path,
                partnership_id=partnership_id,
                person_id=person,
                role=role,
                include_closures=closures,
                series=series,
                alarm_minutes=alarm,
                force=force,
            )
            return files, sum(file.read_bytes().count(b"BEGIN:VEVENT") for file in files)

        self._target.write(work, self._keep, self._show)

    def _keep(self, result: tuple[list[Path], int]) -> None:
        self._context.notify(self.tr("Exported to {path}").format(path=result[0][0]))

    def _show(self, result: tuple[list[Path], int]) -> str:
        files, events = result
        if self.ui.scopeBox.currentIndex() == PARTNERSHIP:
            self._context.settings.setValue(f"calendar_file/{self._partnership.id.hex}", self.ui.pathLine.text())
        head = self.tr("✓ 1 event written to:") if events == 1 else self.tr("✓ {count} events written to:")
        return "\n".join([head.format(count=events), *map(str, files)])

    def _person(self) -> UUID | None:
        place = self.ui.personBox.currentIndex()
        return self._people_ids[place] if 0 <= place < len(self._people_ids) else None

    def _alarms(self) -> list[tuple[int | None, str]]:
        """Minutes before the start, and how it is said."""
        return [
            (calendar_export.AS_SET, self.tr("As each activity says")),
            (None, self.tr("None")),
            (15, self.tr("15 minutes before")),
            (60, self.tr("1 hour before")),
            (24 * 60, self.tr("1 day before")),
        ]

    def _people(self) -> list[tuple[UUID, str]]:
        """Those who take part in activities of this partnership, and its members."""
        workspace, partnership_id = self._context.workspace, self._partnership.id
        activities = [one.id for one in records.find(workspace, Activity, partnership_id=partnership_id)]
        known = {one.person_id for one in records.find(workspace, Participation, activity_id=activities)}
        known |= {one.person_id for one in records.find(workspace, PartnershipMember, partnership_id=partnership_id)}
        return [(key, text) for key, text in choices.people(self._context) if key in known]

    def _roles(self) -> list[str]:
        workspace, partnership_id = self._context.workspace, self._partnership.id
        found = {one.role for one in records.find(workspace, PartnershipMember, partnership_id=partnership_id)}
        activities = [one.id for one in records.find(workspace, Activity, partnership_id=partnership_id)]
        found |= {one.role for one in records.find(workspace, Participation, activity_id=activities)}
        return sorted(role for role in found if role.strip())

    def _scope_changed(self, *, propose: bool = True) -> None:
        scope = self.ui.scopeBox.currentIndex()
        self.ui.scopeForm.setRowVisible(self.ui.personBox, scope == PERSON)
        self.ui.scopeForm.setRowVisible(self.ui.roleBox, scope == ROLE)
        if propose:
            self._propose_path()

    def _propose_path(self) -> None:
        ui, scope = self.ui, self.ui.scopeBox.currentIndex()
        folder = Path(ui.pathLine.text().strip()).expanduser().parent
        name = {
            PERSON: ui.personBox.currentText().split(" (")[0],
            ROLE: f"{self._partnership.title} {ui.roleBox.currentText()}",
            EVERYTHING: "Co-Civic",
        }.get(scope, self._partnership.title)
        ui.pathLine.setText(str(folder / safe_file_name(name, ".ics")))
