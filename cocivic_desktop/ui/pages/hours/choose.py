"""What the parts of the hours page choose from, and how one choice rules out another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.hours import HourEntry
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.services import records
from cocivic_desktop.ui.choices import name_of
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.texts.formats import day_text, minutes_text, time_text
from cocivic_desktop.ui.texts.words import word


def activities_of(context: Context, partnership_id: UUID | None) -> list[tuple[Any, str]]:
    """The activities of a partnership by date, and none."""
    if partnership_id is None or not context.is_open:
        return []
    found = records.find(context.workspace, Activity, partnership_id=partnership_id, order="starts_on")
    return [(None, QCoreApplication.translate("Hours", "– none –")), *((one.id, one.title) for one in found)]


def person_or_heads(fields: dict[str, Any]) -> dict[str, Any]:
    """A person takes the place of a head count, and the other way round."""
    if fields.get("person_id") is not None:
        return {**fields, "head_count": None}
    if fields.get("head_count") is not None:
        return {**fields, "person_id": None}
    return fields


def entry_words(context: Context, entry: HourEntry) -> str:
    """An entry in one line: who, how long (and from when), what, on which day."""
    if entry.person_id is not None:
        who = name_of(context, Person, entry.person_id)
    else:
        heads = QCoreApplication.translate("Hours", "{count} × {role}")
        who = heads.format(count=entry.head_count, role=entry.role)
    activity = name_of(context, Activity, entry.activity_id)
    begins = QCoreApplication.translate("Hours", "from {time}").format(time=time_text(entry.start_time))
    length = minutes_text(entry.minutes) if entry.start_time is None else f"{minutes_text(entry.minutes)} {begins}"
    parts = [who, length, word(entry.category), day_text(entry.worked_on, weekday=True)]
    return " · ".join([*parts, *(text for text in (activity, entry.remark) if text)])
