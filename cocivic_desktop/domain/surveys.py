"""Short surveys and their answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from cocivic_desktop.domain.base import Entity, reference


class SurveyGroup(StrEnum):
    STAFF = "staff"
    MENTORS = "mentors"
    TEACHERS = "teachers"
    STUDENTS = "students"
    MANAGEMENT = "management"


@dataclass(kw_only=True, eq=False)
class Survey(Entity):
    """One survey of one group; results are shown from `minimum_group` answers on."""

    partnership_id: UUID = reference("Partnership", owned=True)
    group: SurveyGroup
    title: str = ""
    questions: list[str] = field(default_factory=list)
    opened_on: date | None = None
    closed_on: date | None = None
    minimum_group: int = 5


@dataclass(kw_only=True, eq=False)
class SurveyResponse(Entity):
    """One sheet, without a name: a value from 1 to 5 or a text for each question."""

    survey_id: UUID = reference("Survey", owned=True)
    answered_on: date | None = None
    answers: dict[str, int | str] = field(default_factory=dict)
