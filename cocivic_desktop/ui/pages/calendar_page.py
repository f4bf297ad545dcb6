"""Stage 4: the school's year, what takes place in it, and what is in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from cocivic_desktop._generated.forms.calendar_page import Ui_CalendarPage
from cocivic_desktop.ui import icons
from cocivic_desktop.ui.pages.calendar.conflicts import ConflictsPart
from cocivic_desktop.ui.pages.calendar.export_dialog import CalendarExportDialog
from cocivic_desktop.ui.pages.calendar.output import PlanOutput
from cocivic_desktop.ui.pages.calendar.plan_part import PlanPart
from cocivic_desktop.ui.pages.calendar.sharing import Sharing
from cocivic_desktop.ui.pages.calendar.to_schedule import ToSchedulePart
from cocivic_desktop.ui.pages.calendar.years_part import YearsPart
from cocivic_desktop.ui.pages.part import PartsPage
from cocivic_desktop.ui.record_form import flush_forms

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context, Target


class CalendarPage(PartsPage):
    """Tabs: the calendar in its views, and the school's years. Beside them what can be done on all of them."""

    kinds = (
        "activity",
        "occurrence_override",
        "participation",
        "occurrence_reply",
        "school_year",
        "term",
        "calendar_period",
        "lesson_time",
        "organisation",
        "partnership",
        "partnership_organisation",
        "agreement",
        "person",
        "shared_goal",
        "challenge",
        "task",
        "meeting",
        "communication_routine",
        "commitment",
        "hour_entry",
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_CalendarPage()
        self.ui.setupUi(self)
        self.plan = PlanPart(context)
        self.conflicts = ConflictsPart(context)
        self.to_schedule = ToSchedulePart(context)
        self.years = YearsPart(context)
        self.set_parts(
            self.ui.tabs,
            [
                (self.tr("Calendar"), self.plan),
                (self.tr("Conflicts"), self.conflicts),
                (self.tr("To schedule"), self.to_schedule),
                (self.tr("School year"), self.years),
            ],
        )
        self.plan.room_wanted.connect(lambda: self.room_wanted.emit())
        self.plan.years_wanted.connect(lambda: self.bring_up(self.years))
        self.output = PlanOutput(context, self.plan)
        self._make_corner()

    @property
    def wants_room(self) -> bool:
        """Where the days share a low window with the details of a date."""
        return self.plan.wants_room

    def _make_corner(self) -> None:
        """New activity, and the menu of what can be written or printed."""
        corner = QWidget()
        layout = QHBoxLayout(corner)
        layout.setContentsMargins(0, 0, 0, 6)
        layout.setSpacing(8)
        self.new_button = QPushButton(self.tr("New activity"))
        self.new_button.setToolTip(self.tr("Plan another activity (N in the calendar)"))
        self.new_button.clicked.connect(lambda: self.add_activity())
        self.export_button = QPushButton(self.tr("Export"))
        self.export_menu = QMenu(self.export_button)
        self.export_menu.addAction(self.tr("Calendar file for mail programs…"), self.export)
        Sharing(self.context, self, self.plan.partnership_shown).fill(self.export_menu)
        self.export_menu.addSeparator()
        self.export_menu.addAction(self.tr("Print this view…"), self.output.preview)
        self.export_menu.addAction(self.tr("This view as PDF…"), self.output.save_pdf)
        self.export_button.setMenu(self.export_menu)
        layout.addWidget(self.new_button)
        layout.addWidget(self.export_button)
        self.ui.tabs.setCornerWidget(corner, Qt.Corner.TopRightCorner)
        self._draw_icons()

    def open_target(self, target: Target) -> None:
        """Sections: school_years, activities, conflicts, to_schedule, people; `item` is a record of that section."""
        if target.section == "school_years":
            self.bring_up(self.years, target.section, target.item)
        elif target.section == "conflicts":
            self.bring_up(self.conflicts, target.section, target.item)
        elif target.section == "to_schedule":
            self.bring_up(self.to_schedule, target.section, target.item)
        elif target.section in ("activities", "people", "activity", "participation") or target.item:
            self.bring_up(self.plan, target.section, target.item)

    def add_activity(self) -> None:
        """A new activity, ready to be named."""
        self.bring_up(self.plan)
        self.plan.add_activity()

    def export(self) -> None:
        """Write calendar files."""
        partnership = self.plan.partnership_shown()
        if partnership is not None:
            flush_forms(self)
            CalendarExportDialog(self.context, partnership, self).open()

    def changeEvent(self, event: QEvent) -> None:
        """Colour the icons anew with the theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "export_menu"):
            self._draw_icons()
        super().changeEvent(event)

    def _draw_icons(self) -> None:
        self.export_button.setIcon(icons.icon("export", "muted"))
        self.new_button.setIcon(icons.icon("add", "muted"))
