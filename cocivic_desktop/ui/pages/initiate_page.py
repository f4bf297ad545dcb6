"""Stage 1: the partnership itself, our readiness, expectations, first contacts, meetings and tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cocivic_desktop._generated.forms.initiate_page import Ui_InitiatePage
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.pages.initiate.expectations import ExpectationsPart
from cocivic_desktop.ui.pages.initiate.meetings import MeetingsPart
from cocivic_desktop.ui.pages.initiate.outreach import OutreachPart
from cocivic_desktop.ui.pages.initiate.overview import OverviewPart
from cocivic_desktop.ui.pages.initiate.readiness import ReadinessPart
from cocivic_desktop.ui.pages.part import PartsPage, StagePart

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class InitiatePage(PartsPage):
    """Five tabs; each saves by itself."""

    kinds = (
        "partnership",
        "partnership_member",
        "partnership_organisation",
        "organisation",
        "person",
        "readiness_answer",
        "expectation",
        "outreach",
        "meeting",
        "task",
        "activity",
        "participation",
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_InitiatePage()
        self.ui.setupUi(self)
        self.overview = OverviewPart(context)
        self.readiness = ReadinessPart(context)
        self.expectations = ExpectationsPart(context)
        self.outreach = OutreachPart(context)
        self.meetings = MeetingsPart(context)
        self.set_parts(
            self.ui.tabs,
            [
                (self.tr("Overview"), self.overview),
                (self.tr("Readiness"), self.readiness),
                (self.tr("Expectations"), self.expectations),
                (self.tr("Outreach log"), self.outreach),
                (self.tr("Meetings and tasks"), self.meetings),
            ],
        )

    def open_target(self, target: Target) -> None:
        """Sections: "pipeline", "members", "readiness", "expectations", "outreach", "meetings", "tasks".

        "organisation" is our own record, which stands in the settings.
        """
        if target.section == "organisation":
            self.context.navigate(Target("settings", section="organisation"))
            return
        places: dict[str, StagePart] = {
            "pipeline": self.overview,
            "overview": self.overview,
            "members": self.overview,
            "readiness": self.readiness,
            "expectations": self.expectations,
            "outreach": self.outreach,
            "meetings": self.meetings,
            "agenda": self.meetings,
            "tasks": self.meetings,
        }
        part = places.get(target.section)
        if part is not None:
            self.bring_up(part, target.section, target.item)
