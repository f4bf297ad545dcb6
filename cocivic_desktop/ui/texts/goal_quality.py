"""Words for what would make a shared goal better: what is missing, and a suggestion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.rules.goal_quality import Criterion, QualityFinding
from cocivic_desktop.ui.texts.formats import day_text, number_text
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP

CRITERIA: Final[dict[Criterion, str]] = {
    Criterion.SPECIFIC: QT_TRANSLATE_NOOP("GoalQuality", "Specific"),
    Criterion.BENEFIT: QT_TRANSLATE_NOOP("GoalQuality", "All sides gain"),
    Criterion.MEASURED: QT_TRANSLATE_NOOP("GoalQuality", "Measured"),
    Criterion.FEASIBLE: QT_TRANSLATE_NOOP("GoalQuality", "Feasible in the term"),
    Criterion.MISSION: QT_TRANSLATE_NOOP("GoalQuality", "Serves our mission"),
}
MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "statement_missing": (
        QT_TRANSLATE_NOOP("GoalQuality", "The goal says nothing yet."),
        QT_TRANSLATE_NOOP("GoalQuality", "One sentence: who will have done what, for whom, by when."),
    ),
    "statement_short": (
        QT_TRANSLATE_NOOP("GoalQuality", "Only {words} words: a stranger would not know what happens."),
        QT_TRANSLATE_NOOP("GoalQuality", "Say who does what, how many, and by when."),
    ),
    "statement_long": (
        QT_TRANSLATE_NOOP("GoalQuality", "{words} words: probably two goals in one."),
        QT_TRANSLATE_NOOP(
            "GoalQuality", "Keep the one that you would miss most, and give the other a place of its own."
        ),
    ),
    "statement_vague": (
        QT_TRANSLATE_NOOP("GoalQuality", "“{word}” names a direction, not a result."),
        QT_TRANSLATE_NOOP(
            "GoalQuality", "What would you see on the last day? Write that: repaired, presented, visited …"
        ),
    ),
    "number_missing": (
        QT_TRANSLATE_NOOP("GoalQuality", "Nothing in it can be counted."),
        QT_TRANSLATE_NOOP("GoalQuality", "Name a number: teams, visits, people, things, or every student."),
    ),
    "benefit_cso_missing": (
        QT_TRANSLATE_NOOP("GoalQuality", "Our organisation gains nothing from it yet."),
        QT_TRANSLATE_NOOP("GoalQuality", "What can we do afterwards that we cannot do now?"),
    ),
    "benefit_school_missing": (
        QT_TRANSLATE_NOOP("GoalQuality", "The school gains nothing from it yet."),
        QT_TRANSLATE_NOOP("GoalQuality", "Ask which of its objectives of this year it serves, and use its words."),
    ),
    "benefit_learners_missing": (
        QT_TRANSLATE_NOOP("GoalQuality", "The learners gain nothing from it yet."),
        QT_TRANSLATE_NOOP("GoalQuality", "A skill, a reference, a say of their own: ask two of them."),
    ),
    "benefit_same": (
        QT_TRANSLATE_NOOP("GoalQuality", "Both sides name the same benefit."),
        QT_TRANSLATE_NOOP(
            "GoalQuality", "Each side has a reason of its own; the school's is often a duty it has to meet."
        ),
    ),
    "curriculum_missing": (
        QT_TRANSLATE_NOOP("GoalQuality", "No link to the curriculum."),
        QT_TRANSLATE_NOOP("GoalQuality", "Teachers need one to justify the time: subject, learning field or module."),
    ),
    "indicator_missing": (
        QT_TRANSLATE_NOOP("GoalQuality", "Nobody could say later whether it was reached."),
        QT_TRANSLATE_NOOP(
            "GoalQuality", "Take one or two indicators from the catalogue; most are computed by themselves."
        ),
    ),
    "target_missing": (
        QT_TRANSLATE_NOOP("GoalQuality", "No target: {indicator}."),
        QT_TRANSLATE_NOOP("GoalQuality", "A careful figure that both sides would be content with."),
    ),
    "baseline_missing": (
        QT_TRANSLATE_NOOP("GoalQuality", "No value at the start: {indicator}."),
        QT_TRANSLATE_NOOP("GoalQuality", "Note it now, be it 0: without a start nobody sees the change."),
    ),
    "measured_how_missing": (
        QT_TRANSLATE_NOOP("GoalQuality", "Not said how it is measured: {indicator}."),
        QT_TRANSLATE_NOOP("GoalQuality", "Who asks or counts, when: “questionnaire for teachers in May”."),
    ),
    "target_on_missing": (
        QT_TRANSLATE_NOOP("GoalQuality", "No day by which it is reached."),
        QT_TRANSLATE_NOOP("GoalQuality", "A teaching day before the assessments is a good one."),
    ),
    "after_end": (
        QT_TRANSLATE_NOOP("GoalQuality", "It is due on {target_on}; the partnership ends on {ends_on}."),
        QT_TRANSLATE_NOOP("GoalQuality", "Move the day forward, or make the goal the first part of it."),
    ),
    "outside_teaching": (
        QT_TRANSLATE_NOOP("GoalQuality", "{target_on} is no teaching day."),
        QT_TRANSLATE_NOOP("GoalQuality", "Take the last day of teaching before it."),
    ),
    "few_weeks": (
        QT_TRANSLATE_NOOP("GoalQuality", "Teaching weeks left until {target_on}: {weeks}."),
        QT_TRANSLATE_NOOP("GoalQuality", "Make it smaller, or give it the next term too."),
    ),
    "owner_cso_missing": (
        QT_TRANSLATE_NOOP("GoalQuality", "Nobody of ours looks after it."),
        QT_TRANSLATE_NOOP("GoalQuality", "Somebody with time for it each week."),
    ),
    "owner_school_missing": (
        QT_TRANSLATE_NOOP("GoalQuality", "Nobody at the school looks after it."),
        QT_TRANSLATE_NOOP("GoalQuality", "A teacher who has the class in this term, rather than the office."),
    ),
    "mission_missing": (
        QT_TRANSLATE_NOOP("GoalQuality", "Not said how it serves our mission."),
        QT_TRANSLATE_NOOP("GoalQuality", "One of our themes, in a sentence that our board would sign."),
    ),
    "diverts_mission": (
        QT_TRANSLATE_NOOP("GoalQuality", "It takes from our mission and gives nothing back."),
        QT_TRANSLATE_NOOP("GoalQuality", "Say what the mission gains, make it smaller, or leave it to the school."),
    ),
}
"""What is not good yet, and a suggestion, by the code of a finding."""


@dataclass(frozen=True)
class QualityWords:
    """What a finding says, and what to do."""

    problem: str
    suggestion: str


def criterion_word(criterion: Criterion) -> str:
    """The name of a criterion in the language of the screen."""
    return QCoreApplication.translate("GoalQuality", CRITERIA[criterion])


def words(finding: QualityFinding) -> QualityWords:
    """The words of a finding with its parameters. Raises KeyError for an unknown code."""
    values = {
        name: day_text(value) if isinstance(value, date) else number_text(value) if isinstance(value, int) else value
        for name, value in finding.parameters.items()
    }
    problem, suggestion = (QCoreApplication.translate("GoalQuality", text) for text in MESSAGES[finding.code])
    return QualityWords(problem.format_map(values), suggestion.format_map(values))
