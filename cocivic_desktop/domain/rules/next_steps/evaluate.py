"""Next steps of stage 6: feedback in time, surveys, indicators with values, lessons kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Final

from cocivic_desktop.domain.goals import Indicator, IndicatorMeans
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import MeetingKind, NoteKind, Stage
from cocivic_desktop.domain.rules.next_steps.base import (
    NextStep,
    Rule,
    Steps,
    Urgency,
    Value,
    days_since,
    days_to_end,
    excerpt,
    has_begun,
    has_ended,
    middle,
)

_STAGE = Steps(Stage.EVALUATE)
END_DAYS = 30
"""The evaluation begins this many days before the end."""
OPEN_DAYS = 21
"""A survey open for longer than this is chased or closed."""


def _ending(view: PartnershipView, today: date, days: int) -> bool:
    left = days_to_end(view, today)
    return left is not None and left <= days and has_begun(view, today)


def feedback_due(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Half of the time is over, and there was no feedback dialogue since shortly before."""
    half = middle(view)
    if half is None or today < half or has_ended(view, today):
        return
    if not any(m.kind is MeetingKind.FEEDBACK and m.held_on and m.held_on <= today for m in view.meetings):
        yield _STAGE.step(view, "feedback_due", section="feedback", half_on=half)


def midterm_survey_due(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Half of the time is over, and nobody was asked how it goes."""
    half = middle(view)
    if half is not None and half <= today and not _ending(view, today, END_DAYS) and not view.surveys:
        yield _STAGE.step(view, "midterm_survey_due", section="surveys", half_on=half)


def final_survey_due(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """The end is near, and no survey was opened in its last part."""
    if not _ending(view, today, END_DAYS) or view.ends_on is None:
        return
    half = middle(view)
    late = [s for s in view.surveys if s.opened_on is not None and (half is None or s.opened_on > half)]
    if not late:
        yield _STAGE.step(view, "final_survey_due", Urgency.NOW, section="surveys", ends_on=view.ends_on)


def survey_open_long(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """A survey has been open for weeks with too few answers to show."""
    for survey in view.surveys:
        if survey.opened_on is None or survey.closed_on is not None:
            continue
        answers = view.survey_responses.get(survey.id, 0)
        if days_since(survey.opened_on, today) > OPEN_DAYS and answers < survey.minimum_group:
            yield _STAGE.step(
                view,
                "survey_open_long",
                section="surveys",
                opens=survey,
                group=survey.group,
                count=answers,
                minimum=survey.minimum_group,
            )


def _indicator_is(indicator: Indicator) -> Mapping[str, Value]:
    return {"indicator": excerpt(indicator.name)}


_indicator_step = partial(_STAGE.counted, section="indicators", says=_indicator_is)


def indicator_baseline_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Work has begun and an indicator has no target, or no baseline although it is measured by hand or survey."""
    if has_begun(view, today):
        bare = (
            one
            for one in view.indicators
            if one.target is None or (one.baseline is None and one.means is not IndicatorMeans.COMPUTED)
        )
        yield from _indicator_step(view, "indicator_baseline_missing", bare, Urgency.LATER)


def indicator_unmeasured(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """The end is near and indicators entered by hand have no value."""
    if _ending(view, today, END_DAYS):
        measured = {measurement.indicator_id for measurement in view.measurements}
        by_hand = (one for one in view.indicators if one.means is IndicatorMeans.MANUAL)
        missing = (one for one in by_hand if one.id not in measured)
        yield from _indicator_step(view, "indicator_unmeasured", missing, Urgency.NOW)


def lessons_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """The end is near and nobody has written down what was learnt."""
    if _ending(view, today, END_DAYS) and not any(note.kind is NoteKind.LESSON_LEARNED for note in view.notes):
        yield _STAGE.step(view, "lessons_missing", section="lessons")


RULES: Final[tuple[Rule, ...]] = (
    feedback_due,
    midterm_survey_due,
    final_survey_due,
    survey_open_long,
    indicator_baseline_missing,
    indicator_unmeasured,
    lessons_missing,
)
