"""Clauses of an agreement driven as a person drives them: states, order, words, the library's newer wording, kinds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from cocivic_desktop.domain.agreements import Agreement, AgreementKind, AgreementState, Clause, ClauseState, FollowKind
from cocivic_desktop.domain.clause_library import ClauseLibrary
from cocivic_desktop.library import clauses as library_file
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.services import agreements, drafts, records
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.models.record_table import Chip
from cocivic_desktop.ui.pages.agreement.clauses import ClausesSection
from cocivic_desktop.ui.pages.agreement.kind_dialog import KindDialog
from cocivic_desktop.ui.pages.agreement_page import AgreementPage


@pytest.fixture
def clauses(qtbot: QtBot, started: AgreementPage) -> ClausesSection:
    started.go_to(Target("partnership", started.partnership, section="clauses"))
    qtbot.wait(0)
    return started.clauses


@pytest.fixture
def newer_library(monkeypatch: pytest.MonkeyPatch) -> ClauseLibrary:
    """A library whose clause on purpose was worded anew in English and German, as a later release may do."""
    present = clause_library()
    entry = present.get("purpose")
    assert entry is not None
    texts = dict(entry.texts)
    texts["en"] = replace(
        texts["en"], text=texts["en"].text.replace("The parties wish to connect", "Both sides connect")
    )
    texts["de"] = replace(texts["de"], title="Zweck und Ziel")
    changed = replace(entry, texts=texts)
    library = ClauseLibrary(tuple(changed if one.code == "purpose" else one for one in present.clauses))
    for module in (
        "services.agreements", "services.clauses", "services.drafts", "services.proposals", "services.interview",
        "services.agreement_text", "ui.pages.agreement.clauses", "ui.pages.agreement.clause_list",
    ):  # fmt: skip
        monkeypatch.setattr(f"cocivic_desktop.{module}.clause_library", lambda: library)
    monkeypatch.setattr(library_file, "clause_library", lambda: library)
    return library


def stored(section: ClausesSection, code: str) -> Clause:
    return next(clause for clause in all_of(section) if clause.code == code)


def all_of(section: ClausesSection) -> list[Clause]:
    assert section.draft is not None
    return drafts.draft(section.context.workspace, section.draft.agreement.id).clauses


def select(section: ClausesSection, code: str) -> UUID:
    clause_id = stored(section, code).id
    section.select(clause_id)
    return clause_id


def note_of(section: ClausesSection, code: str) -> str:
    chip = section.listed._note(next(one for one in section.ui.clauses.model.rows if one.code == code))
    return chip.word if isinstance(chip, Chip) else ""


def test_keys_set_the_state_of_the_clause_and_count_it(qtbot: QtBot, clauses: ClausesSection) -> None:
    select(clauses, "purpose")
    table = clauses.ui.clauses.table
    table.setFocus()
    assert clauses.ui.counts.text().endswith("Agreed: 0 · Waived: 0")
    qtbot.keyClick(table, Qt.Key.Key_3)
    assert stored(clauses, "purpose").state is ClauseState.AGREED
    qtbot.waitUntil(lambda: clauses.ui.counts.text().endswith("Agreed: 1 · Waived: 0"))
    qtbot.keyClick(table, Qt.Key.Key_2)
    assert stored(clauses, "purpose").state is ClauseState.UNDER_DISCUSSION
    clauses.context.workspace.undo()
    assert stored(clauses, "purpose").state is ClauseState.AGREED


def test_a_clause_waived_by_its_key_asks_for_the_reason(qtbot: QtBot, clauses: ClausesSection) -> None:
    select(clauses, "insurance")
    clauses.ui.clauses.table.setFocus()
    qtbot.keyClick(clauses.ui.clauses.table, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: clauses.ui.waive_reason.hasFocus())
    qtbot.keyClicks(clauses.ui.waive_reason, "The school insures all")
    assert clauses.form.flush()
    assert stored(clauses, "insurance").waive_reason == "The school insures all"
    assert stored(clauses, "insurance").state is ClauseState.WAIVED


def test_space_leaves_a_clause_out_and_an_answer_does_not_bring_it_back(qtbot: QtBot, clauses: ClausesSection) -> None:
    select(clauses, "continuity")
    clauses.ui.clauses.table.setFocus()
    qtbot.keyClick(clauses.ui.clauses.table, Qt.Key.Key_Space)
    assert not stored(clauses, "continuity").included
    assert clauses.draft is not None
    agreements.answer(clauses.context.workspace, clauses.draft.agreement.id, "rooms", "Room 12")
    assert not stored(clauses, "continuity").included


def test_the_draft_mark_goes_when_everything_is_settled(qtbot: QtBot, started: AgreementPage) -> None:
    assert started.ui.stateMark.text() == "DRAFT"
    assert "DRAFT" in started.interview.ui.preview.toPlainText()
    workspace = started.context.workspace
    with workspace.write("settle_all") as unit:
        for clause in unit.find(Clause):
            clause.state = ClauseState.WAIVED
    qtbot.waitUntil(lambda: started.ui.stateMark.text() == "draft")
    assert started.ui.tabs.tabText(0) == "&Clauses"


def test_clauses_are_dragged_and_moved_by_keys(qtbot: QtBot, clauses: ClausesSection) -> None:
    model = clauses.ui.clauses.model
    before = [row.code for row in model.rows]
    data = model.mimeData([model.index(4, 0)])
    assert not model.dropMimeData(data, Qt.DropAction.MoveAction, 1, 0, QModelIndex())
    qtbot.waitUntil(lambda: [one.code for one in all_of(clauses)] != before)
    moved = [before[0], before[4], *before[1:4], *before[5:]]
    assert [one.code for one in all_of(clauses)] == moved
    qtbot.waitUntil(lambda: [row.code for row in model.rows] == moved)
    clauses.ui.clauses.table.setFocus()
    qtbot.keyClick(clauses.ui.clauses.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert next(one.code for one in all_of(clauses)) == before[4]
    clauses.context.workspace.undo()
    clauses.context.workspace.undo()
    assert [one.code for one in all_of(clauses)] == before


def test_an_edit_in_one_language_asks_for_the_translation(qtbot: QtBot, clauses: ClausesSection) -> None:
    page = clauses.window()
    assert isinstance(page, AgreementPage)
    clause_id = select(clauses, "continuity")
    agreements.reword(clauses.context.workspace, clause_id, "en", "Changes", "Only nets.")
    qtbot.waitUntil(lambda: clauses.ui.preview.toPlainText().endswith("Only nets."))
    assert note_of(clauses, "continuity") == ""
    page.ui.documentLanguage.setCurrentIndex(page.ui.documentLanguage.findData("de"))
    page.ui.documentLanguage.activated.emit(page.ui.documentLanguage.currentIndex())
    assert note_of(clauses, "continuity") == "translate"
    assert "German" in clauses.ui.translationHint.text()
    agreements.reword(clauses.context.workspace, clause_id, "de", "Wechsel", "Nur Netze.")
    qtbot.waitUntil(lambda: note_of(clauses, "continuity") == "")


def test_an_alternative_is_chosen_by_its_label(qtbot: QtBot, clauses: ClausesSection) -> None:
    select(clauses, "results_ownership")
    box = clauses.ui.alternative_choice
    entry = clause_library().get("results_ownership")
    assert entry is not None
    labels = [entry.texts["en"].alternatives[option.code].label for option in entry.alternatives]
    assert [box.itemText(n) for n in range(box.count())] == ["Standard wording", *labels]
    box.setCurrentIndex(2)
    box.activated.emit(2)
    chosen = entry.alternatives[1].code
    assert stored(clauses, "results_ownership").texts["de"] == entry.wording("de", chosen)
    assert clauses.draft is not None
    agreements.answer(clauses.context.workspace, clauses.draft.agreement.id, "rooms", "Room 12")
    assert stored(clauses, "results_ownership").alternative == chosen


def test_why_ask_and_caution_stand_beside_the_clause(clauses: ClausesSection) -> None:
    select(clauses, "parties")
    assert "who made promises to whom" in clauses.ui.why.text()
    assert "Who may sign for the school" in clauses.ui.ask.text()
    assert "legal advice" in clauses.ui.caution.text()
    assert "legal person" in clauses.ui.caution.text()


def test_a_changed_library_changes_nothing_by_itself_and_offers_its_words(
    qtbot: QtBot, clauses: ClausesSection, newer_library: ClauseLibrary
) -> None:
    before = dict(stored(clauses, "purpose").texts)
    assert clauses.draft is not None
    agreements.answer(clauses.context.workspace, clauses.draft.agreement.id, "rooms", "Room 12")
    assert stored(clauses, "purpose").texts == before
    clause_id = stored(clauses, "purpose").id
    qtbot.waitUntil(lambda: bool(clauses.listed.newer.get(clause_id)))
    select(clauses, "purpose")
    assert clauses.ui.updateBox.isVisible()
    assert "English, German" in clauses.ui.updateText.text()
    assert [id for id, found in clauses.listed.newer.items() if found] == [clause_id]
    clauses.ui.compareButton.click()
    shown = clauses.ui.comparison.toPlainText()
    assert "The parties wish toBoth sides connect" in shown
    assert "line-through" in clauses.ui.comparison.toHtml()
    clauses.ui.takeButton.click()
    assert stored(clauses, "purpose").texts["en"].startswith("Both sides connect")
    assert stored(clauses, "purpose").titles["de"] == "Zweck und Ziel"
    qtbot.waitUntil(lambda: not clauses.ui.updateBox.isVisible())
    clauses.context.workspace.undo()
    assert stored(clauses, "purpose").texts == before


def test_our_words_are_kept_and_not_asked_about_again(
    qtbot: QtBot, clauses: ClausesSection, newer_library: ClauseLibrary
) -> None:
    clause_id = stored(clauses, "purpose").id
    agreements.reword(clauses.context.workspace, clause_id, "en", "Purpose", "Only nets.")
    qtbot.waitUntil(lambda: bool(clauses.listed.newer.get(clause_id)))
    select(clauses, "purpose")
    assert "replaces what you have written" in clauses.ui.updateText.text()
    clauses.ui.keepButton.click()
    qtbot.waitUntil(lambda: not clauses.ui.updateBox.isVisible())
    assert stored(clauses, "purpose").texts["en"] == "Only nets."


def test_another_kind_is_shown_before_it_is_taken_and_undone_in_one_step(qtbot: QtBot, started: AgreementPage) -> None:
    workspace = started.context.workspace
    assert started.agreement is not None
    agreement_id = started.agreement.id
    before = {one.code: (one.included, one.texts["en"]) for one in drafts.draft(workspace, agreement_id).clauses}
    purpose = next(one for one in drafts.draft(workspace, agreement_id).clauses if one.code == "purpose")
    records.change(workspace, Clause, purpose.id, state=ClauseState.AGREED)
    started.change_kind(AgreementKind.CONTRACT)
    dialog = started.findChild(KindDialog)
    assert dialog is not None
    shown = dialog.text.toPlainText()
    assert "Come in" in shown
    assert "Are worded anew" in shown
    assert "Purpose" in shown[shown.index("Stay as they are") : shown.index("Are worded anew")]
    assert "[Who signs for the school?]" in shown  # as the document has it, not as the library words it
    assert "{" not in shown
    assert records.get(workspace, Agreement, agreement_id).kind is AgreementKind.MOU
    dialog.change_button.click()
    assert records.get(workspace, Agreement, agreement_id).kind is AgreementKind.CONTRACT
    after = {one.code: one for one in drafts.draft(workspace, agreement_id).clauses}
    assert after["purpose"].texts["en"] == before["purpose"][1]
    assert "This contract is made between" in after["parties"].texts["en"]
    qtbot.waitUntil(lambda: started.ui.kindButton.text() == "Partnership contract")
    workspace.undo()
    again = {one.code: (one.included, one.texts["en"]) for one in drafts.draft(workspace, agreement_id).clauses}
    assert again == before


def test_the_page_says_which_agreement_counts_and_switches(qtbot: QtBot, started: AgreementPage) -> None:
    workspace = started.context.workspace
    assert started.agreement is not None
    signed = started.agreement.id
    assert not started.ui.which.isVisible()
    records.change(workspace, Agreement, signed, state=AgreementState.SIGNED)
    renewal = Agreement(
        partnership_id=started.partnership, follows_id=signed, follows_as=FollowKind.RENEWAL, starts_on=date(2027, 8, 1)
    )
    records.add(workspace, renewal)
    qtbot.waitUntil(lambda: started.agreement is not None and started.agreement.id == renewal.id)
    assert started.ui.which.isVisible()
    assert "In force: memorandum of understanding · signed · 24 Aug 2026 – 30 Jun 2027" in started.ui.which.text.text()
    assert "a renewal (draft): it counts once it is signed" in started.ui.which.text.text()
    started.ui.which.other_button.click()
    assert started.agreement.id == signed
    assert "This one is in force" in started.ui.which.text.text()
    started.ui.tabs.setCurrentWidget(started.clauses)
    assert not started.clauses.ui.clauses.add_button.isEnabled()
    assert not started.ui.kindButton.isEnabled()
    started.ui.which.other_button.click()
    assert started.agreement.id == renewal.id


def test_an_own_clause_stands_behind_the_chosen_one_and_waits_for_its_words(
    qtbot: QtBot, started: AgreementPage, clauses: ClausesSection
) -> None:
    clauses.select(stored(clauses, "purpose").id)
    clauses.ui.clauses.add_button.click()
    assert started.focusWidget() is clauses.ui.clauseTitle
    qtbot.keyClicks(clauses.ui.clauseTitle, "House pets")
    clauses.ui.clauseText.setFocus()
    qtbot.keyClicks(clauses.ui.clauseText, "Dogs stay outside.")
    clauses.ui.editButton.click()
    titles = [clause.titles["en"] for clause in all_of(clauses)]
    assert titles[titles.index("Purpose") :][:3] == ["Purpose", "House pets", "Shared goals"]
    qtbot.waitUntil(lambda: "Dogs stay outside." in clauses.ui.preview.toPlainText())
    assert [clause.position for clause in all_of(clauses)] == list(range(len(titles)))


def test_an_own_clause_never_stands_behind_the_signatures(clauses: ClausesSection) -> None:
    clauses.select(stored(clauses, "signatures").id)
    clauses.ui.clauses.add_button.click()
    assert [clause.code for clause in all_of(clauses)][-3:] == ["", "annexes", "signatures"]


def test_a_clause_of_the_library_comes_in_at_its_place_and_is_shown(clauses: ClausesSection) -> None:
    clauses.listed.library_menu.aboutToShow.emit()
    action = next(one for one in clauses.listed.library_menu.actions() if one.text() == "Confidentiality")
    action.trigger()
    codes = [clause.code for clause in all_of(clauses)]
    assert codes.index("paperwork") < codes.index("confidentiality") < codes.index("duration")
    shown = clauses.ui.clauses.current
    assert shown is not None
    assert shown.code == "confidentiality"
