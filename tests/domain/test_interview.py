"""The interview's order, what is known from where, and which clauses an answer decides about."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from cocivic_desktop.domain.agreements import Agreement, Clause
from cocivic_desktop.domain.clause_library import (
    Alternative,
    ClauseLibrary,
    ClauseText,
    LibraryClause,
    Question,
    QuestionType,
)
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.interview import (
    Interview,
    Item,
    Source,
    Standing,
    decided_by,
    question_items,
    source_of,
)

ROOMS = Question(code="rooms", type=QuestionType.TEXT, group="work", placeholder="rooms")
MONEY = Question(code="money", type=QuestionType.BOOL, group="money", fact="money")
COSTS = Question(code="costs", type=QuestionType.CHOICE, group="money", options=("cso", "school"), when=("money",))
ENDS = Question(code="ends_on", type=QuestionType.DATE, group="basics", field="agreement.ends_on")


@pytest.fixture
def partnership() -> Partnership:
    return Partnership(title="Nets", school_id=uuid4(), ends_on=date(2027, 6, 30), student_count=22)


def entry(code: str, **conditions: Any) -> LibraryClause:
    texts = {"en": ClauseText(title=code, text="")}
    return LibraryClause(code=code, topic="funding", kinds=("mou",), texts=texts, **conditions)


def items(*standings: Standing) -> Interview:
    return Interview(tuple(Item(key=str(n), standing=standing) for n, standing in enumerate(standings)))


def test_open_questions_come_in_order_then_those_left_for_later() -> None:
    found = items(Standing.LATER, Standing.OPEN, Standing.ANSWERED, Standing.OPEN)
    order = []
    key = ""
    while (following := found.following(key)) is not None and following.key not in order:
        order.append(following.key)
        key = following.key
    assert order == ["1", "3"]
    later = items(Standing.LATER, Standing.ANSWERED, Standing.LATER)
    assert [one.key for one in (later.following(), later.following("0"), later.following("2")) if one] == [
        "0", "2", "0",
    ]  # fmt: skip
    assert items(Standing.ANSWERED, Standing.LATER).following("1") is None
    assert items(Standing.ANSWERED).following() is None


def test_the_share_counts_answers() -> None:
    found = items(Standing.ANSWERED, Standing.LATER, Standing.OPEN, Standing.ANSWERED)
    assert (found.answered_share, found.count(Standing.LATER)) == (0.5, 1)
    assert Interview(()).answered_share == 1.0


def test_where_an_answer_is_known_from(partnership: Partnership) -> None:
    agreement = Agreement(partnership_id=partnership.id)
    assert source_of(ENDS, agreement, partnership) is Source.PARTNERSHIP
    agreement.ends_on = date(2027, 3, 1)
    assert source_of(ENDS, agreement, partnership) is Source.AGREEMENT
    agreement.answers = {"ends_on": "2027-03-01"}
    assert source_of(ENDS, agreement, partnership) is Source.INTERVIEW
    contact = Question(code="contact_cso", type=QuestionType.PERSON, group="basics", side="cso")
    assert source_of(contact, agreement, partnership) is Source.CONTACT


def test_an_answer_decides_about_what_it_fills_and_what_depends_on_it() -> None:
    school_pays = Alternative(code="s", when=("costs_school",))
    entries = (entry("a", when=("money",)), entry("b", unless=("money",)), entry("c", alternatives=(school_pays,)))
    library = ClauseLibrary(entries)
    made = [Clause(agreement_id=uuid4(), code=code, texts={"en": text}) for code, text in
            (("a", "Pay {budget}"), ("b", "None"), ("c", "In {rooms}"), ("", "Meet in {rooms}"))]  # fmt: skip
    a, b, c, own = (clause.id for clause in made)
    assert decided_by(MONEY, made, library) == (a, b)
    assert decided_by(COSTS, made, library) == (c,)
    assert decided_by(ROOMS, made, library) == (c, own)


def test_only_what_is_asked_or_known_is_an_item(partnership: Partnership) -> None:
    agreement = Agreement(partnership_id=partnership.id, answers={"rooms": "", "costs": "cso"})
    found = question_items(
        (ROOMS, MONEY, COSTS, ENDS),
        [ROOMS, MONEY],
        agreement=agreement,
        partnership=partnership,
        answers={"costs": "cso", "ends_on": "2027-06-30"},
        facts=set(),
        clauses=[],
        library=ClauseLibrary(()),
    )
    assert [(item.key, item.standing) for item in found] == [
        ("rooms", Standing.LATER), ("money", Standing.OPEN), ("ends_on", Standing.ANSWERED),
    ]  # fmt: skip
