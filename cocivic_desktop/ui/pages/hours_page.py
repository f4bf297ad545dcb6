"""Stage 5: hours in parts, from the line to note them to what they make of the promises."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from cocivic_desktop._generated.forms.hours_page import Ui_HoursPage
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.pages.hours.enter import EnterPart
from cocivic_desktop.ui.pages.hours.timer import TimerStrip
from cocivic_desktop.ui.pages.part import PartsPage, StagePart

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.services.paper_sheets import SheetOrder
    from cocivic_desktop.ui.pages.hours.attendance import AttendancePart
    from cocivic_desktop.ui.pages.hours.budget import BudgetSection
    from cocivic_desktop.ui.pages.hours.certificates import CertificatesPart
    from cocivic_desktop.ui.pages.hours.checks import ChecksPart
    from cocivic_desktop.ui.pages.hours.paper import PaperPart
    from cocivic_desktop.ui.pages.hours.planned import PlannedPart
    from cocivic_desktop.ui.pages.hours.reports import ReportsPart
    from cocivic_desktop.ui.pages.hours.week_grid import WeekPart
    from cocivic_desktop.ui.pages.hours.workload import WorkloadPart


class HoursPage(PartsPage):
    """Tabs; only the one that is seen is filled, and none but the first is made before it is seen."""

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
        parts: list[tuple[str, StagePart | Callable[[], StagePart], tuple[str, ...]]] = [
            # title, part, and the sections of targets that it answers to
            (self.tr("Enter"), self.enter, ("entry", "confirm", "hour_entry")),
            (self.tr("Week"), lambda: self.week, ("week",)),
            (self.tr("Attendance"), lambda: self.attendance, ("attendance",)),
            (self.tr("Paper"), lambda: self.paper, ("paper", "import")),
            (self.tr("Planned"), lambda: self.planned, ("planned",)),
            (self.tr("Checks"), lambda: self.checks, ("checks",)),
            (self.tr("Budget"), lambda: self.budget, ("budget",)),
            (self.tr("Workload"), lambda: self.workload, ("workload",)),
            (self.tr("Reports"), lambda: self.reports, ("reports",)),
            (self.tr("Certificates"), lambda: self.certificates, ("certificates", "certificate")),
        ]
        self._numbers = {section: number for number, (_, _, sections) in enumerate(parts) for section in sections}
        self.set_parts(self.ui.tabs, [(title, part) for title, part, _ in parts])

    @cached_property
    def week(self) -> WeekPart:
        """The grid of a week."""
        from cocivic_desktop.ui.pages.hours.week_grid import WeekPart

        return self.put(self._numbers["week"], WeekPart(self.context))

    @cached_property
    def attendance(self) -> AttendancePart:
        """Who was there."""
        from cocivic_desktop.ui.pages.hours.attendance import AttendancePart

        return self.put(self._numbers["attendance"], AttendancePart(self.context))

    @cached_property
    def paper(self) -> PaperPart:
        """Sheets to print and to type in, and tables to import."""
        from cocivic_desktop.ui.pages.hours.paper import PaperPart

        made = self.put(self._numbers["paper"], PaperPart(self.context))
        made.sheet_found.connect(self._type_in)
        return made

    @cached_property
    def planned(self) -> PlannedPart:
        """What took place as planned."""
        from cocivic_desktop.ui.pages.hours.planned import PlannedPart

        return self.put(self._numbers["planned"], PlannedPart(self.context))

    @cached_property
    def checks(self) -> ChecksPart:
        """What is odd, and what waits for a confirmation."""
        from cocivic_desktop.ui.pages.hours.checks import ChecksPart

        made = self.put(self._numbers["checks"], ChecksPart(self.context))
        made.entry_wanted.connect(lambda entry_id: self.bring_up(self.enter, "entry", entry_id))
        return made

    @cached_property
    def budget(self) -> BudgetSection:
        """What is promised, used and planned."""
        from cocivic_desktop.ui.pages.hours.budget import BudgetSection

        return self.put(self._numbers["budget"], BudgetSection(self.context))

    @cached_property
    def workload(self) -> WorkloadPart:
        """How much the work weighs."""
        from cocivic_desktop.ui.pages.hours.workload import WorkloadPart

        return self.put(self._numbers["workload"], WorkloadPart(self.context))

    @cached_property
    def reports(self) -> ReportsPart:
        """Sums by person, role, activity, goal, month and term."""
        from cocivic_desktop.ui.pages.hours.reports import ReportsPart

        return self.put(self._numbers["reports"], ReportsPart(self.context))

    @cached_property
    def certificates(self) -> CertificatesPart:
        """Certificates of engagement and their register."""
        from cocivic_desktop.ui.pages.hours.certificates import CertificatesPart

        return self.put(self._numbers["certificates"], CertificatesPart(self.context))

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
        number = self._numbers.get(target.section.partition(":")[0], 0)
        self.bring_up(self.part_at(number), target.section, target.item)
