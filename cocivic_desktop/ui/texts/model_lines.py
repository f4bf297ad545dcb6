"""What a model of cooperation brings, each thing in a line that says enough to take it or leave it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.agreements import ResponsibilityPart
from cocivic_desktop.domain.base import Side
from cocivic_desktop.library.models import texts_in
from cocivic_desktop.services.models import Section
from cocivic_desktop.ui.texts.expectations import who
from cocivic_desktop.ui.texts.formats import minutes_text, number_text, time_text
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP
from cocivic_desktop.ui.texts.words import word

if TYPE_CHECKING:
    from cocivic_desktop.library.cooperation.drafts import ActivityDraft, ResponsibilityDraft
    from cocivic_desktop.services.models import ModelPreview

translate = QCoreApplication.translate
Details = Callable[["ModelPreview"], Iterable[tuple[str, ...]]]


def lines(model: ModelPreview) -> dict[Section, tuple[str, ...]]:
    """The lines of each section, as many as the section has things: a name, then what belongs to it."""
    found = dict(model.sections)
    for section, details in _DETAILS.items():
        named = zip(model.sections[section], details(model), strict=True)
        found[section] = tuple(" · ".join((name, *filter(None, more))) for name, more in named)
    found[Section.EXPECTATIONS] = tuple(
        translate("Expectations", "{who}: {what}").format(who=who(draft), what=text)
        for draft, text in zip(model.drafts.expectations, model.sections[Section.EXPECTATIONS], strict=True)
    )
    return found


def section_names() -> dict[Section, str]:
    """The kinds of things that a model brings, in the language of the screen."""
    return {
        Section.GOALS: translate("ModelLines", "Shared goals"),
        Section.EXPECTATIONS: translate("ModelLines", "Expectations of the three sides"),
        Section.CHALLENGES: translate("ModelLines", "Challenges"),
        Section.INDICATORS: translate("ModelLines", "Indicators"),
        Section.RESPONSIBILITIES: translate("ModelLines", "Responsibilities"),
        Section.COMMITMENTS: translate("ModelLines", "Promised time"),
        Section.ROUTINES: translate("ModelLines", "Meetings and reports"),
        Section.RESOURCES: translate("ModelLines", "Contributions in kind"),
        Section.COSTS: translate("ModelLines", "Costs"),
        Section.CLAUSES: translate("ModelLines", "Own clauses"),
        Section.ACTIVITIES: translate("ModelLines", "Activities"),
        Section.CHECKLISTS: translate("ModelLines", "Checklists, as tasks"),
        Section.COMPETENCES: translate("ModelLines", "Competences"),
        Section.BADGES: translate("ModelLines", "Badges"),
    }


def week_text(week: int) -> str:
    """A teaching week as a model counts it: from 1, or from -1 at the end."""
    if week > 0:
        return translate("ModelLines", "week {number}").format(number=week)
    if week in _LAST_WEEKS:
        return translate("ModelLines", _LAST_WEEKS[week])
    return translate("ModelLines", "weeks before the last: {count}").format(count=-week - 1)


def _when(draft: ActivityDraft) -> str:
    first = week_text(draft.week)
    if not draft.every:
        return first
    if draft.every == 1:
        return translate("ModelLines", "each week from {week}").format(week=first)
    return translate("ModelLines", "every {count} weeks from {week}").format(count=draft.every, week=first)


def _leads(draft: ResponsibilityDraft) -> str:
    parts = ((Side.CSO, draft.cso), (Side.SCHOOL, draft.school))
    leading = [word(side) for side, part in parts if part is ResponsibilityPart.LEADS]
    return translate("ModelLines", "lead: {sides}").format(sides=", ".join(leading))


def _target(value: float | None) -> str:
    text = translate("ModelLines", "target {target}")
    return text.format(target=number_text(value)) if value is not None else ""


def _amount(cents: int | None, currency: str) -> str:
    return f"{number_text(cents / 100)} {currency}" if cents is not None else ""


_LAST_WEEKS = {
    -1: QT_TRANSLATE_NOOP("ModelLines", "last week"),
    -2: QT_TRANSLATE_NOOP("ModelLines", "second to last week"),
    -3: QT_TRANSLATE_NOOP("ModelLines", "third to last week"),
}
_DETAILS: dict[Section, Details] = {
    Section.INDICATORS: lambda model: ((_target(one.target),) for one in model.drafts.indicators),
    Section.RESPONSIBILITIES: lambda model: ((_leads(one),) for one in model.drafts.responsibilities),
    Section.COMMITMENTS: lambda model: (
        (word(one.side), f"{minutes_text(one.minutes)} {word(one.unit)}") for one in model.drafts.commitments
    ),
    Section.ROUTINES: lambda model: (
        (word(one.rhythm) if one.count == 1 else f"{one.count} × {word(one.rhythm)}",) for one in model.drafts.routines
    ),
    Section.RESOURCES: lambda model: ((word(one.provided_by),) for one in model.drafts.resources),
    Section.COSTS: lambda model: ((_amount(one.cents, one.currency), word(one.paid_by)) for one in model.drafts.costs),
    Section.ACTIVITIES: lambda model: (
        (_when(one), time_text(one.start_time) if one.start_time else "", minutes_text(one.minutes or None))
        for one in model.drafts.activities
    ),
    Section.CHECKLISTS: lambda model: (
        (
            week_text(one.week) if one.week else "",
            translate("ModelLines", "points: {count}").format(count=len(texts_in(one.items, model.language))),
        )
        for one in model.drafts.checklists
    ),
}
