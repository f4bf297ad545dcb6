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

from cocivic_desktop.domain.activities import Activity, OccurrenceOverride, OccurrenceReply, Participation
from cocivic_desktop.domain.agreements import (
    Agreement,
    AgreementVersion,
    Attachment,
    Clause,
    Commitment,
    CommunicationRoutine,
    FundingItem,
    Resource,
    Responsibility,
    ReturnedChange,
    ReturnedDocument,
    Signature,
)
from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.goals import (
    Challenge,
    CoachingNote,
    Indicator,
    Measurement,
    SharedGoal,
    Solution,
    TeamMember,
)
from cocivic_desktop.domain.hours import (
    Attendance,
    Certificate,
    HourEntry,
    HourRate,
    HourReport,
    HourTemplate,
    RunningTimer,
    WorkloadCheckIn,
)
from cocivic_desktop.domain.model_parts import (
    Badge,
    BadgeAward,
    Candidate,
    Competence,
    CrisisProtocol,
    FellowshipPair,
    OwnModel,
    ResearchQuestion,
)
from cocivic_desktop.domain.organisations import Consent, Erasure, Organisation, OrganisationFile, Person
from cocivic_desktop.domain.partnerships import (
    Expectation,
    Meeting,
    Note,
    Outreach,
    Overlap,
    Partnership,
    PartnershipMember,
    PartnershipOrganisation,
    ReadinessAnswer,
    Task,
)
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, SchoolYear, Term
from cocivic_desktop.domain.surveys import Survey, SurveyResponse


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
    Organisation: _held(
        *_COOPERATION,
        naming="represented_by decision_makers how_found letterhead remarks mission",
        harmless="name short_name street postal_code city country region zone email phone website legal_form "
        "register_number focus_themes objectives vocational_fields logo",
    ),
    Person: _held(
        *_COOPERATION,
        about="name position email phone languages birth_year class_group hours_per_week active_from active_until "
        "remarks",
    ),
    Consent: _held(
        Purpose.CONSENT,
        Retention.CONSENT_END,
        links="person_id",
        about="guardian given_on withdrawn_on wording_version",
        anonymising_deletes="yes",
    ),
    OrganisationFile: _held(harmless="file_name media_type sha256 content"),
    Erasure: _held(Purpose.ACCOUNTABILITY, Retention.LASTING),
    Partnership: _held(
        *_COOPERATION,
        links="coordinator_id",
        naming="not_now_reason summary title",
        harmless="model hour_categories parts",
    ),
    PartnershipOrganisation: _held(harmless="part"),
    PartnershipMember: _held(*_COOPERATION, links="person_id", about="hours_capacity", harmless="role"),
    ReadinessAnswer: _held(*_EVALUATION, naming="remark", harmless="question"),
    Outreach: _held(*_COOPERATION, links="person_id", naming="outcome"),
    SharedGoal: _held(
        *_COOPERATION,
        links="owner_cso_id owner_school_id",
        naming="statement benefit_cso benefit_school benefit_learners curriculum_link mission_link mission_diversion "
        "agreed_cso_by agreed_school_by",
    ),
    Challenge: _held(
        *_LEARNING,
        links="mentor_id teacher_id",
        naming="title social_need question constraints mission_link learning_objectives curriculum_link",
        harmless="phase_dates",
    ),
    TeamMember: _held(*_LEARNING, links="person_id", about="label"),
    CoachingNote: _held(*_LEARNING, links="author_id", naming="text next_step"),
    Solution: _held(*_EVALUATION, naming="title description adoption"),
    Agreement: _held(*_AGREEMENT, kept="title answers end_reason"),
    Clause: _held(
        *_AGREEMENT, kept="titles texts waive_reason remark", harmless="code topic alternative library_hashes"
    ),
    Indicator: _held(*_EVALUATION, naming="name measured_how", harmless="code unit"),
    Measurement: _held(*_EVALUATION, naming="source"),
    Responsibility: _held(*_AGREEMENT, kept="task area by_when"),
    Commitment: _held(*_AGREEMENT, kept="role remark"),
    CommunicationRoutine: _held(*_AGREEMENT, links="person_cso_id person_school_id", kept="title channel remark"),
    Resource: _held(*_AGREEMENT, kept="title available remark", harmless="quantity"),
    FundingItem: _held(*_AGREEMENT, kept="title source remark", harmless="currency"),
    AgreementVersion: _held(
        *_AGREEMENT, naming="recipient remark", kept="content", harmless="language sha256 second_language"
    ),
    Signature: _held(*_AGREEMENT, kept="name position_held place"),
    Attachment: _held(*_AGREEMENT, kept="file_name content", harmless="media_type sha256"),
    ReturnedDocument: _held(*_AGREEMENT, naming="received_from", kept="file_name content", harmless="sha256"),
    ReturnedChange: _held(*_AGREEMENT, naming="author comment remark", kept="before after", harmless="language"),
    SchoolYear: _held(harmless="label source"),
    Term: _held(harmless="name first_week_letter"),
    LessonTime: _held(),
    CalendarPeriod: _held(harmless="name source_detail external_uid"),
    Activity: _held(
        *_ATTENDANCE,
        naming="title place description materials conflict_note notes_after",
        harmless="zone exported_hash recurrence",
    ),
    OccurrenceOverride: _held(*_ATTENDANCE, naming="reason place conflict_note notes_after"),
    Participation: _held(*_ATTENDANCE, links="person_id", about="reply_remark", harmless="role"),
    OccurrenceReply: _held(*_ATTENDANCE, links="person_id", about="reply_remark"),
    Meeting: _held(*_COOPERATION, naming="agenda participants minutes decisions"),
    Task: _held(*_COOPERATION, links="owner_id", naming="title"),
    Expectation: _held(*_COOPERATION, naming="text resolution"),
    Overlap: _held(*_COOPERATION, naming="common_ground", harmless="theme objective"),
    Note: _held(*_EVALUATION, naming="title text source"),
    HourEntry: _held(*_HOURS, links="person_id", about="remark", harmless="role"),
    Attendance: _held(*_ATTENDANCE, links="person_id", about="minutes"),
    HourTemplate: _held(
        *_HOURS, links="person_id", about="remark", naming="title", harmless="role", anonymising_deletes="yes"
    ),
    RunningTimer: _held(*_HOURS, links="person_id", about="remark", anonymising_deletes="yes"),
    WorkloadCheckIn: _held(*_EVALUATION, links="person_id", about="remark"),
    HourRate: _held(harmless="currency source"),
    HourReport: _held(*_HOURS, naming="title", harmless="rows columns person_kinds"),
    Certificate: _held(
        Purpose.RECOGNITION,
        Retention.FUNDING,
        links="person_id",
        about="holder",
        naming="signed_by revoked_reason issued_for activities",
        harmless="number competences roles activity_minutes",
    ),
    Survey: _held(harmless="title questions"),
    SurveyResponse: _held(*_EVALUATION, naming="answers"),
    ResearchQuestion: _held(
        *_COOPERATION,
        links="reviewer_id supervisor_id",
        naming="title asked_by background knowledge_needed use_of_result decision_reason",
        harmless="review",
    ),
    Candidate: _held(*_LEARNING, links="person_id", about="label motivation remark scores"),
    FellowshipPair: _held(*_LEARNING, links="host_id", naming="learning_plan outcome"),
    Competence: _held(harmless="area name description evidence"),
    Badge: _held(*_LEARNING, naming="assessed_by awarded_by", harmless="title description criteria competences"),
    BadgeAward: _held(*_LEARNING, links="person_id", about="label evidence", harmless="criteria_met"),
    CrisisProtocol: _held(
        *_COOPERATION, links="first_contact_id second_contact_id", naming="phone title kept_at", harmless="covers"
    ),
    OwnModel: _held(harmless="code title content"),
}
"""Every kind of record. Purposes are empty where no field can hold personal data."""


def links_to_people(cls: type[Entity]) -> tuple[str, ...]:
    """The fields of a class that refer to a person."""
    return tuple(field.name for field in dataclasses.fields(cls) if field.metadata.get("reference") == "Person")


def is_owned_by_person(cls: type[Entity], link: str) -> bool:
    """Whether a record goes with the person that this field refers to."""
    return bool(cls.__dataclass_fields__[link].metadata.get("owned"))
