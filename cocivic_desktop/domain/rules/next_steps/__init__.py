"""Next steps: what to do now, by rule over plain data. One module per stage; each rule is one function.

Adding a rule: write it in the module of its stage, name it in that module's `RULES`, give its code words in
`ui/texts/next_steps/<stage>.py` and a positive and a negative case in `tests/domain/test_next_steps.py`.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import PipelineState, Stage
from cocivic_desktop.domain.rules.next_steps import (
    agreement,
    calendar,
    challenges,
    consents,
    evaluate,
    goals,
    hours,
    initiate,
    meetings,
    special_parts,
)
from cocivic_desktop.domain.rules.next_steps.base import NextStep, Rule, Target, Urgency
from cocivic_desktop.domain.rules.pipeline import is_only_an_idea

__all__ = ["RULES", "NextStep", "Rule", "Target", "Urgency", "next_steps"]

RULES: Final[tuple[Rule, ...]] = (
    *initiate.RULES,
    *meetings.RULES,
    *goals.RULES,
    *challenges.RULES,
    *special_parts.RULES,
    *agreement.RULES,
    *calendar.RULES,
    *consents.RULES,
    *hours.RULES,
    *evaluate.RULES,
)
_STAGE_ORDER: Final = {stage: number for number, stage in enumerate(Stage)}


def next_steps(view: PartnershipView, today: date) -> list[NextStep]:
    """All advice for one partnership, most urgent first, then in the order of the stages.

    A partnership that was put off ("not now") is only asked for the reason, and reminded of the day on which to ask
    again. One that is no more than an idea is only asked for its first contact.
    """
    rules = RULES
    if view.partnership.pipeline is PipelineState.NOT_NOW:
        rules = (initiate.not_now_reason_missing, initiate.next_contact_overdue)
    elif is_only_an_idea(view.partnership):
        rules = (initiate.first_contact_missing, initiate.next_contact_overdue, initiate.contact_gone_quiet)
    steps = [step for rule in rules for step in rule(view, today)]
    return sorted(steps, key=lambda step: (-step.urgency, _STAGE_ORDER[step.target.stage]))
