"""Where personal data lies: for every kind of record, which fields, what for, and how long.

One table is asked by everything that has to do with privacy: the copy of what is held on a person, anonymising,
erasing, and merging two people. A test fails when a field that can hold personal data is missing in it.

Law behind it: GDPR Art. 5(1) b, c, e (purpose, minimisation, storage limitation), Art. 15 and 20 (copy), Art. 17
(erasure), Art. 30 (record of processing); KVKK (Türkiye, law 6698) Art. 4, 7 and 11.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
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


class Purpose(StrEnum):
    """What personal data is held for."""

    COOPERATION = "cooperation"
    """To plan the cooperation, and to reach the people in it."""
    ATTENDANCE = "attendance"
    """To invite people, and to know who was there."""
    HOURS = "hours"
    """To account for time given, towards each other and towards funders."""
    CONSENT = "consent"
    """To prove that consent was given, and to respect that it was withdrawn (GDPR Art. 7(1), 7(3))."""
    AGREEMENT = "agreement"
    """To make, keep and prove an agreement between organisations."""
    LEARNING = "learning"
    """To accompany learners in teams, fellowships and towards badges."""
    RECOGNITION = "recognition"
    """To certify engagement, and to be able to confirm a certificate later."""
    EVALUATION = "evaluation"
    """To learn from the cooperation and to report on it."""
    ACCOUNTABILITY = "accountability"
    """To erase a person again when an old backup or another laptop's file brings them back."""


