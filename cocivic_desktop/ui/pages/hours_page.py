"""Stage 5: hours in parts, from the line to note them to what they make of the promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cocivic_desktop._generated.forms.hours_page import Ui_HoursPage
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.pages.hours.attendance import AttendancePart
from cocivic_desktop.ui.pages.hours.budget import BudgetSection
from cocivic_desktop.ui.pages.hours.certificates import CertificatesPart
from cocivic_desktop.ui.pages.hours.checks import ChecksPart
from cocivic_desktop.ui.pages.hours.enter import EnterPart
from cocivic_desktop.ui.pages.hours.paper import PaperPart
from cocivic_desktop.ui.pages.hours.planned import PlannedPart
from cocivic_desktop.ui.pages.hours.reports import ReportsPart
from cocivic_desktop.ui.pages.hours.timer import TimerStrip
from cocivic_desktop.ui.pages.hours.week_grid import WeekPart
from cocivic_desktop.ui.pages.hours.workload import WorkloadPart
from cocivic_desktop.ui.pages.part import PartsPage, StagePart

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.services.paper_sheets import SheetOrder


class HoursPage(PartsPage):
    """Tabs; only the one that is seen is filled."""

    kinds = (
        "hour_entry",
        "hour_template",
        "running_timer",
        "person",
        "partnership_member",
        "commitment",
        "agreement",
        "activity",
        "occurrence_override",
        "participation",
        "calendar_period",
        "attendance",
        "workload_check_in",
        "hour_rate",
        "hour_report",
        "certificate",
        "consent",
        "organisation",
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_HoursPage()
        self.ui.setupUi(self)
        self.timers = TimerStrip(context)
        self.timers.focus_after = self.ui.tabs.tabBar()
        self.ui.pageLayout.insertWidget(0, self.timers)
        self.enter = EnterPart(context)
        self.week = WeekPart(context)
        self.planned = PlannedPart(context)
        self.checks = ChecksPart(context)
        self.checks.entry_wanted.connect(lambda entry_id: self.bring_up(self.enter, "entry", entry_id))
        self.attendance = AttendancePart(context)
        self.paper = PaperPart(context)
        self.paper.sheet_found.connect(self._type_in)
        self.budget = BudgetSection(context)
        parts: list[tuple[str, StagePart, tuple[str, ...]]] = [
            # title, part, and the sections of targets that it answers to
            (self.tr("Enter"), self.enter, ("entry", "confirm", "hour_entry")),
            (self.tr("Week"), self.week, ("week",)),
            (self.tr("Attendance"), self.attendance, ("attendance",)),
            (self.tr("Paper"), self.paper, ("paper", "import")),
            (self.tr("Planned"), self.planned, ("planned",)),
            (self.tr("Checks"), self.checks, ("checks",)),
            (self.tr("Budget"), self.budget, ("budget",)),
            (self.tr("Workload"), WorkloadPart(context), ("workload",)),
            (self.tr("Reports"), ReportsPart(context), ("reports",)),
            (self.tr("Certificates"), CertificatesPart(context), ("certificates", "certificate")),
        ]
        self.set_parts(self.ui.tabs, [(title, part) for title, part, _ in parts])
        self._places = {section: part for _, part, sections in parts for section in sections}

    def reload(self) -> None:
        """Show the timers, and fill the tab that is seen."""
        self.timers.show_partnership(self.partnership)
        super().reload()

    def _type_in(self, order: SheetOrder) -> None:
        """Type in a sheet of paper where its marks are made."""
        self.bring_up(self.attendance, "attendance")
        self.attendance.open_sheet(order)

    def open_target(self, target: Target) -> None:
        """Turn to the part that a next step, the search or another page names; the line to note hours otherwise.

        What follows a colon in the section is the part's own: "planned:2026-09-14".
        """
        part = self._places.get(target.section.partition(":")[0], self.enter)
        self.bring_up(part, target.section, target.item)
