"""Whether a shared goal is a good one: specific, of use to all sides, measured, feasible, and in the mission's service.

The questions are the handbook's: goals are developed together and documented, both partners benefit, and they support
the core mission rather than divert its resources (section 2.3, p. 7–8); they are realistic for all parties (section
5.1, p. 15); each has an indicator with its means of measurement (chapter 7, p. 18–21). Words for the codes:
`ui/texts/goal_quality.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.goals import Indicator, IndicatorMeans, SharedGoal
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import Overlap
from cocivic_desktop.domain.rules.teaching_weeks import YearView, teaching_weeks

LEAST_WORDS: Final = 6
"""A statement of fewer words rarely says who does what."""
MOST_WORDS: Final = 45
"""A longer statement is usually two goals."""
FEW_WEEKS: Final = 4
"""In fewer teaching weeks hardly anything is reached with a class."""

_NUMBER_WORDS: Final = frozenset(
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "every", "each", "all",
     "half", "eins", "eine", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun", "zehn", "zwolf", "jede",
     "jeder", "jedes", "alle", "uno", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
     "doce", "cada", "todos", "todas", "bir", "iki", "uc", "dort", "bes", "alti", "yedi", "sekiz", "dokuz", "on", "her")
)  # fmt: skip
_VAGUE: Final = (
    "raise awareness", "promote", "strengthen", "foster", "enhance", "improve", "support", "encourage", "contribute",
    "sensibilisier", "forder", "starken", "verbesser", "unterstutz", "beitrag",
    "sensibilizar", "promover", "fomentar", "fortalecer", "mejorar", "apoyar", "contribuir",
    "farkindalik", "desteklemek", "guclendirmek", "gelistirmek", "tesvik", "katkida",
)  # fmt: skip
"""Folded beginnings of words that name a direction and no result, in the four languages."""
_WORD: Final = re.compile(r"[^\W\d_]+")


class Criterion(StrEnum):
    """What is asked of a goal, in the order in which it is shown."""

    SPECIFIC = "specific"
    BENEFIT = "benefit"
    MEASURED = "measured"
    FEASIBLE = "feasible"
    MISSION = "mission"


@dataclass(frozen=True, kw_only=True)
class QualityFinding:
    """Something that would make a goal better. `at` is the field where to write it ("indicators" for an indicator)."""

    criterion: Criterion
    code: str
    at: str
    parameters: dict[str, str | int | date] = field(default_factory=dict)
    indicator_id: UUID | None = None


def check_goal(
    goal: SharedGoal,
    indicators: Sequence[Indicator],
    *,
    today: date,
    ends_on: date | None = None,
    year: YearView | None = None,
) -> list[QualityFinding]:
    """Everything that could be better, in the order of the criteria; empty for a good goal.

    `indicators` are those of the goal, `ends_on` is the partnership's last day, `year` the school's year: without it,
    nothing is said about teaching weeks.
    """
    return [
        *_specific(goal, indicators),
        *_benefit(goal),
        *_measured(indicators),
        *_feasible(goal, today, ends_on, year),
        *_mission(goal),
    ]


def check_view(view: PartnershipView, today: date, year: YearView | None = None) -> dict[UUID, list[QualityFinding]]:
    """`check_goal` for all goals of a partnership."""
    return {
        goal.id: check_goal(
            goal,
            [one for one in view.indicators if one.goal_id == goal.id],
            today=today,
            ends_on=view.ends_on,
            year=year,
        )
        for goal in view.goals
    }


def met(findings: Iterable[QualityFinding]) -> dict[Criterion, bool]:
    """Which criteria have nothing left to do."""
    open_ones = {finding.criterion for finding in findings}
    return {criterion: criterion not in open_ones for criterion in Criterion}


def _finding(criterion: Criterion, code: str, at: str, **parameters: str | int | date) -> QualityFinding:
    return QualityFinding(criterion=criterion, code=code, at=at, parameters=parameters)


def _specific(goal: SharedGoal, indicators: Sequence[Indicator]) -> Iterator[QualityFinding]:
    words = _WORD.findall(goal.statement)
    if not words:
        yield _finding(Criterion.SPECIFIC, "statement_missing", "statement")
        return
    if len(words) < LEAST_WORDS:
        yield _finding(Criterion.SPECIFIC, "statement_short", "statement", words=len(words))
    elif len(words) > MOST_WORDS:
        yield _finding(Criterion.SPECIFIC, "statement_long", "statement", words=len(words))
    vague = vague_words(goal.statement)
    if vague:
        yield _finding(Criterion.SPECIFIC, "statement_vague", "statement", word=vague)
    counted = has_number(goal.statement) or any(one.target is not None for one in indicators)
    if not counted:
        yield _finding(Criterion.SPECIFIC, "number_missing", "statement")


def _benefit(goal: SharedGoal) -> Iterator[QualityFinding]:
    texts = {name: fold(getattr(goal, name)).strip() for name in ("benefit_cso", "benefit_school", "benefit_learners")}
    for name, text in texts.items():
        if not text:
            yield _finding(Criterion.BENEFIT, f"{name}_missing", name)
    if texts["benefit_cso"] and texts["benefit_cso"] == texts["benefit_school"]:
        yield _finding(Criterion.BENEFIT, "benefit_same", "benefit_school")
    if not goal.curriculum_link.strip():
        yield _finding(Criterion.BENEFIT, "curriculum_missing", "curriculum_link")


def _measured(indicators: Sequence[Indicator]) -> Iterator[QualityFinding]:
    if not indicators:
        yield _finding(Criterion.MEASURED, "indicator_missing", "indicators")
    for one in indicators:
        for code, lacks in (
            ("target_missing", one.target is None),
            ("baseline_missing", one.baseline is None and one.unit != "yes_no" and one.means is IndicatorMeans.MANUAL),
            ("measured_how_missing", not one.measured_how.strip() and one.means is not IndicatorMeans.COMPUTED),
        ):
            if lacks:
                yield QualityFinding(
                    criterion=Criterion.MEASURED,
                    code=code,
                    at="indicators",
                    parameters={"indicator": one.name or one.code},
                    indicator_id=one.id,
                )


def _feasible(goal: SharedGoal, today: date, ends_on: date | None, year: YearView | None) -> Iterator[QualityFinding]:
    if goal.target_on is None:
        yield _finding(Criterion.FEASIBLE, "target_on_missing", "target_on")
    elif ends_on is not None and goal.target_on > ends_on:
        yield _finding(Criterion.FEASIBLE, "after_end", "target_on", target_on=goal.target_on, ends_on=ends_on)
    else:
        yield from _feasible_in_term(goal.target_on, today, year)
    for name in ("owner_cso_id", "owner_school_id"):
        if getattr(goal, name) is None:
            yield _finding(Criterion.FEASIBLE, f"{name.removesuffix('_id')}_missing", name)


def _feasible_in_term(due: date, today: date, year: YearView | None) -> Iterator[QualityFinding]:
    if year is None or due < today:
        return
    if year.term_on(due) is None or year.closure_on(due) is not None:
        yield _finding(Criterion.FEASIBLE, "outside_teaching", "target_on", target_on=due)
    weeks = len(teaching_weeks(year, today, due))
    if weeks < FEW_WEEKS:
        yield _finding(Criterion.FEASIBLE, "few_weeks", "target_on", weeks=weeks, target_on=due)


def _mission(goal: SharedGoal) -> Iterator[QualityFinding]:
    if goal.mission_link.strip():
        return
    code = "diverts_mission" if goal.mission_diversion.strip() else "mission_missing"
    yield _finding(Criterion.MISSION, code, "mission_link")


def grown_from(goal: SharedGoal, overlap: Overlap) -> bool:
    """Whether a goal has grown from a piece of common ground: it still serves its theme and its objective."""
    return overlap.theme in goal.mission_link and overlap.objective in goal.benefit_school


def has_number(text: str) -> bool:
    """Whether a text counts something, in digits or in words of the four languages."""
    return any(char.isdigit() for char in text) or any(fold(word) in _NUMBER_WORDS for word in _WORD.findall(text))


def vague_words(text: str) -> str:
    """The first words of a text that name a direction and no result, as they stand there; "" when there are none."""
    folded = [fold(word) for word in _WORD.findall(text)]
    originals = _WORD.findall(text)
    for number in range(len(folded)):
        for vague in _VAGUE:
            count = vague.count(" ") + 1
            if " ".join(folded[number : number + count]).startswith(vague):
                return " ".join(originals[number : number + count])
    return ""
