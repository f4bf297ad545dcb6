"""Agreements against a real workspace: prepared, answered, checked, shared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cocivic_desktop.domain.agreements import (
    Agreement,
    AgreementState,
    Clause,
    ClauseState,
    Responsibility,
    ResponsibilityPart,
)
from cocivic_desktop.domain.errors import BadInput, InvalidField, NotFound
from cocivic_desktop.domain.goals import Indicator, SharedGoal
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.completeness import TopicState
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.library.questions import questions
from cocivic_desktop.services import agreements, clauses, drafts, records, versions
from cocivic_desktop.services.agreement_text import agreement_text
from cocivic_desktop.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "w.cocivic") as workspace:
        yield workspace


@pytest.fixture
def partnership(workspace: Workspace) -> Partnership:
    ours = Organisation(name="Fair Streets", is_ours=True, kind=OrganisationKind.CSO, mission="Streets for all")
    school = Organisation(name="Harbour School", represented_by="Dr Kaya")
    partnership = Partnership(
        title="Safe ways to school", school_id=school.id, starts_on=date(2026, 9, 1), ends_on=date(2027, 7, 2)
    )
    for entity in (ours, school, partnership):
        records.add(workspace, entity)
    return partnership


@pytest.fixture
def agreement(workspace: Workspace, partnership: Partnership) -> Agreement:
    return agreements.prepare(workspace, partnership.id)[0]


def codes(workspace: Workspace, agreement: Agreement) -> list[str]:
    return [clause.code for clause in drafts.draft(workspace, agreement.id).included]


def test_preparing_brings_the_fitting_clauses_in_the_librarys_order(workspace: Workspace, agreement: Agreement) -> None:
    order = [clause.code for clause in clause_library().clauses]
    present = codes(workspace, agreement)
    assert len(present) >= 25
    assert present == sorted(present, key=order.index)
    assert agreement.starts_on == date(2026, 9, 1)


def test_preparing_is_one_step_and_twice_gives_the_same(workspace: Workspace, partnership: Partnership) -> None:
    first, _ = agreements.prepare(workspace, partnership.id)
    again, changes = agreements.prepare(workspace, partnership.id)
    assert again.id == first.id
    assert not changes
    workspace.undo()
    assert agreements.of_partnership(workspace, partnership.id) is None


def test_an_answer_brings_clauses_and_takes_them_away(workspace: Workspace, agreement: Agreement) -> None:
    with_transport = [clause.code for clause in clause_library().clauses if "transport" in clause.when]
    assert with_transport
    assert not set(with_transport) & set(codes(workspace, agreement))
    agreements.answer(workspace, agreement.id, "transport", True)
    assert set(with_transport) <= set(codes(workspace, agreement))
    agreements.answer(workspace, agreement.id, "transport", False)
    assert not set(with_transport) & set(codes(workspace, agreement))


def test_what_a_person_has_agreed_stays(workspace: Workspace, agreement: Agreement) -> None:
    agreements.answer(workspace, agreement.id, "transport", True)
    clause = next(c for c in drafts.draft(workspace, agreement.id).clauses if clause_needs(c, "transport"))
    records.change(workspace, Clause, clause.id, state=ClauseState.AGREED)
    agreements.answer(workspace, agreement.id, "transport", False)
    assert clause.code in codes(workspace, agreement)


def clause_needs(clause: Clause, fact: str) -> bool:
    entry = clause_library().get(clause.code)
    return entry is not None and fact in entry.when


def test_an_answer_chooses_the_wording(workspace: Workspace, agreement: Agreement) -> None:
    def wordings() -> str:
        return " ".join(c.texts["en"] for c in drafts.draft(workspace, agreement.id).included)

    agreements.answer(workspace, agreement.id, "results_owner", "learners")
    before = wordings()
    agreements.answer(workspace, agreement.id, "results_owner", "open")
    assert wordings() != before
    assert "CC BY" in wordings()


def test_answers_reach_records_and_the_text(workspace: Workspace, agreement: Agreement) -> None:
    agreements.answer(workspace, agreement.id, "notice_days", 21)
    agreements.answer(workspace, agreement.id, "class_group", "{{ 2B }} <b>")
    assert records.get(workspace, Agreement, agreement.id).notice_days == 21
    text = agreement_text(drafts.draft(workspace, agreement.id), "en")
    whole = " ".join(run.text for section in text.sections for line in section.paragraphs for run in line)
    assert "{{ 2B }} <b>" in whole
    assert "21" in whole
    assert "Dr Kaya" in whole


def test_an_impossible_date_and_an_unknown_question_are_refused(workspace: Workspace, agreement: Agreement) -> None:
    dated = [q.code for q in questions() if q.field.endswith("_on")]
    for code in dated:
        with pytest.raises(InvalidField):
            agreements.answer(workspace, agreement.id, code, "2026-02-30")
    with pytest.raises(NotFound):
        agreements.answer(workspace, agreement.id, "no_such_question", True)


def test_draft_until_every_clause_is_settled(workspace: Workspace, agreement: Agreement) -> None:
    draft = drafts.draft(workspace, agreement.id)
    assert agreement_text(draft, "de").draft
    with workspace.write("settle") as unit:
        for clause in unit.find(Clause, agreement_id=agreement.id):
            clause.state = ClauseState.WAIVED
            clause.waive_reason = "covered by the school's rules"
    settled = agreement_text(drafts.draft(workspace, agreement.id), "en")
    assert not settled.draft
    assert all("covered by the school's rules" in section.paragraphs[0][0].text for section in settled.sections)


def test_completeness_names_empty_tables_and_left_out_topics(workspace: Workspace, agreement: Agreement) -> None:
    for clause in drafts.draft(workspace, agreement.id).clauses:
        if clause.topic == "insurance":
            records.change(workspace, Clause, clause.id, included=False)
    found = {finding.topic: finding for finding in agreements.completeness(workspace, agreement.id).findings}
    assert found["insurance"].state is TopicState.MISSING
    assert found["responsibilities"].reason == "table_empty"
    records.add(workspace, Responsibility(agreement_id=agreement.id, task="Book the workshop"))
    found = {finding.topic: finding for finding in agreements.completeness(workspace, agreement.id).findings}
    assert found["responsibilities"].reason != "table_empty"


def test_tables_and_goal_annex_carry_the_records(
    workspace: Workspace, agreement: Agreement, partnership: Partnership
) -> None:
    records.add(workspace, Responsibility(agreement_id=agreement.id, task="Book the workshop", by_when="1 Oct"))
    records.add(
        workspace, SharedGoal(partnership_id=partnership.id, statement="Count cars", benefit_school="Maths in use")
    )
    text = agreement_text(drafts.draft(workspace, agreement.id), "de")
    tables = [table for section in text.sections for table in section.tables]
    assert any("Book the workshop" in row for table in tables for row in table.rows)
    assert any("Maths in use" in row for row in text.annexes[0].tables[0].rows)


def test_empty_tables_and_tasks_of_nobody_ask(workspace: Workspace, agreement: Agreement) -> None:
    none = ResponsibilityPart.NONE
    records.add(workspace, Responsibility(agreement_id=agreement.id, task="Bus", cso=none, school=none))
    text = agreement_text(drafts.draft(workspace, agreement.id), "de")
    cells = [cell for section in text.sections for table in section.tables for row in table.rows for cell in row]
    asked = [run.text for cell in cells if not isinstance(cell, str) for run in cell if run.missing]
    assert {"Wer ist verantwortlich", "Zugesagte Zeit jeder Seite"} <= set(asked)
    assert text.draft


def test_targets_are_words_of_the_documents_language(
    workspace: Workspace, agreement: Agreement, partnership: Partnership
) -> None:
    goal = SharedGoal(partnership_id=partnership.id, statement="Count cars")
    records.add(workspace, goal)
    for code, unit, target in (("", "percent", 66.0), ("", "rating", 3.5), ("goals_agreed", "count", 3.0)):
        name = "Shared goals agreed by both sides" if code else unit.title()
        indicator = Indicator(
            partnership_id=partnership.id, goal_id=goal.id, code=code, name=name, unit=unit, target=target
        )
        records.add(workspace, indicator)
    rows = agreement_text(drafts.draft(workspace, agreement.id), "de").annexes[0].tables[0].rows
    lines = next(str(row[1]) for row in rows if row[0] == "Woran wir den Erfolg messen").split("\n")
    assert set(lines) == {
        "Percent: 66 %", "Rating: 3,5 von 5", "Gemeinsame Ziele, denen beide Seiten zugestimmt haben: 3",
    }  # fmt: skip


def test_the_parties_and_a_full_stop_stand_once(workspace: Workspace, agreement: Agreement) -> None:
    agreements.answer(workspace, agreement.id, "activity_scope", "Walks and talks.")
    text = agreement_text(drafts.draft(workspace, agreement.id), "en")
    assert not text.parties
    assert "Fair Streets · Harbour School" in text.subtitle
    lines = ["".join(run.text for run in line) for section in text.sections for line in section.paragraphs]
    assert "The joint work consists of: Walks and talks." in lines


def test_a_shared_version_is_frozen(workspace: Workspace, agreement: Agreement, tmp_path: Path) -> None:
    version, _ = versions.share(workspace, agreement.id, "Dr Kaya")
    agreements.answer(workspace, agreement.id, "class_group", "something else")
    second, _ = versions.share(workspace, agreement.id, "Dr Kaya", "de")
    assert (version.number, second.number, second.language) == (1, 2, "de")
    assert hashlib.sha256(version.content).hexdigest() == version.sha256 != second.sha256
    assert records.get(workspace, Agreement, agreement.id).state is AgreementState.SHARED


def test_export_writes_whole_or_nothing(workspace: Workspace, agreement: Agreement, tmp_path: Path) -> None:
    target = tmp_path / "mou.docx"
    agreements.export(workspace, agreement.id, target, "de", "en")
    before = target.read_bytes()
    assert before.startswith(b"PK")
    with pytest.raises(BadInput):
        agreements.export(workspace, agreement.id, target)
    assert target.read_bytes() == before
    with pytest.raises(BadInput, match="xx"):
        agreements.export(workspace, agreement.id, tmp_path / "x.docx", "xx")
    assert not (tmp_path / "x.docx").exists()


def test_a_clause_that_both_sides_do_without_lacks_no_answers(workspace: Workspace, agreement: Agreement) -> None:
    rooms = next(clause for clause in drafts.draft(workspace, agreement.id).clauses if clause.code == "resources")
    assert drafts.draft(workspace, agreement.id).gaps("en")[rooms.id] == 1
    clauses.set_state(workspace, rooms.id, ClauseState.WAIVED, "Held outside")
    assert drafts.draft(workspace, agreement.id).gaps("en")[rooms.id] == 0
    assert workspace.history()[0].label == "Rooms, equipment and materials"
