"""The clause library and the interview are whole and say the same in every language that documents are written in."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from cocivic_desktop import paths
from cocivic_desktop.domain.agreements import AgreementKind
from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.clause_library import TABLES, TOPICS, QuestionType
from cocivic_desktop.domain.rules.drafting import RECORD_PLACEHOLDERS, placeholders, select_clauses
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.library.files import languages
from cocivic_desktop.library.labels import labels
from cocivic_desktop.library.questions import group_titles, placeholder_questions, question_texts, questions
from cocivic_desktop.services.annexes import PLACEHOLDER

if TYPE_CHECKING:
    from cocivic_desktop.domain.clause_library import ClauseText, LibraryClause

CLAUSES = clause_library().clauses
LANGUAGES = languages("documents")
KINDS = {kind.value for kind in AgreementKind}
RECORD_FACTS = {"minors", "no_minors", "goals", "challenges", "volunteers", "named_learners", "country_tr"}


def known_placeholders() -> set[str]:
    return {*RECORD_PLACEHOLDERS, *(question.placeholder for question in questions() if question.placeholder)}


def unknown_placeholders(texts: ClauseText) -> set[str]:
    """Names in single braces that nothing fills, misspelt ones with capitals or spaces included."""
    found: set[str] = set()
    for text in (texts.text, *(alternative.text for alternative in texts.alternatives.values())):
        found |= set(re.findall(r"\{([^}]*)\}?", text)) - known_placeholders() - {PLACEHOLDER}
    return found


def possible_facts() -> set[str]:
    found = set(RECORD_FACTS)
    for question in questions():
        if question.type is QuestionType.CHOICE:
            found |= {f"{question.code}_{option}" for option in question.options}
        elif question.fact:
            found |= {question.fact, f"no_{question.fact}"}
    return found


def paragraphs(text: str) -> int:
    return len([line for line in text.split("\n") if line.strip()])


def written(folder: str, language: str, name: str) -> dict[str, Any]:
    path = paths.resources() / folder / language / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def blank(content: dict[str, Any], prefix: str = "") -> list[str]:
    """Keys of a file's part whose words are missing, below all its parts."""
    found = []
    for key, value in content.items():
        if isinstance(value, dict):
            found += blank(value, f"{prefix}{key}.")
        elif not value.strip():
            found.append(prefix + key)
    return found


def test_a_language_has_every_file_that_english_has() -> None:
    root = paths.resources() / "documents"
    files = {path.name for path in (root / "en").iterdir()}
    assert files >= {"clauses.toml", "labels.toml"}
    assert {language: files ^ {path.name for path in (root / language).iterdir()} for language in LANGUAGES} == {
        language: set() for language in LANGUAGES
    }
    questions_in = {path.parent.name for path in (paths.resources() / "guidance").glob("*/questions.toml")}
    assert questions_in == set(LANGUAGES)
    assert set(LANGUAGES) == {language.value for language in Language}


def test_every_topic_has_a_clause_and_every_clause_a_known_topic() -> None:
    assert {clause.topic for clause in CLAUSES} == set(TOPICS)


def test_clauses_stand_in_the_order_of_their_topics_with_unique_codes() -> None:
    codes = [clause.code for clause in CLAUSES]
    assert len(codes) == len(set(codes)) >= 45
    order = [TOPICS.index(clause.topic) for clause in CLAUSES if clause.topic != "confidentiality"]
    assert order == sorted(order)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_of_agreement_covers_the_topics_that_always_apply(kind: str) -> None:
    chosen = select_clauses(clause_library(), kind, {"minors", "transport"})
    assert {entry.clause.topic for entry in chosen} >= set(TOPICS) - {"confidentiality", "general"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_words_every_clause_in_the_librarys_order(language: str) -> None:
    content, english = written("documents", language, "clauses"), written("documents", "en", "clauses")
    assert list(content) == [clause.code for clause in CLAUSES]
    for code, entry in english.items():
        assert set(content[code]) == set(entry), code
        alternatives = entry.get("alternatives", {})
        assert list(content[code].get("alternatives", {})) == list(alternatives), code
        assert blank(content[code]) == [], code


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.code)
def test_a_clause_says_the_same_in_every_language(clause: LibraryClause, language: str) -> None:
    codes = [alternative.code for alternative in clause.alternatives]
    assert list(clause.texts[language].alternatives) == codes
    for code in ("", *codes):
        english, words = clause.wording("en", code), clause.wording(language, code)
        assert paragraphs(words) == paragraphs(english) > 0
        assert placeholders(words) == placeholders(english)
        assert [other for other in LANGUAGES if other != language and clause.wording(other, code) == words] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_is_known(language: str) -> None:
    unknown = {clause.code: unknown_placeholders(clause.texts[language]) for clause in CLAUSES}
    assert {code: names for code, names in unknown.items() if names} == {}


