"""Versions and the negotiation round trip, with real documents: shared, edited, read, decided, compared, signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from cocivic_desktop.documents.wml import name
from cocivic_desktop.domain.agreements import (
    Agreement,
    AgreementState,
    Clause,
    ClauseState,
    Commitment,
    Decision,
    FollowKind,
    ReturnedChange,
    ReturnedDocument,
    ReturnedKind,
    ReturnedPlace,
    Signature,
)
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.errors import BadInput, NotFound
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.agreement_days import signing_problem
from cocivic_desktop.domain.rules.clause_compare import ClauseKind
from cocivic_desktop.domain.rules.drafting import Run, blank
from cocivic_desktop.domain.rules.taking import retaken, shown
from cocivic_desktop.domain.rules.text_compare import compare_words
from cocivic_desktop.library.questions import placeholder_questions
from cocivic_desktop.services import agreements, drafts, negotiation, records, versions
from tests.documents.editing import AUTHOR, Returned, as_google

if TYPE_CHECKING:
    from pathlib import Path

    from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 9, 14)


@pytest.fixture
def agreement(workspace: Workspace) -> Agreement:
    ours = Organisation(name="Fair Streets", is_ours=True, kind=OrganisationKind.CSO, mission="Streets for all")
    school = Organisation(name="Harbour School", represented_by="Dr Kaya")
    partnership = Partnership(
        title="Safe ways", school_id=school.id, starts_on=date(2026, 9, 1), ends_on=date(2027, 6, 30)
    )
    for entity in (ours, school, partnership):
        records.add(workspace, entity)
    return agreements.prepare(workspace, partnership.id)[0]


def clause_of(workspace: Workspace, agreement: Agreement, code: str) -> Clause:
    found = records.find(workspace, Clause, agreement_id=agreement.id, code=code)
    assert len(found) == 1
    return found[0]


def lines_of(workspace: Workspace, agreement: Agreement, code: str) -> list[str]:
    draft = drafts.draft(workspace, agreement.id)
    clause = next(one for one in draft.clauses if one.code == code)
    return [shown(line) for line in draft.paragraphs(clause, "en")]


def came_back(workspace: Workspace, agreement: Agreement, path: Path) -> list[ReturnedChange]:
    reading = negotiation.read(workspace, agreement.id, path)
    document_id, _ = negotiation.keep(workspace, reading, "Dr Kaya", TODAY)
    return negotiation.changes_of(workspace, document_id)


def test_placeholders_survive_a_change_beside_them() -> None:
    runs = [
        Run("The school "),
        Run("Harbour School", placeholder="school"),
        Run(" gives "),
        Run("rooms?", True, "rooms"),
    ]
    before = shown(runs)
    assert before == "The school Harbour School gives [rooms?]"
    after = "The school Harbour School gladly gives [rooms?]"
    assert retaken(runs, compare_words(before, after)) == "The school {school} gladly gives {rooms}"
    filled = "The school Harbour School gives the cellar"
    assert retaken(runs, compare_words(before, filled)) == "The school {school} gives the cellar"
    renamed = "The school Harbour Academy gives [rooms?]"
    assert retaken(runs, compare_words(before, renamed)) == "The school Harbour Academy gives {rooms}"
    with pytest.raises(ValueError, match="not of this paragraph"):
        retaken(runs, compare_words("Something else", after))


def test_a_change_beside_a_blank_is_taken(workspace: Workspace, agreement: Agreement, tmp_path: Path) -> None:
    version, _ = versions.share(workspace, agreement.id, "Dr Kaya")
    line = next(one for one in lines_of(workspace, agreement, "scheduling") if "?]" in one)
    assert "{notice_days}" in clause_of(workspace, agreement, "scheduling").texts["en"]
    file = Returned(version.content)
    file.replace(line[:12], line.split()[0], "All new")
    path = tmp_path / "back.docx"
    path.write_bytes(file.bytes())
    changes = came_back(workspace, agreement, path)
    negotiation.decide(workspace, [one.id for one in changes], Decision.TAKEN, TODAY)
    text = clause_of(workspace, agreement, "scheduling").texts["en"]
    assert text.startswith("All new")
    assert "{notice_days}" in text


def fill_in(file: Returned, words: dict[str, str]) -> None:
    """Write other words into the blanks of a document."""
    for text in list(file.root.iter(name("t"))):
        for asked, answer in words.items():
            text.text = (text.text or "").replace(asked, answer)


def test_what_is_written_into_blanks_answers_the_questions(
    workspace: Workspace, agreement: Agreement, tmp_path: Path
) -> None:
    version, _ = versions.share(workspace, agreement.id, "Dr Kaya", "en", "de")
    texts = {clause.id: clause.texts for clause in drafts.draft(workspace, agreement.id).clauses}
    blanks = placeholder_questions("en")
    file = Returned(version.content)
    fill_in(file, {
        blank(blanks["class_group"]): "10b, metalwork",
        blank(placeholder_questions("de")["class_group"]): "10b, metalwork",
        blank(blanks["student_count"]): "about 20",
        blank(blanks["school_address"]): "Hafenstraße 3, 24105 Kiel",
    })  # fmt: skip
    path = tmp_path / "back.docx"
    path.write_bytes(file.bytes())
    changes = came_back(workspace, agreement, path)
    assert all(map(negotiation.fills_blank, changes))
    assert not negotiation.fills_blank(replace(changes[0], after=f"And {changes[0].before}"))
    negotiation.decide(workspace, [one.id for one in changes], Decision.TAKEN, TODAY)
    after = drafts.draft(workspace, agreement.id)
    assert after.values("en")["class_group"] == after.values("de")["class_group"] == "10b, metalwork"
    assert "class_group" not in {question.code for question in after.open_questions()}
    assert (after.school.street, after.school.postal_code, after.school.city) == ("Hafenstraße 3", "24105", "Kiel")
    reworded = [clause for clause in after.clauses if texts[clause.id] != clause.texts]
    assert "student_count" not in after.values("en")  # no number, so these words went into the clause
    assert all("about 20" in clause.texts["en"] and "{student_count}" not in clause.texts["en"] for clause in reworded)
    assert all(clause.texts["de"] == texts[clause.id]["de"] for clause in reworded)
    assert len(reworded) == 1
    workspace.undo()
    assert "class_group" not in drafts.draft(workspace, agreement.id).values("en")


def test_a_tracked_change_is_read_kept_and_taken(workspace: Workspace, agreement: Agreement, tmp_path: Path) -> None:
    version, _ = versions.share(workspace, agreement.id, "Dr Kaya")
    first = lines_of(workspace, agreement, "scheduling")[1]
    word = first.split()[1]
    file = Returned(version.content)
    file.comment(first[:25], word, "We always do.")
    file.replace_tracked(first[:25], word, f"{word} always")
    path = tmp_path / "back.docx"
    path.write_bytes(file.bytes())
    before = workspace.history()
    reading = negotiation.read(workspace, agreement.id, path)
    assert workspace.history() == before, "reading changes nothing"
    assert reading.version.number == 1
    changes = came_back(workspace, agreement, path)
    assert [(one.kind, one.author) for one in changes] == [
        (ReturnedKind.REPLACED, AUTHOR),
        (ReturnedKind.COMMENTED, AUTHOR),
    ]
    assert changes[1].comment == "We always do."
    text = clause_of(workspace, agreement, "scheduling").texts["en"]
    assert "{" in text, "the clause has placeholders"
    negotiation.decide(workspace, [changes[0].id], Decision.TAKEN, TODAY)
    clause = clause_of(workspace, agreement, "scheduling")
    assert f"{word} always" in clause.texts["en"]
    assert clause.texts["en"].count("{") == text.count("{"), "placeholders stay"
    assert clause.state is ClauseState.UNDER_DISCUSSION
    stored = records.get(workspace, ReturnedChange, changes[0].id)
    assert (stored.decision, stored.decided_on) == (Decision.TAKEN, TODAY)
    with pytest.raises(BadInput, match="in the text already"):
        negotiation.decide(workspace, [changes[0].id], Decision.REFUSED, TODAY)
    workspace.undo()
    assert clause_of(workspace, agreement, "scheduling").texts["en"] == text
    negotiation.decide(workspace, [changes[0].id], Decision.REFUSED, TODAY, "Seldom is enough")
    assert clause_of(workspace, agreement, "scheduling").texts["en"] == text
    assert records.get(workspace, ReturnedChange, changes[0].id).remark == "Seldom is enough"


def test_many_changes_of_one_clause_are_taken_at_once(
    workspace: Workspace, agreement: Agreement, tmp_path: Path
) -> None:
    version, _ = versions.share(workspace, agreement.id, "Dr Kaya")
    lines = lines_of(workspace, agreement, "scheduling")
    file = Returned(version.content)
    file.insert(lines[0][:30], "The caretaker has the key.")
    file.delete(lines[2][:30])
    file.replace(lines[1][:25], lines[1].split()[2], "surely")
    path = tmp_path / "back.docx"
    path.write_bytes(as_google(file.bytes()))
    changes = [one for one in came_back(workspace, agreement, path) if one.place is ReturnedPlace.CLAUSE]
    assert {one.kind for one in changes} == {ReturnedKind.INSERTED, ReturnedKind.DELETED, ReturnedKind.REPLACED}
    negotiation.decide(workspace, [one.id for one in changes], Decision.TAKEN, TODAY)
    now = lines_of(workspace, agreement, "scheduling")
    assert now == [
        lines[0],
        "The caretaker has the key.",
        lines[1].replace(lines[1].split()[2], "surely", 1),
        *lines[3:],
    ]
    workspace.undo()
    assert lines_of(workspace, agreement, "scheduling") == lines


def test_a_change_that_no_longer_fits_is_refused_whole(
    workspace: Workspace, agreement: Agreement, tmp_path: Path
) -> None:
    version, _ = versions.share(workspace, agreement.id, "Dr Kaya")
    lines = lines_of(workspace, agreement, "scheduling")
    file = Returned(version.content)
    file.replace(lines[0][:25], lines[0].split()[1], "surely")
    path = tmp_path / "back.docx"
    path.write_bytes(file.bytes())
    changes = came_back(workspace, agreement, path)
    clause = clause_of(workspace, agreement, "scheduling")
    records.change(workspace, Clause, clause.id, texts={**clause.texts, "en": "All is new here."})
    with pytest.raises(BadInput, match="changed here since"):
        negotiation.decide(workspace, [one.id for one in changes], Decision.TAKEN, TODAY)
    assert clause_of(workspace, agreement, "scheduling").texts["en"] == "All is new here."
    assert {one.decision for one in negotiation.changes_of(workspace, changes[0].returned_document_id)} == {
        Decision.OPEN
    }


def test_an_added_clause_becomes_ours(workspace: Workspace, agreement: Agreement, tmp_path: Path) -> None:
    version, _ = versions.share(workspace, agreement.id, "Dr Kaya")
    last = lines_of(workspace, agreement, "scheduling")[-1]
    file = Returned(version.content)
    file.insert(last[:30], "Bicycles", style="ClauseHeading")
    file.insert("Bicycles", "Bicycles stand in the yard.", style="ClauseText")
    path = tmp_path / "back.docx"
    path.write_bytes(file.bytes())
    changes = came_back(workspace, agreement, path)
    added = next(one for one in changes if one.kind is ReturnedKind.INSERTED)
    assert added.after == "Bicycles\nBicycles stand in the yard."
    negotiation.decide(workspace, [added.id], Decision.TAKEN, TODAY)
    own = next(one for one in records.find(workspace, Clause, agreement_id=agreement.id) if not one.code)
    assert (own.titles, own.texts) == ({"en": "Bicycles"}, {"en": "Bicycles stand in the yard."})


def test_the_same_file_is_kept_once_and_byte_for_byte(
    workspace: Workspace, agreement: Agreement, tmp_path: Path
) -> None:
    version, _ = versions.share(workspace, agreement.id, "Dr Kaya")
    path = tmp_path / "back.docx"
    path.write_bytes(version.content)
    reading = negotiation.read(workspace, agreement.id, path)
    assert not reading.returned.changed
    assert reading.changes == ()
    first, _ = negotiation.keep(workspace, reading, "", TODAY)
    again, _ = negotiation.keep(workspace, reading, "", TODAY)
    assert first == again
    assert [one.content for one in records.find(workspace, ReturnedDocument)] == [version.content]


def test_what_is_no_returned_agreement_is_refused(workspace: Workspace, agreement: Agreement, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(BadInput, match="No version of this agreement was shared"):
        negotiation.read(workspace, agreement.id, path)
    versions.share(workspace, agreement.id, "Dr Kaya")
    with pytest.raises(BadInput, match=r"something else \(pdf\)"):
        negotiation.read(workspace, agreement.id, path)
    with pytest.raises(BadInput, match="cannot be read"):
        negotiation.read(workspace, agreement.id, tmp_path / "absent.docx")
    partnership = Partnership(
        title="Another", school_id=records.get(workspace, Partnership, agreement.partnership_id).school_id
    )
    records.add(workspace, partnership)
    other = agreements.prepare(workspace, partnership.id)[0]
    path.write_bytes(versions.share(workspace, other.id, "X")[0].content)
    with pytest.raises(BadInput, match="another"):
        negotiation.read(workspace, agreement.id, path)
    assert records.find(workspace, ReturnedDocument) == []


def test_an_older_version_is_compared_with_the_one_it_answers(
    workspace: Workspace, agreement: Agreement, tmp_path: Path
) -> None:
    first, _ = versions.share(workspace, agreement.id, "Dr Kaya")
    clause = clause_of(workspace, agreement, "scheduling")
    records.change(workspace, Clause, clause.id, texts={**clause.texts, "en": f"New first.\n{clause.texts['en']}"})
    versions.share(workspace, agreement.id, "Dr Kaya")
    path = tmp_path / "late.docx"
    path.write_bytes(first.content)
    reading = negotiation.read(workspace, agreement.id, path)
    assert reading.version.number == 1
    assert reading.changes == ()


def test_versions_are_compared_word_by_word_and_as_redline(
    workspace: Workspace, agreement: Agreement, tmp_path: Path
) -> None:
    versions.share(workspace, agreement.id, "Dr Kaya")
    clause = clause_of(workspace, agreement, "scheduling")
    text = clause.texts["en"].splitlines()
    text[-1] += " Nothing else is needed."
    records.change(workspace, Clause, clause.id, texts={**clause.texts, "en": "\n".join(text)})
    changed = [one for one in versions.compare(workspace, agreement.id, 1) if one.kind is not ClauseKind.UNCHANGED]
    assert [one.id for one in changed] == [clause.id]
    pair = changed[0].paragraphs["en"][-1]
    assert [run.text for run in pair.runs if run.kind == "inserted"] == [" Nothing else is needed."]
    versions.share(workspace, agreement.id, "Dr Kaya")
    assert [one.id for one in versions.compare(workspace, agreement.id, 1, 2) if one.kind is ClauseKind.CHANGED] == [
        clause.id
    ]
    path = versions.redline(workspace, agreement.id, 1, None, tmp_path / "red.docx")
    assert b"w:ins " in Returned(path.read_bytes()).parts["word/document.xml"]
    with pytest.raises(NotFound, match="Shared versions: 1, 2"):
        versions.compare(workspace, agreement.id, 7)


def settle(workspace: Workspace, agreement: Agreement) -> None:
    for clause in records.find(workspace, Clause, agreement_id=agreement.id):
        records.change(workspace, Clause, clause.id, state=ClauseState.AGREED)


def test_signing_needs_settled_clauses_and_freezes_the_text(workspace: Workspace, agreement: Agreement) -> None:
    records.add(workspace, Signature(agreement_id=agreement.id, side=Side.CSO, name="Ada"))
    with pytest.raises(BadInput, match="neither agreed nor waived"):
        versions.sign(workspace, agreement.id, TODAY)
    settle(workspace, agreement)
    version, _ = versions.sign(workspace, agreement.id, TODAY)
    assert (version.number, version.state) == (1, AgreementState.SIGNED)
    assert records.get(workspace, Agreement, agreement.id).state is AgreementState.SIGNED
    assert {one.signed_on for one in records.find(workspace, Signature, agreement_id=agreement.id)} == {TODAY}


def test_an_amendment_copies_all_and_takes_the_place_when_signed(workspace: Workspace, agreement: Agreement) -> None:
    with pytest.raises(BadInput, match="not signed yet"):
        versions.follow(workspace, agreement.id, FollowKind.AMENDMENT)
    clause = clause_of(workspace, agreement, "time_commitments")
    promise = Commitment(agreement_id=agreement.id, role="Mentor", minutes=60, clause_id=clause.id)
    records.add(workspace, promise)
    records.add(workspace, Signature(agreement_id=agreement.id, side=Side.CSO, name="Ada"))
    settle(workspace, agreement)
    versions.sign(workspace, agreement.id, TODAY)
    new, _ = versions.follow(workspace, agreement.id, FollowKind.AMENDMENT)
    assert (new.state, new.follows_id, new.follows_as) == (AgreementState.DRAFT, agreement.id, FollowKind.AMENDMENT)
    copied = records.find(workspace, Commitment, agreement_id=new.id)
    assert [(one.role, one.minutes) for one in copied] == [("Mentor", 60)]
    assert copied[0].clause_id == clause_of(workspace, new, "time_commitments").id != clause.id
    copied_places = records.find(workspace, Signature, agreement_id=new.id)
    assert [(one.name, one.signed_on) for one in copied_places if one.name == "Ada"] == [("Ada", None)]
    assert {one.signed_on for one in copied_places} == {None}
    versions.sign(workspace, new.id, TODAY)
    assert records.get(workspace, Agreement, agreement.id).state is AgreementState.AMENDED


def test_a_renewal_runs_the_same_time_after_the_end(workspace: Workspace, agreement: Agreement) -> None:
    settle(workspace, agreement)
    versions.sign(workspace, agreement.id, TODAY)
    new, _ = versions.follow(workspace, agreement.id, FollowKind.RENEWAL)
    old = records.get(workspace, Agreement, agreement.id)
    assert old.ends_on == date(2027, 6, 30)
    assert new.starts_on == date(2027, 7, 1)
    assert new.ends_on is not None
    assert old.starts_on is not None
    assert new.ends_on - new.starts_on == old.ends_on - old.starts_on


def test_the_day_of_signing_is_over_and_not_before_the_text_went_out() -> None:
    today, day = TODAY, timedelta(days=1)
    assert signing_problem(today, today, None) == ""
    assert "still to come" in signing_problem(today + day, today, None)
    assert f"first time on {today - day}" in signing_problem(today - 2 * day, today, today - day)
    assert signing_problem(today - day, today, today - day) == ""
    assert signing_problem(today, today, today + day) == "", "a clock that runs ahead stops nobody"


def test_an_agreement_ends_after_it_was_signed(workspace: Workspace, agreement: Agreement) -> None:
    settle(workspace, agreement)
    records.add(workspace, Signature(agreement_id=agreement.id, side=Side.CSO, name="Ada"))
    versions.sign(workspace, agreement.id, TODAY)
    with pytest.raises(BadInput, match="was signed on"):
        versions.end(workspace, agreement.id, TODAY - timedelta(days=1), "moved away")


def test_ending_needs_a_reason(workspace: Workspace, agreement: Agreement) -> None:
    with pytest.raises(BadInput, match="Say why"):
        versions.end(workspace, agreement.id, TODAY, " ")
    with pytest.raises(BadInput, match="cannot end before"):
        versions.end(workspace, agreement.id, date(2026, 1, 1), "moved away")
    with pytest.raises(BadInput, match="still to come"):
        versions.end(workspace, agreement.id, TODAY + timedelta(days=1), "moved away", today=TODAY)
    versions.end(workspace, agreement.id, TODAY, "The course was closed.", today=TODAY)
    stored = records.get(workspace, Agreement, agreement.id)
    assert (stored.state, stored.ends_on, stored.end_reason) == (AgreementState.ENDED, TODAY, "The course was closed.")
