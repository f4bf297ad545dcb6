"""Which clauses fit, which questions are open, and what the words become."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocivic_desktop.domain.agreements import Agreement, Clause, ClauseState
from cocivic_desktop.domain.clause_library import (
    Alternative,
    ClauseLibrary,
    LibraryClause,
    Question,
    QuestionText,
    QuestionType,
)
from cocivic_desktop.domain.goals import Challenge, SharedGoal
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.domain.rules.drafting import (
    Run,
    choose_alternative,
    facts,
    is_draft,
    known_answers,
    open_questions,
    placeholder_values,
    resolve,
    resolve_paragraphs,
    select_clauses,
)

ALL_KINDS = ("mou", "charter", "contract")
OURS = Organisation(name="Tools for All", is_ours=True, street="Dock 1", postal_code="24534", city="Neumünster")
SCHOOL = Organisation(name="Vocational School", country="DE")
ANNA = Person(name="Anna Berg", position="Coordinator", organisation_id=OURS.id)
TOM = Person(name="Tom Koch", organisation_id=SCHOOL.id, kind=PersonKind.TEACHER)

STARTS = Question(
    code="starts_on", type=QuestionType.DATE, group="a", placeholder="starts_on", field="agreement.starts_on"
)
NOTICE = Question(
    code="notice_days",
    type=QuestionType.NUMBER,
    group="a",
    placeholder="notice_days",
    field="agreement.notice_days",
    confirm=True,
)
CONTACT = Question(
    code="contact_school", type=QuestionType.PERSON, group="a", placeholder="contact_school", side="school"
)
PHOTOS = Question(code="photos", type=QuestionType.BOOL, group="a", fact="photos", default=True)
TRANSPORT = Question(code="transport", type=QuestionType.BOOL, group="a", fact="transport", default=False)
DRIVER = Question(
    code="driver", type=QuestionType.CHOICE, group="a", options=("school", "cso"), when=("transport",), placeholder="by"
)
STEERING = Question(code="steering", type=QuestionType.NUMBER, group="a", fact="steering_group")
TEXT = Question(code="funder", type=QuestionType.TEXT, group="a", fact="funder", placeholder="funder")
QUESTIONS = (STARTS, NOTICE, CONTACT, PHOTOS, TRANSPORT, DRIVER, STEERING, TEXT)


def partnership(**fields: object) -> Partnership:
    return Partnership(title="Repair café", school_id=SCHOOL.id, **fields)  # type: ignore[arg-type]


def clause(code: str, **fields: object) -> LibraryClause:
    return LibraryClause(code=code, topic=code, **{"kinds": ALL_KINDS, **fields})  # type: ignore[arg-type]


# --- facts ------------------------------------------------------------------------------------------------------------


def test_facts_from_records() -> None:
    mentor = Person(name="M", kind=PersonKind.MENTOR)
    found = facts(
        partnership=partnership(model="science_shop"),
        questions=(),
        answers={},
        goals=[SharedGoal(partnership_id=uuid4())],
        challenges=[Challenge(partnership_id=uuid4(), title="Less waste")],
        people=[mentor, Person(name="", kind=PersonKind.STUDENT)],
        ours=Organisation(name="Green Harbour", country="TR", is_ours=True),
        school=SCHOOL,
    )
    assert found == {
        "minors", "model_science_shop", "country_de", "country_tr", "goals", "challenges", "volunteers",
        "named_learners",
    }  # fmt: skip


def test_archived_records_decide_nothing() -> None:
    found = facts(
        partnership=partnership(minors=False),
        questions=(),
        answers={},
        goals=[SharedGoal(partnership_id=uuid4(), archived=True)],
        challenges=[Challenge(partnership_id=uuid4(), title="x", archived=True)],
        people=[Person(name="V", kind=PersonKind.VOLUNTEER, archived=True)],
    )
    assert found == {"no_minors"}


def test_only_a_person_can_say_that_something_does_not_apply() -> None:
    assumed = facts(partnership=partnership(), questions=QUESTIONS, answers={})
    assert "photos" in assumed
    assert not assumed & {"transport", "no_transport", "no_photos"}
    answered = facts(partnership=partnership(), questions=QUESTIONS, answers={"photos": False, "transport": False})
    assert {"no_photos", "no_transport"} <= answered
    assert "photos" not in answered


@pytest.mark.parametrize(
    ("answers", "expected", "excluded"),
    [
        ({"driver": "cso"}, "driver_cso", "driver_school"),
        ({"steering": 2}, "steering_group", "no_steering_group"),
        ({"steering": 0}, "no_steering_group", "steering_group"),
        ({"funder": "City"}, "funder", "no_funder"),
        ({"funder": "  "}, "no_funder", "funder"),
    ],
)
def test_facts_from_answers(answers: dict[str, str | bool | int], expected: str, excluded: str) -> None:
    found = facts(partnership=partnership(), questions=QUESTIONS, answers=answers)
    assert expected in found
    assert excluded not in found


def test_an_option_that_no_longer_exists_decides_nothing() -> None:
    found = facts(partnership=partnership(), questions=(DRIVER,), answers={"driver": "balloon"})
    assert found == {"minors"}


# --- answers ----------------------------------------------------------------------------------------------------------


def test_records_answer_before_the_interview() -> None:
    ours = partnership(starts_on=date(2026, 9, 1))
    agreement = Agreement(partnership_id=ours.id, answers={"photos": False, "funder": "   "})
    known = known_answers(QUESTIONS, partnership=ours, agreement=agreement)
    assert known == {"starts_on": "2026-09-01", "photos": False}
    agreement.starts_on = date(2026, 10, 1)
    assert known_answers(QUESTIONS, partnership=ours, agreement=agreement)["starts_on"] == "2026-10-01"


def test_a_value_nobody_thought_about_is_asked_for() -> None:
    ours = partnership()
    agreement = Agreement(partnership_id=ours.id, notice_days=14)
    assert "notice_days" not in known_answers(QUESTIONS, partnership=ours, agreement=agreement)
    agreement.answers["notice_days"] = 14
    agreement.notice_days = 21
    assert known_answers(QUESTIONS, partnership=ours, agreement=agreement)["notice_days"] == 21


def test_a_contact_of_the_school_is_known_from_the_partnership() -> None:
    ours = partnership()
    members = [
        PartnershipMember(partnership_id=ours.id, person_id=ANNA.id, is_contact=True),
        PartnershipMember(partnership_id=ours.id, person_id=TOM.id, is_contact=True),
        PartnershipMember(partnership_id=ours.id, person_id=uuid4(), is_contact=True),
    ]
    known = known_answers(
        QUESTIONS,
        partnership=ours,
        agreement=Agreement(partnership_id=ours.id),
        people=[ANNA, TOM],
        members=members,
        ours=OURS,
    )
    assert known["contact_school"] == str(TOM.id)


def test_open_questions_are_needed_unanswered_and_in_order() -> None:
    chosen = [clause("a", asks=("contact_school", "starts_on")), clause("b", asks=("driver",))]
    codes = [question.code for question in open_questions(chosen, {"photos": True}, QUESTIONS)]
    assert codes == ["starts_on", "contact_school", "transport", "steering", "funder"]
    with_transport = open_questions(chosen, {"photos": True, "transport": True}, QUESTIONS, {"transport"})
    assert DRIVER in with_transport
    assert TRANSPORT not in with_transport


# --- choosing clauses -------------------------------------------------------------------------------------------------


def test_clauses_are_chosen_by_kind_and_facts_in_the_librarys_order() -> None:
    library = ClauseLibrary(
        (
            clause("always"),
            clause("contract_only", kinds=("contract",)),
            clause("minors", when=("minors",)),
            clause("both", when=("minors", "photos")),
            clause("unless", unless=("photos",)),
            clause("offered", essential=False),
            clause("called_for", essential=False, when=("minors",)),
        )
    )
    chosen = [entry.clause.code for entry in select_clauses(library, "mou", {"minors"})]
    assert chosen == ["always", "minors", "unless", "called_for"]
    chosen = [entry.clause.code for entry in select_clauses(library, "contract", {"minors", "photos"})]
    assert chosen == ["always", "contract_only", "minors", "both", "called_for"]


def test_the_first_alternative_that_fits_is_taken() -> None:
    entry = clause(
        "costs",
        alternatives=(
            Alternative(code="by_hand"),
            Alternative(code="none", when=("no_money",)),
            Alternative(code="formal", kinds=("contract",)),
            Alternative(code="formal_shared", kinds=("contract",), when=("shared",)),
        ),
    )
    assert choose_alternative(entry, "mou", set()) == ""
    assert choose_alternative(entry, "mou", {"no_money"}) == "none"
    assert choose_alternative(entry, "contract", {"shared"}) == "formal"


# --- words ------------------------------------------------------------------------------------------------------------

ASKED = {"cso_name": "Name of the organisation", "starts_on": "First day"}


def test_placeholders_are_filled_or_asked_for() -> None:
    assert resolve("{cso_name} begins on {starts_on}.", {"cso_name": "Tools for All"}, ASKED) == [
        Run("Tools for All", placeholder="cso_name"),
        Run(" begins on "),
        Run("First day", True, "starts_on"),
        Run("."),
    ]


@pytest.mark.parametrize(
    "text",
    ["{{cso_name}}", "{unknown}", "{", "}", "{}", "{cso_name", "cso_name}", "{Cso_name}", "{cso_name!r}",
     "{cso_name.__class__}", "{0}", "<w:t>&amp;</w:t>", "%s %(cso_name)s", "{ cso_name }"],
)  # fmt: skip
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert resolve(text, {"cso_name": "X"}, ASKED) == [Run(text)]


def test_an_empty_text_has_no_runs_and_blank_lines_no_paragraph() -> None:
    assert resolve("", {}, {}) == []
    assert resolve_paragraphs("One\n\n  \nTwo {cso_name}", {"cso_name": "X"}, ASKED) == [
        [Run("One")],
        [Run("Two "), Run("X", placeholder="cso_name")],
    ]


USER_TEXT = st.text() | st.text(alphabet="{}csona_me<>&% \n")


@given(value=USER_TEXT.filter(bool), before=st.text(alphabet="abc <&>"), after=st.text(alphabet="abc <&>"))
def test_what_a_person_wrote_appears_literally(value: str, before: str, after: str) -> None:
    runs = resolve(f"{before}{{cso_name}}{after}", {"cso_name": value}, ASKED)
    assert "".join(run.text for run in runs) == before + value + after
    assert [run.text for run in runs if run.placeholder] == [value]


@given(text=USER_TEXT)
def test_a_text_of_ones_own_without_known_names_is_unchanged(text: str) -> None:
    runs = resolve(text, {"zz": "filled"}, {"yy": "asked"})
    if "{zz}" not in text and "{yy}" not in text:
        assert "".join(run.text for run in runs) == text
        assert not any(run.missing for run in runs)


@given(
    text=st.text(alphabet="{}abc_ ", max_size=60),
    values=st.dictionaries(st.sampled_from(["a", "b", "ab"]), st.text(max_size=5)),
    asked=st.dictionaries(st.sampled_from(["a", "b", "c"]), st.text(max_size=5)),
)
def test_resolving_never_fails_and_loses_nothing(text: str, values: dict[str, str], asked: dict[str, str]) -> None:
    runs = resolve(text, values, asked)
    assert "".join(f"{{{run.placeholder}}}" if run.placeholder else run.text for run in runs) == text
    assert all(run.missing != bool(values.get(run.placeholder)) for run in runs if run.placeholder)


def test_values_of_placeholders() -> None:
    texts = {"driver": QuestionText(text="?", why="", short="", options={"cso": "the organisation"})}
    values = placeholder_values(
        partnership=partnership(),
        ours=OURS,
        school=SCHOOL,
        questions=QUESTIONS,
        question_texts=texts,
        answers={
            "starts_on": "2026-09-01", "notice_days": 14, "contact_school": str(TOM.id), "photos": True,
            "driver": "cso", "funder": " ",
        },
        people=[ANNA, TOM],
        format_date=lambda day: f"<{day.day}.{day.month}.>",
    )  # fmt: skip
    assert values == {
        "partnership_title": "Repair café",
        "cso_name": "Tools for All",
        "cso_address": "Dock 1, 24534 Neumünster",
        "school_name": "Vocational School",
        "starts_on": "<1.9.>",
        "notice_days": "14",
        "contact_school": "Tom Koch",
        "by": "the organisation",
    }


def test_a_name_or_date_that_is_no_record_is_shown_as_it_was_typed() -> None:
    values = placeholder_values(
        partnership=partnership(),
        ours=None,
        school=None,
        questions=QUESTIONS,
        question_texts={},
        answers={"contact_school": "Ms Yılmaz", "starts_on": "after Easter", "driver": "cso"},
        people=[],
        format_date=str,
    )
    assert values["contact_school"] == "Ms Yılmaz"
    assert values["starts_on"] == "after Easter"
    assert values["by"] == "cso"
    assert "cso_name" not in values


# --- draft mark -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clauses", "draft"),
    [
        ([], True),
        ([(ClauseState.AGREED, True), (ClauseState.WAIVED, True)], False),
        ([(ClauseState.AGREED, True), (ClauseState.UNDER_DISCUSSION, True)], True),
        ([(ClauseState.AGREED, True), (ClauseState.NOT_ADDRESSED, False)], False),
        ([(ClauseState.NOT_ADDRESSED, True)], True),
        ([(ClauseState.AGREED, False)], True),
    ],
)
def test_draft_until_all_is_agreed_or_waived(clauses: list[tuple[ClauseState, bool]], draft: bool) -> None:
    agreement_id = uuid4()
    made = [Clause(agreement_id=agreement_id, state=state, included=included) for state, included in clauses]
    assert is_draft(made) is draft


def test_an_archived_clause_keeps_no_document_a_draft() -> None:
    agreement_id = uuid4()
    agreed = Clause(agreement_id=agreement_id, state=ClauseState.AGREED)
    assert not is_draft([agreed, Clause(agreement_id=agreement_id, archived=True)])
