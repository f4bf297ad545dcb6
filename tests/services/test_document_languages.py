"""Agreements in every language that documents are written in, and in two beside each other."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pytest

from cocivic_desktop.documents.content import AgreementText
from cocivic_desktop.domain.agreements import Agreement, AgreementKind, Clause, ClauseState, Commitment
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.goals import Indicator, SharedGoal
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.library.files import languages
from cocivic_desktop.library.labels import labels
from cocivic_desktop.library.questions import placeholder_questions, question_texts
from cocivic_desktop.services import agreements, drafts, records
from cocivic_desktop.services.agreement_text import agreement_text
from cocivic_desktop.store.workspace import Workspace

LANGUAGES = languages("documents")


@pytest.fixture
def partnership(workspace: Workspace) -> Partnership:
    ours = Organisation(name="Hafenlicht e. V.", is_ours=True, kind=OrganisationKind.CSO)
    school = Organisation(name="IES Puente Viejo")
    first, last = date(2026, 9, 14), date(2027, 6, 23)
    partnership = Partnership(title="Redes", school_id=school.id, starts_on=first, ends_on=last)
    for entity in (ours, school, partnership):
        records.add(workspace, entity)
    return partnership


@pytest.fixture(params=sorted(AgreementKind))
def agreement(workspace: Workspace, partnership: Partnership, request: pytest.FixtureRequest) -> Agreement:
    return agreements.prepare(workspace, partnership.id, request.param)[0]


def text_of(workspace: Workspace, agreement: Agreement, language: str) -> AgreementText:
    return agreement_text(drafts.draft(workspace, agreement.id), language)


def words_of(text: AgreementText) -> str:
    return "\n".join(run.text for section in text.sections for part in section.paragraphs for run in part)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agreement_speaks_one_language_throughout(workspace: Workspace, agreement: Agreement, language: str) -> None:
    text = text_of(workspace, agreement, language)
    library = {entry.texts[language].title for entry in clause_library().clauses}
    assert {section.title for section in text.sections} <= library
    assert text.title == labels(language)[f"kind.{agreement.kind}"]
    assert {section.state_label for section in text.sections} == {labels(language)["clause_state.not_addressed"]}
    missing = {run.text for section in text.sections for part in section.paragraphs for run in part if run.missing}
    assert missing
    assert missing <= set(placeholder_questions(language).values())
    assert labels(language).format_date(date(2027, 6, 23)) in words_of(text)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_choices_and_figures_are_said_in_the_documents_language(
    workspace: Workspace, partnership: Partnership, agreement: Agreement, language: str
) -> None:
    goal = SharedGoal(partnership_id=partnership.id, statement="G", target_on=date(2027, 3, 1))
    indicator = Indicator(partnership_id=partnership.id, goal_id=goal.id, name="I", unit="count", target=12345.5)
    for entity in (goal, indicator, Commitment(agreement_id=agreement.id, role="R", minutes=95)):
        records.add(workspace, entity)
    agreements.answer(workspace, agreement.id, "check_in", "monthly")
    text, words = text_of(workspace, agreement, language), labels(language)
    assert question_texts(language)["check_in"].options["monthly"] in words_of(text)
    tables = [table for section in text.sections for table in section.tables] + list(text.annexes[0].tables)
    cells = [cell for table in tables for row in table.rows for cell in row]
    assert f"{words.format_hours(95)} {words['unit.total']}" in cells
    assert words.format_date(date(2027, 3, 1)) in cells
    assert f"I: {words.format_number(12345.5, 1)}" in cells


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), [(a, b) for a in LANGUAGES for b in LANGUAGES if a != b])
def test_two_languages_stand_beside_each_other(
    workspace: Workspace, partnership: Partnership, tmp_path: Path, first: str, second: str
) -> None:
    agreement, _ = agreements.prepare(workspace, partnership.id)
    target = agreements.export(workspace, agreement.id, tmp_path / "both.docx", first, second)
    document = docx.Document(str(target))
    shown = "\n".join("".join(node.itertext()) for node in document.element.body.iter() if node.tag.endswith("}p"))
    for entry in (clause_library().get("purpose"), clause_library().get("signatures")):
        assert entry is not None
        assert entry.texts[first].title in shown
        assert entry.texts[second].title in shown
    for language in (first, second):
        name = labels(language)[f"language.{first}"]
        assert labels(language).text("document.bilingual", language=name) in shown


def test_an_agreement_from_before_a_language_was_written_is_read_in_it_too(
    workspace: Workspace, partnership: Partnership
) -> None:
    agreement, _ = agreements.prepare(workspace, partnership.id)
    with workspace.write("change_clause") as unit:
        for clause in unit.find(Clause, agreement_id=agreement.id):
            clause.titles = {"en": clause.titles["en"], "de": clause.titles["de"]}
            clause.texts = {"en": clause.texts["en"], "de": clause.texts["de"]}
            if clause.code == "goals":
                clause.state, clause.texts = ClauseState.AGREED, {"en": "Only ours."}
    shown = {section.id: section for section in text_of(workspace, agreement, "es").sections}
    by_code = {clause.code: shown[clause.id] for clause in drafts.draft(workspace, agreement.id).included}
    assert by_code["purpose"].title == "Finalidad"
    assert by_code["goals"].paragraphs[0][0].text == "Only ours."
    agreements.answer(workspace, agreement.id, "insurance_by", "both")
    insurance = next(c for c in drafts.draft(workspace, agreement.id).clauses if c.code == "insurance")
    assert insurance.alternative == "both"
    assert insurance.texts["es"].startswith("Cada parte se asegura")


def test_a_text_changed_in_one_language_only_asks_for_the_others(
    workspace: Workspace, partnership: Partnership
) -> None:
    agreement, _ = agreements.prepare(workspace, partnership.id)
    purpose = next(c for c in drafts.draft(workspace, agreement.id).clauses if c.code == "purpose")
    own = Clause(agreement_id=agreement.id, topic="general", titles={"es": "Meriendas"}, texts={"es": "Hay merienda."})
    records.add(workspace, own)
    agreements.reword(workspace, purpose.id, "es", "Finalidad", "Solo redes.")

    def last(language: str) -> dict[str, tuple[str, bool]]:
        sections = text_of(workspace, agreement, language).sections
        runs = {section.id: section.paragraphs[-1][-1] for section in sections}
        return {
            "purpose": (runs[purpose.id].text, runs[purpose.id].missing),
            "own": (runs[own.id].text, runs[own.id].missing),
        }

    assert last("es") == {"purpose": ("Solo redes.", False), "own": ("Hay merienda.", False)}
    assert last("en") == {
        "purpose": ("Does this still say the same as the text changed in Spanish", True),
        "own": ("Translation of this text", True),
    }
    agreements.reword(workspace, purpose.id, "en", "Purpose", "Only nets.")
    assert last("en")["purpose"] == ("Only nets.", False)
    assert last("de")["purpose"][1]


def test_spanish_questions_open_with_their_mark(workspace: Workspace, partnership: Partnership) -> None:
    agreement, _ = agreements.prepare(workspace, partnership.id)
    content = agreements.document(workspace, agreement.id, "es")
    shown = "\n".join(node.text or "" for node in docx.Document(io.BytesIO(content)).element.body.iter() if node.text)
    assert "[¿Persona de contacto del centro?]" in shown
    assert "[¿Tareas y quién es responsable?]" in shown


def test_a_language_that_nobody_has_written_is_refused_with_those_that_are(
    workspace: Workspace, partnership: Partnership
) -> None:
    agreement, _ = agreements.prepare(workspace, partnership.id)
    with pytest.raises(BadInput, match="de, en, es"):
        agreements.document(workspace, agreement.id, "en", "fr")
    content = agreements.document(workspace, agreement.id, "es")
    assert "Memorando de entendimiento" in [part.text for part in docx.Document(io.BytesIO(content)).paragraphs]
