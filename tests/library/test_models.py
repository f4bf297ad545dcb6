from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from cocivic_desktop import paths
from cocivic_desktop.domain.base import Language, Side
from cocivic_desktop.domain.clause_library import QuestionType
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.partnerships import ExpectationKind
from cocivic_desktop.library.files import read_toml
from cocivic_desktop.library.models import model, models, read_model, read_models, text_in
from cocivic_desktop.library.questions import questions
from cocivic_desktop.library.toml_lines import line_of

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = {
    "social_innovation", "engaged_research", "community_engagement", "challenge_based",
    "cocreation_hub", "school_social_work", "arts_education", "heritage_renovation",
}  # fmt: skip
TRANSLATED = {
    "social_innovation", "challenge_based", "cocreation_hub", "school_social_work",
    "engaged_research", "community_engagement", "arts_education", "heritage_renovation",
}  # fmt: skip
LANGUAGES = {language.value for language in Language}


def test_all_models_are_sound() -> None:
    found = models()
    assert [str(problem) for problem in found.problems] == []
    assert {one.code for one in found.models} == SHIPPED


@pytest.mark.parametrize("code", sorted(SHIPPED))
def test_a_model_is_complete(code: str) -> None:
    one = model(code)
    assert 2 <= len(one.goals) <= 3
    for side in Side:
        kinds = {expectation.kind for expectation in one.expectations if expectation.side is side}
        assert kinds == set(ExpectationKind)
    assert {role.side for role in one.roles} >= {Side.CSO, Side.SCHOOL}
    assert {row.area for row in one.responsibilities} >= {"facilitation", "reporting"}
    assert len(one.activities) >= 6
    assert any(activity.every for activity in one.activities)
    assert 7 <= len(one.indicators) <= 9
    assert len({indicator.code for indicator in one.indicators}) == len(one.indicators)
    assert 4 <= len(one.guidance["en"]) <= 5
    assert len(one.checklists) >= 2
    roles = {text_in(role.name, "en") for role in one.roles}
    assert {text_in(commitment.role, "en") for commitment in one.commitments} <= roles


@pytest.mark.parametrize("code", sorted(TRANSLATED))
def test_a_model_says_everything_in_all_languages(code: str) -> None:
    found = dict(texts_of(read_toml("models", f"{code}.toml")))
    assert len(found) > 60
    for place, text in found.items():
        assert text.keys() == LANGUAGES, place
        assert len({len(said) for said in text.values() if isinstance(said, list)}) <= 1, place
        assert len({type(said) for said in text.values()}) == 1, place


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("code", sorted(TRANSLATED))
def test_time_is_promised_by_roles_of_the_model_in_every_language(code: str, language: str) -> None:
    one = model(code)
    roles = {(role.side, role.name[language]) for role in one.roles}
    assert {(promise.side, promise.role[language]) for promise in one.commitments} <= roles