@pytest.mark.parametrize("misspelt", ["{cso_nmae}", "{Cso_name}", "{cso name}", "{}", "{cso_name"])
def test_a_misspelt_placeholder_would_be_found(misspelt: str) -> None:
    texts = CLAUSES[0].texts["en"]
    broken = type(texts)(title=texts.title, text=f"{texts.text}\n{misspelt} and more")
    assert unknown_placeholders(broken)


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.code)
def test_a_clause_asks_exactly_what_it_needs(clause: LibraryClause) -> None:
    by_code = {question.code: question for question in questions()}
    assert set(clause.asks) <= set(by_code)
    used: set[str] = set()
    for code in ("", *(alternative.code for alternative in clause.alternatives)):
        used |= placeholders(clause.wording("en", code))
    filled = {by_code[code].placeholder for code in clause.asks}
    shared = {"notice_days", PLACEHOLDER}  # the first is asked by the clause on scheduling, which every agreement has
    assert used - set(RECORD_PLACEHOLDERS) - shared <= filled


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.code)
def test_conditions_name_facts_kinds_tables_and_processes_that_exist(clause: LibraryClause) -> None:
    facts = possible_facts()
    assert {*clause.when, *clause.unless} <= facts
    assert set(clause.kinds) <= KINDS
    assert clause.kinds
    assert clause.table in ("", *TABLES)
    processes = [*clause.processes, *(code for option in clause.alternatives for code in option.processes)]
    for option in clause.alternatives:
        assert set(option.when) <= facts
        assert set(option.kinds) <= set(clause.kinds)
    for code in processes:
        assert f"processes.{code}" in labels("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_side_in_turkiye_brings_its_law_in_every_language(language: str) -> None:
    def wording(*known: str) -> str:
        chosen = select_clauses(clause_library(), "mou", known)
        data = next(entry for entry in chosen if entry.clause.code == "data_protection")
        return data.clause.wording(language, data.alternative)

    elsewhere, there = wording("country_de"), wording("country_de", "country_tr")
    assert "KVKK" not in elsewhere
    assert all(name in there for name in ("6698", "KVKK"))
    regulation = {"de": "DSGVO", "es": "RGPD"}.get(language, "GDPR")
    assert regulation in elsewhere
    assert regulation in there


def test_every_table_is_asked_for_once() -> None:
    tables = [clause.table for clause in CLAUSES if clause.table]
    assert sorted(tables) == sorted(TABLES)


def test_every_question_is_used() -> None:
    asked = {code for clause in CLAUSES for code in clause.asks}
    deciding = {fact for clause in CLAUSES for fact in (*clause.when, *clause.unless)}
    for question in questions():
        assert question.code in asked or question.fact in deciding, question.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_its_words(language: str) -> None:
    texts, content = question_texts(language), written("guidance", language, "questions")
    assert set(content) == {"groups", "questions"}
    assert list(content["questions"]) == [question.code for question in questions()]
    assert list(content["groups"]) == list(dict.fromkeys(question.group for question in questions()))
    assert list(group_titles(language)) == list(content["groups"])
    assert blank(content) == []
    for question in questions():
        assert {"text", "why", "short"} == set(content["questions"][question.code]) - {"options"}
        assert list(texts[question.code].options) == list(question.options)
        shown = texts[question.code].options.values()
        assert len(set(shown)) == len(question.options)
        assert (question.type is QuestionType.CHOICE) == bool(question.options)
        assert question.default is None or question.default in (question.options or (question.default,))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_value_is_asked_for_briefly(language: str) -> None:
    short = placeholder_questions(language)
    assert set(short) == known_placeholders()
    assert all(0 < len(text) <= 70 for text in short.values())


def test_conditions_of_questions_are_facts() -> None:
    assert {fact for question in questions() for fact in question.when} <= possible_facts()


def test_another_language_falls_back_to_english() -> None:
    clause = CLAUSES[0]
    assert clause.text_in("xx") is clause.texts["en"]
    assert clause.wording("en", "no such alternative") == clause.texts["en"].text
    assert question_texts("xx") == question_texts("en")


def test_finding_clauses() -> None:
    library = clause_library()
    photos = library.get("photos")
    assert photos is not None
    assert photos in library.of_topic("publicity")
    assert library.get("") is None
