"""The phases of the chosen challenge: their days, what they mean in the school year, and a proposal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from cocivic_desktop.domain.goals import Challenge, ChallengePhase
from cocivic_desktop.domain.rules.challenge_phases import PhaseProblem, PhaseSpan
from cocivic_desktop.services import challenges
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.theme import set_look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from cocivic_desktop._generated.forms.goals_challenges import Ui_GoalsChallenges
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.widgets.date_field import DateField


class PhaseFields(QObject):
    """One line for each phase: the day by which it ends, and a note beside it."""

    def __init__(self, ui: Ui_GoalsChallenges, context: Context, challenge: Callable[[], Challenge | None]) -> None:
        super().__init__(ui.detail)
        self._ui, self._context, self._challenge = ui, context, challenge
        self.fields: dict[ChallengePhase, DateField] = {}
        self.remarks: dict[ChallengePhase, QLabel] = {}
        for phase in ChallengePhase:
            field: DateField = getattr(ui, f"{phase.value}_ends")
            name: QLabel = getattr(ui, f"{phase.value}Label")
            name.setText(self.tr("{phase} until").format(phase=choice_word(phase)))
            field.line.setAccessibleName(name.text())
            field.day_changed.connect(lambda day, phase=phase: self._set_end(phase, day))
            self.fields[phase], self.remarks[phase] = field, getattr(ui, f"{phase.value}Note")
        ui.proposeButton.clicked.connect(lambda: self.propose())
        ui.proposeLabel.setText(
            self.tr(
                "The proposal shares out the teaching weeks that are left, from the present phase on, and leaves "
                "holidays and exam weeks free. You can change every day."
            )
        )

    def reload(self) -> None:
        """Show the days of the chosen challenge."""
        challenge = self._challenge()
        if challenge is None:
            return
        found = self._context.attempt(challenges.phase_spans, self._context.workspace, challenge.id) or []
        for span in found:
            field, remark = self.fields[span.phase], self.remarks[span.phase]
            if not field.line.hasFocus():
                field.set_day(span.ends_on)
            remark.setText(span_text(span))
            set_look(remark, "warning" if span.problem else "muted")

    def propose(self) -> None:
        """Fill in days from the school's teaching weeks."""
        challenge = self._challenge()
        if challenge is not None:
            context = self._context
            context.attempt(challenges.propose_dates, context.workspace, challenge.id, context.today())

    def focus(self) -> None:
        """Put the keyboard on the proposal."""
        self._ui.parts.setCurrentWidget(self._ui.parts.widget(2))
        self._ui.proposeButton.setFocus()

    def _set_end(self, phase: ChallengePhase, day: date | None) -> None:
        challenge = self._challenge()
        if challenge is not None:
            self._context.attempt(challenges.set_phase_end, self._context.workspace, challenge.id, phase, day)


def span_text(span: PhaseSpan) -> str:
    """What stands beside the day of a phase: its weeks, or what is wrong."""
    translate = QCoreApplication.translate
    problems = {
        PhaseProblem.BEFORE_EARLIER: translate("PhaseFields", "! before the end of an earlier phase"),
        PhaseProblem.CLOSED: translate("PhaseFields", "! the school is closed on this day"),
        PhaseProblem.OUTSIDE_TERM: translate("PhaseFields", "! outside the terms of the school year"),
        PhaseProblem.ASSESSMENT: translate("PhaseFields", "! in an exam period"),
        PhaseProblem.AFTER_END: translate("PhaseFields", "! after the end of the partnership"),
    }
    if span.problem is not None:
        return problems[span.problem]
    if span.weeks is None or span.starts_on is None:
        return ""
    text = translate("PhaseFields", "teaching weeks: {weeks}, from {day}")
    return text.format(weeks=span.weeks, day=day_text(span.starts_on, year=False))