class Retention(StrEnum):
    """How long it is needed at most."""

    MEMBERSHIP = "membership"
    """Until the end of the year after the person has left."""
    SCHOOL_YEAR = "school_year"
    """Until the school year is over and its report is written."""
    FUNDING = "funding"
    """Until the funder's time for audits is over (Erasmus+ grants: five years, 2024 model grant agreement, Art. 20)."""
    AGREEMENT_END = "agreement_end"
    """Until claims from the agreement are barred (such as three years from the end of the year: § 195, § 199 BGB)."""
    CONSENT_END = "consent_end"
    """As long as it is relied on, and three years after that as proof."""
    LASTING = "lasting"
    """As long as the workspace: it tells nothing of who it was."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """What one kind of record holds about people.

    `links` are references to a person. `about` are fields that say something about the person of `person_id`; they
    are emptied. `naming` are texts in which people may be named; the name is taken out of them. `kept` are texts
    that stay as they are, since they are the wording of an agreement that was made. `harmless` fields never hold
    personal data. `anonymising_deletes`: the record goes when its person is anonymised.
    """

    purpose: Purpose | None = None
    retention: Retention | None = None
    links: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    naming: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    anonymising_deletes: bool = False

    @property
    def personal(self) -> tuple[str, ...]:
        """All fields that can hold personal data."""
        return (*self.links, *self.about, *self.naming, *self.kept)


def _held(purpose: Purpose | None = None, retention: Retention | None = None, **fields: str) -> Held:
    deletes = bool(fields.pop("anonymising_deletes", ""))
    named = {name: tuple(text.split()) for name, text in fields.items()}
    return Held(purpose=purpose, retention=retention, anonymising_deletes=deletes, **named)


_COOPERATION: Final = (Purpose.COOPERATION, Retention.MEMBERSHIP)
_AGREEMENT: Final = (Purpose.AGREEMENT, Retention.AGREEMENT_END)
_LEARNING: Final = (Purpose.LEARNING, Retention.SCHOOL_YEAR)
_EVALUATION: Final = (Purpose.EVALUATION, Retention.FUNDING)
_HOURS: Final = (Purpose.HOURS, Retention.FUNDING)
_ATTENDANCE: Final = (Purpose.ATTENDANCE, Retention.SCHOOL_YEAR)

HELD: Final[dict[type[Entity], Held]] = {
    organisations.Organisation: _held(
        *_COOPERATION,
        naming="represented_by decision_makers how_found letterhead remarks mission",
        harmless="name short_name street postal_code city country region zone email phone website legal_form "
        "register_number focus_themes objectives vocational_fields logo",
    ),
    organisations.Person: _held(
        *_COOPERATION,
        about="name position email phone languages birth_year class_group hours_per_week active_from active_until "
        "remarks",
    ),
    organisations.Consent: _held(
        Purpose.CONSENT,
        Retention.CONSENT_END,
        links="person_id",
        about="guardian given_on withdrawn_on wording_version",
        anonymising_deletes="yes",
    ),
    organisations.OrganisationFile: _held(harmless="file_name media_type sha256 content"),
    organisations.Erasure: _held(Purpose.ACCOUNTABILITY, Retention.LASTING),
    partnerships.Partnership: _held(
        *_COOPERATION,
        links="coordinator_id",
        naming="not_now_reason summary title",
        harmless="model hour_categories parts",
    ),
    partnerships.PartnershipOrganisation: _held(harmless="part"),
    partnerships.PartnershipMember: _held(*_COOPERATION, links="person_id", about="hours_capacity", harmless="role"),
    partnerships.ReadinessAnswer: _held(*_EVALUATION, naming="remark", harmless="question"),
    partnerships.Outreach: _held(*_COOPERATION, links="person_id", naming="outcome"),
    goals.SharedGoal: _held(
        *_COOPERATION,
        links="owner_cso_id owner_school_id",
        naming="statement benefit_cso benefit_school benefit_learners curriculum_link mission_link mission_diversion "
        "agreed_cso_by agreed_school_by",
    ),
    goals.Challenge: _held(
        *_LEARNING,
        links="mentor_id teacher_id",
        naming="title social_need question constraints mission_link learning_objectives curriculum_link",
        harmless="phase_dates",
    ),
    goals.TeamMember: _held(*_LEARNING, links="person_id", about="label"),
    goals.CoachingNote: _held(*_LEARNING, links="author_id", naming="text next_step"),
    goals.Solution: _held(*_EVALUATION, naming="title description adoption"),
    agreements.Agreement: _held(*_AGREEMENT, kept="title answers end_reason"),
    agreements.Clause: _held(
        *_AGREEMENT, kept="titles texts waive_reason remark", harmless="code topic alternative library_hashes"
    ),
    goals.Indicator: _held(*_EVALUATION, naming="name measured_how", harmless="code unit"),
    goals.Measurement: _held(*_EVALUATION, naming="source"),
    agreements.Responsibility: _held(*_AGREEMENT, kept="task area by_when"),
    agreements.Commitment: _held(*_AGREEMENT, kept="role remark"),
    agreements.CommunicationRoutine: _held(
        *_AGREEMENT, links="person_cso_id person_school_id", kept="title channel remark"
    ),
    agreements.Resource: _held(*_AGREEMENT, kept="title available remark", harmless="quantity"),
    agreements.FundingItem: _held(*_AGREEMENT, kept="title source remark", harmless="currency"),
    agreements.AgreementVersion: _held(
        *_AGREEMENT, naming="recipient remark", kept="content", harmless="language sha256 second_language"
    ),
    agreements.Signature: _held(*_AGREEMENT, kept="name position_held place"),
    agreements.Attachment: _held(*_AGREEMENT, kept="file_name content", harmless="media_type sha256"),
    agreements.ReturnedDocument: _held(
        *_AGREEMENT, naming="received_from", kept="file_name content", harmless="sha256"
    ),
    agreements.ReturnedChange: _held(
        *_AGREEMENT, naming="author comment remark", kept="before after", harmless="language"
    ),
    school_years.SchoolYear: _held(harmless="label source"),
    school_years.Term: _held(harmless="name first_week_letter"),
    school_years.LessonTime: _held(),
    school_years.CalendarPeriod: _held(harmless="name source_detail external_uid"),
    activities.Activity: _held(
        *_ATTENDANCE,
        naming="title place description materials conflict_note notes_after",
        harmless="zone exported_hash recurrence",
    ),
    activities.OccurrenceOverride: _held(*_ATTENDANCE, naming="reason place conflict_note notes_after"),
    activities.Participation: _held(*_ATTENDANCE, links="person_id", about="reply_remark", harmless="role"),
    activities.OccurrenceReply: _held(*_ATTENDANCE, links="person_id", about="reply_remark"),
    partnerships.Meeting: _held(*_COOPERATION, naming="agenda participants minutes decisions"),
    partnerships.Task: _held(*_COOPERATION, links="owner_id", naming="title"),
    partnerships.Expectation: _held(*_COOPERATION, naming="text resolution"),
    partnerships.Overlap: _held(*_COOPERATION, naming="common_ground", harmless="theme objective"),
    partnerships.Note: _held(*_EVALUATION, naming="title text source"),
    hours.HourEntry: _held(*_HOURS, links="person_id", about="remark", harmless="role"),
    hours.Attendance: _held(*_ATTENDANCE, links="person_id", about="minutes"),
    hours.HourTemplate: _held(
        *_HOURS, links="person_id", about="remark", naming="title", harmless="role", anonymising_deletes="yes"
    ),
    hours.RunningTimer: _held(*_HOURS, links="person_id", about="remark", anonymising_deletes="yes"),
    hours.WorkloadCheckIn: _held(*_EVALUATION, links="person_id", about="remark"),
    hours.HourRate: _held(harmless="currency source"),
    hours.HourReport: _held(*_HOURS, naming="title", harmless="rows columns person_kinds"),
    hours.Certificate: _held(
        Purpose.RECOGNITION,
        Retention.FUNDING,
        links="person_id",
        about="holder",
        naming="signed_by revoked_reason issued_for activities",
        harmless="number competences roles activity_minutes",
    ),
    surveys.Survey: _held(harmless="title questions"),
    surveys.SurveyResponse: _held(*_EVALUATION, naming="answers"),
    model_parts.ResearchQuestion: _held(
        *_COOPERATION,
        links="reviewer_id supervisor_id",
        naming="title asked_by background knowledge_needed use_of_result decision_reason",
        harmless="review",
    ),
    model_parts.Candidate: _held(*_LEARNING, links="person_id", about="label motivation remark scores"),
    model_parts.FellowshipPair: _held(*_LEARNING, links="host_id", naming="learning_plan outcome"),
    model_parts.Competence: _held(harmless="area name description evidence"),
    model_parts.Badge: _held(
        *_LEARNING, naming="assessed_by awarded_by", harmless="title description criteria competences"
    ),
    model_parts.BadgeAward: _held(*_LEARNING, links="person_id", about="label evidence", harmless="criteria_met"),
    model_parts.CrisisProtocol: _held(
        *_COOPERATION, links="first_contact_id second_contact_id", naming="phone title kept_at", harmless="covers"
    ),
    model_parts.OwnModel: _held(harmless="code title content"),
}
"""Every kind of record. Purposes are empty where no field can hold personal data."""


def links_to_people(cls: type[Entity]) -> tuple[str, ...]:
    """The fields of a class that refer to a person."""
    return tuple(field.name for field in dataclasses.fields(cls) if field.metadata.get("reference") == "Person")


def is_owned_by_person(cls: type[Entity], link: str) -> bool:
    """Whether a record goes with the person that this field refers to."""
    return bool(cls.__dataclass_fields__[link].metadata.get("owned"))
