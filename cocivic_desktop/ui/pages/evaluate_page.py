"""Stage 6: what it was worth: indicators with target and actual value, surveys, and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from cocivic_desktop._generated.forms.evaluate_page import Ui_EvaluatePage
from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.pages.evaluate.indicators import IndicatorsPart
from cocivic_desktop.ui.pages.evaluate.notes import NotesPart
from cocivic_desktop.ui.pages.evaluate.surveys import SurveysPart
from cocivic_desktop.ui.pages.part import PartsPage, StagePart

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class EvaluatePage(PartsPage):
    """Three tabs; each saves by itself. Indicators are computed from everything, so every change reloads."""

    kinds = ()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_EvaluatePage()
        self.ui.setupUi(self)
        self.indicators = IndicatorsPart(context)
        self.surveys = SurveysPart(context)
        self.notes = NotesPart(context)
        self.set_parts(
            self.ui.tabs,
            [
                (self.tr("Indicators"), self.indicators),
                (self.tr("Surveys"), self.surveys),
                (self.tr("Notes"), self.notes),
            ],
        )

    def open_target(self, target: Target) -> None:
        """Sections: "indicators", "surveys", "lessons", "notes", "feedback" (a meeting, kept in stage 1).

        The search names kinds of records instead: "survey", "note".
        """
        places: dict[str, StagePart] = {
            "indicators": self.indicators,
            "surveys": self.surveys,
            "survey": self.surveys,
            "lessons": self.notes,
            "notes": self.notes,
            "note": self.notes,
        }
        part = places.get(target.section)
        if part is not None:
            self.bring_up(part, target.section, target.item)
        elif target.section == "feedback":
            meetings = Target.partnership(self.partnership, Stage.INITIATE, section="meetings")
            QTimer.singleShot(0, self, lambda: self.context.navigate(meetings))
