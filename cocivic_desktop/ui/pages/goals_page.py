"""Stage 2: shared goals with their indicators, challenges, common ground, and what single models need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cocivic_desktop._generated.forms.goals_page import Ui_GoalsPage
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.pages.goals.challenges import CHALLENGE_SECTIONS, ChallengesPart
from cocivic_desktop.ui.pages.goals.overlaps import OverlapsPart
from cocivic_desktop.ui.pages.goals.shared import SharedGoalsPart
from cocivic_desktop.ui.pages.goals.special import PLACES, SpecialParts
from cocivic_desktop.ui.pages.part import PartsPage, StagePart

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtWidgets import QWidget


class GoalsPage(PartsPage):
    """Tabs; each saves by itself."""

    kinds = (
        "shared_goal",
        "indicator",
        "measurement",
        "challenge",
        "team_member",
        "coaching_note",
        "solution",
        "overlap",
        "organisation",
        "partnership",
        "person",
        "school_year",
        "term",
        "calendar_period",
        "agreement",
        "own_model",
        *PLACES,
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_GoalsPage()
        self.ui.setupUi(self)
        self.goals = SharedGoalsPart(context)
        self.challenges = ChallengesPart(context)
        self.overlaps = OverlapsPart(context)
        self.special = SpecialParts(context)
        self.set_parts(
            self.ui.tabs,
            [
                (self.tr("Shared goals"), self.goals),
                (self.tr("Challenges"), self.challenges),
                (self.tr("Common ground"), self.overlaps),
                (self.tr("Special parts"), self.special),
            ],
        )
        self.overlaps.goal_added.connect(self._open_goal)

    def _open_goal(self, goal_id: UUID) -> None:
        self.reload()  # the goal may have been made a moment ago
        self.bring_up(self.goals, "goals", goal_id)

    def open_target(self, target: Target) -> None:
        """Sections: "goals", "indicators", "challenges", "overlaps", codes of special parts, kinds of record."""
        places: dict[str, StagePart] = {
            "goals": self.goals,
            "indicators": self.goals,
            "overlaps": self.overlaps,
            "shared_goal": self.goals,
            "overlap": self.overlaps,
            **dict.fromkeys(CHALLENGE_SECTIONS, self.challenges),
            **dict.fromkeys(PLACES, self.special),
        }
        part = places.get(target.section)
        if part is not None:
            self.bring_up(part, target.section, target.item)
