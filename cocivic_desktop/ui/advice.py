"""Next steps, progress and guidance as the screen shows them: the rules' codes joined with their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.ui.context import Context, Target

if TYPE_CHECKING:
    from cocivic_desktop.domain.partnerships import Stage


@dataclass(frozen=True)
class Advice:
    """One next step in words, with the place that settles it."""

    key: str
    partnership_id: UUID
    headline: str
    explanation: str
    button: str
    urgent: bool
    target: Target


@dataclass(frozen=True)
class Reading:
    """Sections (heading, paragraph or points) and sources for the guidance panel."""

    sections: tuple[tuple[str, str | Sequence[str]], ...] = ()
    sources: tuple[str, ...] = ()


def steps(context: Context, partnership_id: UUID | None = None) -> list[Advice]:
    """What to do next, most urgent first; of one partnership or of all, without what was put off for today."""
    from cocivic_desktop.domain.rules.next_steps import Urgency
    from cocivic_desktop.services import views
    from cocivic_desktop.ui.texts.next_steps import words

    today = context.today()
    found = []
    for step in views.next_steps(context.workspace, today, partnership_id):
        text = words(step)
        place = step.target
        item = place.id.hex if place.id is not None else ""
        advice = Advice(
            key=f"{step.partnership_id.hex}-{step.code}-{item}",
            partnership_id=step.partnership_id,
            headline=text.headline,
            explanation=text.explanation,
            button=text.button,
            urgent=step.urgency is Urgency.NOW,
            target=Target.partnership(step.partnership_id, place.stage, place.section, place.id),
        )
        if not _is_postponed(context, advice):
            found.append(advice)
    return found


def progress(context: Context, partnership_id: UUID) -> dict[Stage, float]:
    """How far each stage has come, 0 to 1."""
    from cocivic_desktop.services import views

    return views.stage_progress(context.workspace, partnership_id, context.today())


def all_progress(context: Context) -> dict[UUID, dict[Stage, float]]:
    """How far each stage of every partnership has come."""
    from cocivic_desktop.services import views

    return views.all_progress(context.workspace, context.today())


def postpone(context: Context, advice: Advice) -> None:
    """Do not show a step again today. Kept on this computer, not in the workspace."""
    today = context.today().isoformat()
    kept = [entry for entry in _postponed(context) if entry.startswith(today)]
    context.settings.setValue("later", ",".join([*kept, f"{today}/{advice.key}"]))


def guidance_sections(topic: str, language: str) -> Reading:
    """The guidance of a stage, as the panel shows it; nothing where there is none."""
    from cocivic_desktop.library.guidance import guidance

    try:
        found = guidance(topic, language)
    except NotFound:
        return Reading()
    sections: list[tuple[str, str | Sequence[str]]] = []
    for section in found.sections:
        sections.append((section.heading, section.text))
        if section.bullets:
            sections.append(("", section.bullets))
    if found.pitfalls:
        sections.append((QCoreApplication.translate("Advice", "Pitfalls"), found.pitfalls))
    return Reading(tuple(sections), found.sources)


def _postponed(context: Context) -> list[str]:
    return [entry for entry in context.setting("later").split(",") if entry]


def _is_postponed(context: Context, advice: Advice) -> bool:
    return f"{context.today().isoformat()}/{advice.key}" in _postponed(context)