def texts_of(data: object, place: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every text by language in a model's file, with its place, such as ".goals[0].statement"."""
    if isinstance(data, dict):
        if "en" in data:
            yield place, data
        else:
            for name, value in data.items():
                yield from texts_of(value, f"{place}.{name}")
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from texts_of(value, f"{place}[{number}]")


@pytest.mark.parametrize("code", sorted(SHIPPED))
def test_a_model_answers_questions_of_the_interview(code: str) -> None:
    known = {question.code: question for question in questions()}
    types = {QuestionType.BOOL: bool, QuestionType.NUMBER: int, QuestionType.TEXT: str, QuestionType.CHOICE: str}
    for name, value in model(code).answers.items():
        assert type(value) is types[known[name].type], name
        assert known[name].type is not QuestionType.CHOICE or value in known[name].options, name


@pytest.mark.parametrize("code", sorted(SHIPPED))
def test_a_model_names_clauses_of_the_library(code: str) -> None:
    library = {entry["code"] for entry in read_toml("documents", "clauses.toml")["clause"]}
    assert set(model(code).clauses) <= library


@pytest.mark.parametrize("code", sorted(SHIPPED))
def test_a_model_names_indicators_of_the_catalogue(code: str) -> None:
    catalogue = read_toml("indicators.toml")
    if not catalogue:
        pytest.skip("the catalogue of indicators is not there")
    known = {entry["code"] for entry in entries_with_code(catalogue)}
    assert {indicator.code for indicator in model(code).indicators} <= known


def entries_with_code(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [entry for value in data.values() if isinstance(value, list) for entry in value]


def test_an_unknown_model_lists_the_known_ones() -> None:
    with pytest.raises(NotFound, match="social_innovation"):
        model("unheard_of")


def test_a_broken_model_leaves_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    shutil.copytree(paths.resources() / "models", folder)
    (folder / "arts_education.toml").write_text("title = ", encoding="utf-8")
    found = read_models(folder)
    assert {one.code for one in found.models} == SHIPPED - {"arts_education"}
    assert [problem.file for problem in found.problems] == ["arts_education.toml"]
    assert "TOML" in found.problems[0].message


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ('agreement_kind = "mou"', 'agreement_kind = "oath"', "agreement_kind", "oath"),
        ("minors = true\n", "", "minors", "missing"),
        ('title.en = "Social', 'title.nl = "Social', "title.en", "missing"),
        ("photos = true", "photos = 1.5", "answers.photos", "text"),
        ('theme = "citizenship"', 'theme = "weather"', "goals[1].theme", "weather"),
        ("weekdays = [1]\n", "weekdays = [9]\n", "activities[4].weekdays", "0 to 6"),
        ('start_time = "14:30"', 'start_time = "half past two"', "activities[1].start_time", "09:30"),
        ("week = 1\n", "week = 0\n", "activities[1].week", "count from 1"),
        ("target = 18\n", 'target = "many"\n', "indicators[3].target", "number"),
        ("goal = 1\npreparation", "goal = 7\npreparation", "activities[2].goal", "1 to 2"),
        ('area = "facilitation"', 'area = "fun"', "responsibilities[1].area", "none of"),
        ("[answers]", 'colour = "red"\n[answers]', "cases[1].colour", "not known"),
    ],
)
def test_a_fault_is_named_with_file_and_field(tmp_path: Path, old: str, new: str, field: str, message: str) -> None:
    text = (paths.resources() / "models" / "social_innovation.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "social_innovation.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    read, problems = read_model(path)
    assert read is None
    assert (problems[0].file, problems[0].field) == (path.name, field)
    assert message in problems[0].message


def test_a_fault_is_named_with_its_line(tmp_path: Path) -> None:
    text = (paths.resources() / "models" / "social_innovation.toml").read_text(encoding="utf-8")
    path = tmp_path / "social_innovation.toml"
    lines = text.splitlines()
    number = next(n for n, line in enumerate(lines) if line.startswith("weekdays = "))
    lines[number] = "weekdays = [9]"
    path.write_text("\n".join(lines), encoding="utf-8")
    _, problems = read_model(path)
    assert [problem.line for problem in problems][:1] == [number + 1]
    assert str(problems[0]).startswith(f"social_innovation.toml, line {number + 1}: activities[")
    path.write_text(text + "\nnonsense\n", encoding="utf-8")
    _, problems = read_model(path)
    assert problems[0].line == text.count("\n") + 2


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("code", 1),
        ("title.de", 2),
        ("title.en", 2),
        ("case", 5),
        ("goals[1]", 6),
        ("goals[2].text.en", 10),
        ("goals[2].missing", 8),
        ("goals[3]", 6),
        ("nothing", 0),
    ],
)
def test_the_line_of_a_place(place: str, line: int) -> None:
    text = '''code = "x"
title.de = """a
code = no
"""
[ case ] # a table
[[goals]]
text.en = "one"
[[goals]]
more = 1
"text".en = "two"
'''
    assert line_of(text, place) == line


def test_the_code_is_the_files_name(tmp_path: Path) -> None:
    path = tmp_path / "renamed.toml"
    shutil.copy(paths.resources() / "models" / "social_innovation.toml", path)
    read, problems = read_model(path)
    assert read is None
    assert [problem.field for problem in problems] == ["code"]
