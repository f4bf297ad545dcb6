"""Every stored class, parents before children. The store makes a table of each; portable JSON a list of each."""

from __future__ import annotations

import re
from typing import Final

from cocivic_desktop.domain import (
    activities,
    agreements,
    goals,
    hours,
    model_parts,
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
    organisations.OrganisationFile,
    organisations.Erasure,
    partnerships.Partnership,
    partnerships.PartnershipOrganisation,
    partnerships.PartnershipMember,
    partnerships.ReadinessAnswer,
    partnerships.Outreach,
    goals.SharedGoal,
    goals.Challenge,
    goals.TeamMember,
    goals.CoachingNote,
    goals.Solution,
    agreements.Agreement,
    agreements.Clause,
    goals.Indicator,
    goals.Measurement,
    agreements.Responsibility,
    agreements.Commitment,
    agreements.CommunicationRoutine,
    agreements.Resource,
    agreements.FundingItem,
    agreements.AgreementVersion,
    agreements.Signature,
    agreements.Attachment,
    agreements.ReturnedDocument,
    agreements.ReturnedChange,
    school_years.SchoolYear,
    school_years.Term,
    school_years.LessonTime,
    school_years.CalendarPeriod,
    activities.Activity,
    activities.OccurrenceOverride,
    activities.Participation,
    activities.OccurrenceReply,
    partnerships.Meeting,
    partnerships.Task,
    partnerships.Expectation,
    partnerships.Overlap,
    partnerships.Note,
    hours.HourEntry,
    hours.Attendance,
    hours.HourTemplate,
    hours.RunningTimer,
    hours.WorkloadCheckIn,
    hours.HourRate,
    hours.HourReport,
    hours.Certificate,
    surveys.Survey,
    surveys.SurveyResponse,
    model_parts.ResearchQuestion,
    model_parts.Candidate,
    model_parts.FellowshipPair,
    model_parts.Competence,
    model_parts.Badge,
    model_parts.BadgeAward,
    model_parts.CrisisProtocol,
    model_parts.OwnModel,
)


def kind_name(entity: type[Entity]) -> str:
    """The name of a class in the database, in JSON and in `Changes`: `SharedGoal` → `shared_goal`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", entity.__name__).lower()


KINDS: Final[dict[str, type[Entity]]] = {kind_name(entity): entity for entity in ENTITIES}
