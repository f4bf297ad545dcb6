"""Every stored class, parents before children. The store makes a table of each; portable JSON a list of each."""

from __future__ import annotations

import re
from typing import Final

from cocivic_desktop.domain import (
    activities,
    agreements,
    goals,
    hours,
    organisations,
    partnerships,
    school_years,
    surveys,
)
from cocivic_desktop.domain.base import Entity

ENTITIES: Final[tuple[type[Entity], ...]] = (
    organisations.Organisation,
    organisations.Person,
    organisations.Consent,
    partnerships.Partnership,
    partnerships.PartnershipOrganisation,
    partnerships.PartnershipMember,
    partnerships.ReadinessAnswer,
    partnerships.Outreach,
    goals.SharedGoal,
    goals.Indicator,
    goals.Measurement,
    goals.Challenge,
    goals.TeamMember,
    goals.Solution,
    agreements.Agreement,
    agreements.Clause,
    agreements.Responsibility,
    agreements.Commitment,
    agreements.AgreementVersion,
    agreements.Signature,
    agreements.Attachment,
    school_years.SchoolYear,
    school_years.Term,
    school_years.LessonTime,
    school_years.CalendarPeriod,
    activities.Activity,
    activities.OccurrenceOverride,
    activities.Participation,
    partnerships.Meeting,
    partnerships.Task,
    partnerships.Expectation,
    partnerships.Overlap,
    partnerships.Note,
    hours.HourEntry,
    hours.Attendance,
    surveys.Survey,
    surveys.SurveyResponse,
)


def kind_name(entity: type[Entity]) -> str:
    """The name of a class in the database, in JSON and in `Changes`: `SharedGoal` → `shared_goal`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", entity.__name__).lower()


KINDS: Final[dict[str, type[Entity]]] = {kind_name(entity): entity for entity in ENTITIES}
