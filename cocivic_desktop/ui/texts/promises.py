"""Words for promises of an agreement and how they stand today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.agreements import Commitment, CommunicationRoutine
from cocivic_desktop.domain.rules.traceability import Promise, PromiseKind, Standing
from cocivic_desktop.ui.models.record_table import Chip
from cocivic_desktop.ui.texts.formats import day_text, minutes_text, number_text
from cocivic_desktop.ui.texts.words import choice_word

if TYPE_CHECKING:
    from cocivic_desktop.domain.base import Entity

translate = QCoreApplication.translate


def standing_chip(promise: Promise) -> Chip:
    """How a promise stands, as a chip."""
    if promise.kind is PromiseKind.MINUTES and promise.standing is Standing.OVER:
        return Chip(translate("Promises", "! over"), "bad")
    return {
        Standing.KEPT: Chip(translate("Promises", "kept"), "good"),
        Standing.ON_THE_WAY: Chip(translate("Promises", "on the way"), "accent"),
        Standing.TO_PLAN: Chip(translate("Promises", "! to plan"), "warning"),
        Standing.BEHIND: Chip(translate("Promises", "! behind"), "bad"),
        Standing.OVER: Chip(translate("Promises", "! not kept"), "bad"),
        Standing.WILL_BE_OVER: Chip(translate("Promises", "! will be over"), "warning"),
        Standing.OPEN: Chip(translate("Promises", "not begun"), "neutral"),
    }[promise.standing]


def promise_text(promise: Promise, names: Mapping[UUID, str]) -> str:
    """What is promised, in a few words."""
    record: Entity | None = promise.record
    if isinstance(record, Commitment):
        who = " · ".join(part for part in (choice_word(record.side), record.role) if part)
        return translate("Promises", "Time: {who}").format(who=who)
    if isinstance(record, CommunicationRoutine):
        return record.title
    if promise.kind is PromiseKind.INDICATOR and record is not None:
        return names.get(record.id, "")
    return {
        PromiseKind.HEADS: translate("Promises", "Learners who take part"),
        PromiseKind.CLOSED_DAYS: translate("Promises", "No dates on closed or assessment days"),
        PromiseKind.NOTICE: translate("Promises", "Dates planned with the agreed notice"),
    }.get(promise.kind, "")


def figures_text(promise: Promise) -> str:
    """The figures of a promise: done, planned, promised."""
    if promise.kind in (PromiseKind.CLOSED_DAYS, PromiseKind.NOTICE):
        if not promise.done:
            return translate("Promises", "all dates keep to it")
        return translate("Promises", "dates that do not: {count}").format(count=_figure(promise, promise.done))
    if promise.kind is PromiseKind.INDICATOR:
        return translate("Promises", "target {target} · actual {actual}").format(
            target=_figure(promise, promise.promised), actual=_figure(promise, promise.done)
        )
    used = (
        translate("Promises", "used {figure}")
        if promise.kind is PromiseKind.MINUTES
        else translate("Promises", "reached {figure}")
        if promise.kind is PromiseKind.HEADS
        else translate("Promises", "held {figure}")
    )
    parts = [
        translate("Promises", "promised {figure}").format(figure=_figure(promise, promise.promised)),
        used.format(figure=_figure(promise, promise.done)),
    ]
    if promise.planned or (promise.planned is not None and promise.kind is PromiseKind.TIMES):
        parts.append(translate("Promises", "planned {figure}").format(figure=_figure(promise, promise.planned)))
    if promise.next_on is not None:
        parts.append(translate("Promises", "next {day}").format(day=day_text(promise.next_on, year=False)))
    return " · ".join(parts)


def _figure(promise: Promise, value: float | None) -> str:
    if value is None:
        return "–"
    if promise.unit == "minutes":
        return minutes_text(round(value))
    if promise.unit == "hours":
        return minutes_text(round(value * 60))
    if promise.unit == "yes_no":
        return translate("Promises", "yes") if value else translate("Promises", "no")
    return f"{number_text(value)} %" if promise.unit == "percent" else number_text(value)
