"""Words for the values of enumerations, in the language of the screen.

The English word is the source text; translations are in the context "Words" of `resources/i18n`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.activities import ActivityKind, ActivityStatus, ParticipationReply, RecurrenceEnd
from cocivic_desktop.domain.agreements import (
    AgreementKind,
    AgreementState,
    ClauseState,
    CommitmentUnit,
    Decision,
    FollowKind,
    ResourceKind,
    ResponsibilityPart,
    ReturnedKind,
    ReturnedPlace,
    RoutineKind,
    RoutineRhythm,
)
from cocivic_desktop.domain.base import Language, Side
from cocivic_desktop.domain.goals import ChallengePhase, GoalTheme, IndicatorAspect, IndicatorMeans, SolutionKind
from cocivic_desktop.domain.hours import AttendanceState, HourCategory, HourSource, HourState, ReportPeriod
from cocivic_desktop.domain.model_parts import HubPhase, IntakeState, ModelPart, ResearchResult, Selection
from cocivic_desktop.domain.organisations import ConsentPurpose, ErasureKind, FilePurpose, OrganisationKind, PersonKind
from cocivic_desktop.domain.partnerships import (
    ExpectationKind,
    MatchState,
    MeetingKind,
    NoteKind,
    OutreachKind,
    PipelineState,
    ReadinessAnswerValue,
    Stage,
)
from cocivic_desktop.domain.school_years import PeriodKind, PeriodSource
from cocivic_desktop.domain.surveys import SurveyGroup
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP

WORDS: Final[dict[type[StrEnum], dict[str, str]]] = {
    Language: {
        "en": QT_TRANSLATE_NOOP("Words", "English"),
        "de": QT_TRANSLATE_NOOP("Words", "German"),
        "es": QT_TRANSLATE_NOOP("Words", "Spanish"),
        "tr": QT_TRANSLATE_NOOP("Words", "Turkish"),
    },
    Side: {
        "cso": QT_TRANSLATE_NOOP("Words", "our organisation"),
        "school": QT_TRANSLATE_NOOP("Words", "school"),
        "learners": QT_TRANSLATE_NOOP("Words", "learners"),
    },
    Stage: {
        "initiate": QT_TRANSLATE_NOOP("Words", "Initiate"),
        "goals": QT_TRANSLATE_NOOP("Words", "Goals"),
        "agreement": QT_TRANSLATE_NOOP("Words", "Agreement"),
        "calendar": QT_TRANSLATE_NOOP("Words", "Calendar"),
        "hours": QT_TRANSLATE_NOOP("Words", "Hours"),
        "evaluate": QT_TRANSLATE_NOOP("Words", "Evaluate"),
    },
    PipelineState: {
        "idea": QT_TRANSLATE_NOOP("Words", "idea"),
        "contacted": QT_TRANSLATE_NOOP("Words", "contacted"),
        "meeting": QT_TRANSLATE_NOOP("Words", "meeting"),
        "exploring": QT_TRANSLATE_NOOP("Words", "exploring"),
        "agreed": QT_TRANSLATE_NOOP("Words", "agreed"),
        "not_now": QT_TRANSLATE_NOOP("Words", "not now"),
    },
    OrganisationKind: {
        "cso": QT_TRANSLATE_NOOP("Words", "civil society organisation"),
        "vet_provider": QT_TRANSLATE_NOOP("Words", "vocational school"),
        "university": QT_TRANSLATE_NOOP("Words", "university"),
        "other": QT_TRANSLATE_NOOP("Words", "other"),
    },
    PersonKind: {
        "staff": QT_TRANSLATE_NOOP("Words", "staff"),
        "volunteer": QT_TRANSLATE_NOOP("Words", "volunteer"),
        "mentor": QT_TRANSLATE_NOOP("Words", "mentor"),
        "teacher": QT_TRANSLATE_NOOP("Words", "teacher"),
        "leadership": QT_TRANSLATE_NOOP("Words", "school leadership"),
        "student": QT_TRANSLATE_NOOP("Words", "student"),
        "other": QT_TRANSLATE_NOOP("Words", "other"),
    },
    ConsentPurpose: {
        "participation": QT_TRANSLATE_NOOP("Words", "participation"),
        "photos": QT_TRANSLATE_NOOP("Words", "photos"),
        "contact": QT_TRANSLATE_NOOP("Words", "contact data"),
        "certificate": QT_TRANSLATE_NOOP("Words", "certificate"),
    },
    ReadinessAnswerValue: {
        "yes": QT_TRANSLATE_NOOP("Words", "yes"),
        "partly": QT_TRANSLATE_NOOP("Words", "partly"),
        "no": QT_TRANSLATE_NOOP("Words", "no"),
        "unknown": QT_TRANSLATE_NOOP("Words", "not known"),
    },
    OutreachKind: {
        "call": QT_TRANSLATE_NOOP("Words", "call"),
        "email": QT_TRANSLATE_NOOP("Words", "e-mail"),
        "letter": QT_TRANSLATE_NOOP("Words", "letter"),
        "visit": QT_TRANSLATE_NOOP("Words", "visit"),
        "event": QT_TRANSLATE_NOOP("Words", "event"),
    },
    MeetingKind: {
        "exploratory": QT_TRANSLATE_NOOP("Words", "exploratory meeting"),
        "goals": QT_TRANSLATE_NOOP("Words", "goal meeting"),
        "steering": QT_TRANSLATE_NOOP("Words", "steering meeting"),
        "check_in": QT_TRANSLATE_NOOP("Words", "check-in"),
        "feedback": QT_TRANSLATE_NOOP("Words", "feedback dialogue"),
        "other": QT_TRANSLATE_NOOP("Words", "other meeting"),
    },
    FilePurpose: {
        "letterhead": QT_TRANSLATE_NOOP("Words", "letterhead"),
        "logo": QT_TRANSLATE_NOOP("Words", "logo"),
    },
    ExpectationKind: {
        "expects": QT_TRANSLATE_NOOP("Words", "expects"),
        "offers": QT_TRANSLATE_NOOP("Words", "offers"),
    },
    MatchState: {
        "open": QT_TRANSLATE_NOOP("Words", "open"),
        "matched": QT_TRANSLATE_NOOP("Words", "matched"),
        "mismatched": QT_TRANSLATE_NOOP("Words", "mismatch"),
        "resolved": QT_TRANSLATE_NOOP("Words", "resolved"),
    },
    NoteKind: {
        "note": QT_TRANSLATE_NOOP("Words", "note"),
        "lesson_learned": QT_TRANSLATE_NOOP("Words", "lesson learned"),
        "feedback": QT_TRANSLATE_NOOP("Words", "feedback"),
        "media": QT_TRANSLATE_NOOP("Words", "media"),
        "community": QT_TRANSLATE_NOOP("Words", "community"),
    },
    GoalTheme: {
        "employability": QT_TRANSLATE_NOOP("Words", "employability"),
        "citizenship": QT_TRANSLATE_NOOP("Words", "citizenship"),
        "sustainability": QT_TRANSLATE_NOOP("Words", "sustainability"),
        "inclusion": QT_TRANSLATE_NOOP("Words", "inclusion"),
        "digital": QT_TRANSLATE_NOOP("Words", "digital skills"),
        "health": QT_TRANSLATE_NOOP("Words", "health"),
        "culture": QT_TRANSLATE_NOOP("Words", "culture"),
        "other": QT_TRANSLATE_NOOP("Words", "other"),
    },
    IndicatorMeans: {
        "computed": QT_TRANSLATE_NOOP("Words", "computed"),
        "survey": QT_TRANSLATE_NOOP("Words", "survey"),
        "manual": QT_TRANSLATE_NOOP("Words", "entered by hand"),
    },
    IndicatorAspect: {
        "goals": QT_TRANSLATE_NOOP("Words", "clear and shared goals"),
        "efficiency": QT_TRANSLATE_NOOP("Words", "efficient collaboration"),
        "mission": QT_TRANSLATE_NOOP("Words", "social mission and core activities"),
        "capabilities": QT_TRANSLATE_NOOP("Words", "capabilities, networks, sustainability"),
    },
    ChallengePhase: {
        "understand": QT_TRANSLATE_NOOP("Words", "understand"),
        "ideate": QT_TRANSLATE_NOOP("Words", "find ideas"),
        "build": QT_TRANSLATE_NOOP("Words", "build"),
        "show": QT_TRANSLATE_NOOP("Words", "show"),
        "reflect": QT_TRANSLATE_NOOP("Words", "reflect"),
    },
    SolutionKind: {
        "idea": QT_TRANSLATE_NOOP("Words", "idea"),
        "solution": QT_TRANSLATE_NOOP("Words", "solution"),
    },
    ModelPart: {
        "research_intake": QT_TRANSLATE_NOOP("Words", "research questions"),
        "selection": QT_TRANSLATE_NOOP("Words", "selection of participants"),
        "fellowship": QT_TRANSLATE_NOOP("Words", "fellowships"),
        "competences": QT_TRANSLATE_NOOP("Words", "competences"),
        "badges": QT_TRANSLATE_NOOP("Words", "badges"),
        "crisis_protocol": QT_TRANSLATE_NOOP("Words", "crisis protocol"),
    },
    IntakeState: {
        "received": QT_TRANSLATE_NOOP("Words", "received"),
        "in_review": QT_TRANSLATE_NOOP("Words", "in review"),
        "accepted": QT_TRANSLATE_NOOP("Words", "accepted"),
        "referred": QT_TRANSLATE_NOOP("Words", "referred elsewhere"),
        "declined": QT_TRANSLATE_NOOP("Words", "declined"),
    },
    ResearchResult: {
        "report": QT_TRANSLATE_NOOP("Words", "report"),
        "policy_brief": QT_TRANSLATE_NOOP("Words", "policy brief"),
        "presentation": QT_TRANSLATE_NOOP("Words", "presentation"),
        "tool": QT_TRANSLATE_NOOP("Words", "tool"),
        "other": QT_TRANSLATE_NOOP("Words", "other"),
    },
    Selection: {
        "applied": QT_TRANSLATE_NOOP("Words", "applied"),
        "shortlisted": QT_TRANSLATE_NOOP("Words", "shortlisted"),
        "selected": QT_TRANSLATE_NOOP("Words", "selected"),
        "reserve": QT_TRANSLATE_NOOP("Words", "reserve"),
        "not_selected": QT_TRANSLATE_NOOP("Words", "not selected"),
        "withdrawn": QT_TRANSLATE_NOOP("Words", "withdrawn"),
    },
    HubPhase: {
        "creative": QT_TRANSLATE_NOOP("Words", "creative phase"),
        "testing": QT_TRANSLATE_NOOP("Words", "testing phase"),
        "up_scaling": QT_TRANSLATE_NOOP("Words", "up-scaling phase"),
    },
    AgreementKind: {
        "mou": QT_TRANSLATE_NOOP("Words", "memorandum of understanding"),
        "charter": QT_TRANSLATE_NOOP("Words", "project charter"),
        "contract": QT_TRANSLATE_NOOP("Words", "partnership contract"),
    },
    AgreementState: {
        "draft": QT_TRANSLATE_NOOP("Words", "draft"),
        "shared": QT_TRANSLATE_NOOP("Words", "shared"),
        "agreed": QT_TRANSLATE_NOOP("Words", "agreed"),
        "signed": QT_TRANSLATE_NOOP("Words", "signed"),
        "amended": QT_TRANSLATE_NOOP("Words", "amended"),
        "ended": QT_TRANSLATE_NOOP("Words", "ended"),
    },
    ClauseState: {
        "not_addressed": QT_TRANSLATE_NOOP("Words", "open"),
        "under_discussion": QT_TRANSLATE_NOOP("Words", "in discussion"),
        "agreed": QT_TRANSLATE_NOOP("Words", "agreed"),
        "waived": QT_TRANSLATE_NOOP("Words", "waived"),
    },
    FollowKind: {
        "amendment": QT_TRANSLATE_NOOP("Words", "amendment"),
        "renewal": QT_TRANSLATE_NOOP("Words", "renewal"),
    },
    ReturnedPlace: {
        "clause": QT_TRANSLATE_NOOP("Words", "clause"),
        "table": QT_TRANSLATE_NOOP("Words", "table or annex"),
        "signatures": QT_TRANSLATE_NOOP("Words", "parties and signatures"),
        "header": QT_TRANSLATE_NOOP("Words", "head, foot or notice"),
        "unmapped": QT_TRANSLATE_NOOP("Words", "belongs to no clause"),
    },
    ReturnedKind: {
        "replaced": QT_TRANSLATE_NOOP("Words", "reworded"),
        "inserted": QT_TRANSLATE_NOOP("Words", "added"),
        "deleted": QT_TRANSLATE_NOOP("Words", "taken out"),
        "moved": QT_TRANSLATE_NOOP("Words", "moved"),
        "retitled": QT_TRANSLATE_NOOP("Words", "new heading"),
        "commented": QT_TRANSLATE_NOOP("Words", "comment"),
    },
    Decision: {
        "open": QT_TRANSLATE_NOOP("Words", "open"),
        "taken": QT_TRANSLATE_NOOP("Words", "taken"),
        "refused": QT_TRANSLATE_NOOP("Words", "refused"),
    },
    ResponsibilityPart: {
        "leads": QT_TRANSLATE_NOOP("Words", "leads"),
        "supports": QT_TRANSLATE_NOOP("Words", "supports"),
        "informed": QT_TRANSLATE_NOOP("Words", "is informed"),
        "none": QT_TRANSLATE_NOOP("Words", "no part"),
    },
    RoutineKind: {
        "steering": QT_TRANSLATE_NOOP("Words", "steering group meeting"),
        "check_in": QT_TRANSLATE_NOOP("Words", "check-in"),
        "report": QT_TRANSLATE_NOOP("Words", "report"),
        "review": QT_TRANSLATE_NOOP("Words", "joint review"),
        "other": QT_TRANSLATE_NOOP("Words", "other"),
    },
    RoutineRhythm: {
        "weekly": QT_TRANSLATE_NOOP("Words", "each teaching week"),
        "fortnightly": QT_TRANSLATE_NOOP("Words", "every two teaching weeks"),
        "monthly": QT_TRANSLATE_NOOP("Words", "each month"),
        "per_term": QT_TRANSLATE_NOOP("Words", "each term"),
        "per_year": QT_TRANSLATE_NOOP("Words", "each year"),
        "once": QT_TRANSLATE_NOOP("Words", "in all"),
    },
    ResourceKind: {
        "room": QT_TRANSLATE_NOOP("Words", "room"),
        "equipment": QT_TRANSLATE_NOOP("Words", "equipment"),
        "material": QT_TRANSLATE_NOOP("Words", "material"),
        "transport": QT_TRANSLATE_NOOP("Words", "transport"),
        "other": QT_TRANSLATE_NOOP("Words", "other"),
    },
    CommitmentUnit: {
        "total": QT_TRANSLATE_NOOP("Words", "in total"),
        "per_teaching_week": QT_TRANSLATE_NOOP("Words", "per teaching week"),
        "per_month": QT_TRANSLATE_NOOP("Words", "per month"),
        "per_session": QT_TRANSLATE_NOOP("Words", "per session"),
    },
    HourSource: {
        "typed": QT_TRANSLATE_NOOP("Words", "typed in"),
        "grid": QT_TRANSLATE_NOOP("Words", "week grid"),
        "attendance": QT_TRANSLATE_NOOP("Words", "attendance"),
        "timer": QT_TRANSLATE_NOOP("Words", "timer"),
        "plan": QT_TRANSLATE_NOOP("Words", "took place as planned"),
        "paper": QT_TRANSLATE_NOOP("Words", "paper"),
        "imported": QT_TRANSLATE_NOOP("Words", "table file"),
    },
    ReportPeriod: {
        "partnership": QT_TRANSLATE_NOOP("Words", "whole partnership"),
        "school_year": QT_TRANSLATE_NOOP("Words", "school year"),
        "term": QT_TRANSLATE_NOOP("Words", "term"),
        "calendar_year": QT_TRANSLATE_NOOP("Words", "calendar year"),
        "funding": QT_TRANSLATE_NOOP("Words", "the funder's period"),
    },
    ErasureKind: {
        "anonymised": QT_TRANSLATE_NOOP("Words", "made anonymous"),
        "erased": QT_TRANSLATE_NOOP("Words", "erased"),
    },
    PeriodKind: {
        "holiday": QT_TRANSLATE_NOOP("Words", "holiday"),
        "public_holiday": QT_TRANSLATE_NOOP("Words", "public holiday"),
        "assessment": QT_TRANSLATE_NOOP("Words", "assessment"),
        "accreditation_deadline": QT_TRANSLATE_NOOP("Words", "accreditation deadline"),
        "blocked": QT_TRANSLATE_NOOP("Words", "blocked"),
    },
    PeriodSource: {
        "manual": QT_TRANSLATE_NOOP("Words", "typed in"),
        "ics": QT_TRANSLATE_NOOP("Words", "calendar file"),
        "csv": QT_TRANSLATE_NOOP("Words", "table file"),
        "offline": QT_TRANSLATE_NOOP("Words", "known public holidays"),
    },
    ActivityKind: {
        "workshop": QT_TRANSLATE_NOOP("Words", "workshop"),
        "session": QT_TRANSLATE_NOOP("Words", "project session"),
        "meeting": QT_TRANSLATE_NOOP("Words", "meeting"),
        "visit": QT_TRANSLATE_NOOP("Words", "visit"),
        "event": QT_TRANSLATE_NOOP("Words", "event"),
        "deadline": QT_TRANSLATE_NOOP("Words", "deadline"),
    },
    ActivityStatus: {
        "tentative": QT_TRANSLATE_NOOP("Words", "tentative"),
        "confirmed": QT_TRANSLATE_NOOP("Words", "confirmed"),
        "done": QT_TRANSLATE_NOOP("Words", "done"),
        "cancelled": QT_TRANSLATE_NOOP("Words", "cancelled"),
    },
    RecurrenceEnd: {
        "on_date": QT_TRANSLATE_NOOP("Words", "on a date"),
        "after_count": QT_TRANSLATE_NOOP("Words", "after a number of times"),
        "end_of_term": QT_TRANSLATE_NOOP("Words", "at the end of the term"),
        "before_assessment": QT_TRANSLATE_NOOP("Words", "before the assessments"),
    },
    ParticipationReply: {
        "none": QT_TRANSLATE_NOOP("Words", "no reply"),
        "accepted": QT_TRANSLATE_NOOP("Words", "accepted"),
        "declined": QT_TRANSLATE_NOOP("Words", "declined"),
        "tentative": QT_TRANSLATE_NOOP("Words", "perhaps"),
    },
    HourCategory: {
        "preparation": QT_TRANSLATE_NOOP("Words", "preparation"),
        "delivery": QT_TRANSLATE_NOOP("Words", "delivery"),
        "mentoring": QT_TRANSLATE_NOOP("Words", "mentoring"),
        "administration": QT_TRANSLATE_NOOP("Words", "administration"),
        "travel": QT_TRANSLATE_NOOP("Words", "travel"),
    },
    HourState: {
        "logged": QT_TRANSLATE_NOOP("Words", "logged"),
        "confirmed": QT_TRANSLATE_NOOP("Words", "confirmed"),
    },
    AttendanceState: {
        "present": QT_TRANSLATE_NOOP("Words", "present"),
        "absent": QT_TRANSLATE_NOOP("Words", "absent"),
        "excused": QT_TRANSLATE_NOOP("Words", "excused"),
    },
    SurveyGroup: {
        "staff": QT_TRANSLATE_NOOP("Words", "staff"),
        "mentors": QT_TRANSLATE_NOOP("Words", "mentors"),
        "teachers": QT_TRANSLATE_NOOP("Words", "teachers"),
        "students": QT_TRANSLATE_NOOP("Words", "students"),
        "management": QT_TRANSLATE_NOOP("Words", "management"),
    },
}


def word(value: StrEnum) -> str:
    """The word for a value, as it stands inside a sentence or a chip: "in discussion"."""
    return QCoreApplication.translate("Words", WORDS[type(value)][value.value])


def capital(text: str) -> str:
    """The text with a capital first letter, for the start of a line."""
    return text[:1].upper() + text[1:]


def choice_word(value: StrEnum) -> str:
    """The word for a value as it stands in a list of choices: "In discussion"."""
    return capital(word(value))


TONES: Final[dict[type[StrEnum], dict[str, str]]] = {
    PipelineState: {"agreed": "good", "not_now": "neutral", "exploring": "accent", "meeting": "accent"},
    MatchState: {"matched": "good", "resolved": "good", "mismatched": "bad"},
    ReadinessAnswerValue: {"yes": "good", "partly": "warning", "no": "bad"},
    ClauseState: {"agreed": "good", "not_addressed": "bad"},
    AgreementState: {"agreed": "good", "signed": "good", "shared": "accent"},
    ActivityStatus: {"confirmed": "good", "done": "accent"},
    HourState: {"confirmed": "good"},
    SolutionKind: {"solution": "accent"},
    IntakeState: {"in_review": "accent", "accepted": "good", "declined": "bad"},
    Selection: {"shortlisted": "accent", "selected": "good", "reserve": "warning"},
    AttendanceState: {"present": "good", "absent": "bad", "excused": "warning"},
    PeriodKind: {"holiday": "holiday", "public_holiday": "holiday", "blocked": "bad", "assessment": "assessment",
                 "accreditation_deadline": "warning"},
    ParticipationReply: {"accepted": "good", "declined": "bad", "tentative": "warning"},
}  # fmt: skip


def tone(value: StrEnum) -> str:
    """How a state feels, always shown with its word: "good", "warning", "bad", "accent", "holiday", … or "neutral"."""
    return TONES.get(type(value), {}).get(value.value, "neutral")
