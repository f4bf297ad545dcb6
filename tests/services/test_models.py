"""Models of cooperation in a workspace: bringing them, leaving parts out, and our own ones."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.agreements import (
    Agreement,
    AgreementKind,
    Clause,
    Commitment,
    CommunicationRoutine,
    FundingItem,
    Resource,
    ResourceKind,
    Responsibility,
    RoutineKind,
    RoutineRhythm,
)
from cocivic_desktop.domain.base import Entity, Side
from cocivic_desktop.domain.errors import BadInput, NotFound
from cocivic_desktop.domain.goals import Challenge, Indicator, SharedGoal
from cocivic_desktop.domain.model_parts import Badge, Competence, ModelPart, OwnModel
from cocivic_desktop.domain.partnerships import Expectation, Meeting, Partnership, Task
from cocivic_desktop.library.models import model as shipped
from cocivic_desktop.library.models import models as all_shipped
from cocivic_desktop.services import models, own_models, partnerships, records, starting
from cocivic_desktop.services.models import Section

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from cocivic_desktop.store.workspace import Workspace

CODES = [one.code for one in all_shipped().models]
FIRST, LAST, TODAY = date(2026, 9, 1), date(2027, 6, 30), date(2026, 9, 14)


@pytest.fixture
def school(workspace: Workspace) -> UUID:
    return partnerships.create_school(workspace, name="Harbour School", country="DE", region="SH")[0].id


def begin(workspace: Workspace, school: UUID, code: str, **more: Any) -> UUID:
    partnership, _ = starting.start(
        workspace, title=f"With {code}", school_id=school, model_code=code, starts_on=FIRST, ends_on=LAST, **more
    )
    return partnership.id


def found(workspace: Workspace, cls: type[Entity], partnership: UUID) -> list[Any]:
    return records.find(workspace, cls, partnership_id=partnership)


def agreement_of(workspace: Workspace, partnership: UUID) -> Agreement:
    agreements = found(workspace, Agreement, partnership)
    assert len(agreements) == 1
    assert isinstance(agreements[0], Agreement)
    return agreements[0]


def test_what_is_left_out_does_not_come(workspace: Workspace, school: UUID) -> None:
    one = shipped("social_innovation")
    left = {(Section.GOALS, 0), (Section.EXPECTATIONS, 1), (Section.ACTIVITIES, 2), (Section.COMMITMENTS, 0)}
    left |= {(Section.CHECKLISTS, number) for number in range(len(one.checklists))}
    partnership = begin(workspace, school, "social_innovation", leave_out=left)
    goals = found(workspace, SharedGoal, partnership)
    assert [goal.statement for goal in goals] == [draft.statement["en"] for draft in one.goals[1:]]
    expectations = found(workspace, Expectation, partnership)
    assert one.expectations[1].text["en"] not in [entry.text for entry in expectations]
    assert len(expectations) == len(one.expectations) - 1
    assert len(found(workspace, Activity, partnership)) == len(one.activities) - 1
    assert found(workspace, Task, partnership) == []
    agreement = agreement_of(workspace, partnership)
    assert len(records.find(workspace, Commitment, agreement_id=agreement.id)) == len(one.commitments) - 1
    numbers = {draft.goal for draft in one.indicators}
    assert 1 in numbers, "the model has indicators of the goal that was left out"
    assert {one.goal_id for one in found(workspace, Indicator, partnership)} <= {None, *(goal.id for goal in goals)}


def test_checklists_become_tasks_with_a_day(workspace: Workspace, school: UUID) -> None:
    partnership = begin(workspace, school, "school_social_work")
    tasks = found(workspace, Task, partnership)
    wanted = [item for checklist in shipped("school_social_work").checklists for item in checklist.items["en"]]
    assert [task.title for task in tasks] == wanted
    assert all(task.due_on and FIRST <= task.due_on <= LAST for task in tasks)


def test_a_model_comes_beside_what_is_there_in_one_step(workspace: Workspace, school: UUID) -> None:
    prospect = Partnership(title="From the pipeline", school_id=school, summary="Ours")
    records.add(workspace, prospect)
    records.add(workspace, SharedGoal(partnership_id=prospect.id, statement="A goal of our own"))
    starting.bring(workspace, prospect.id, "arts_education", today=TODAY)
    goals = found(workspace, SharedGoal, prospect.id)
    assert goals[0].statement == "A goal of our own"
    assert len(goals) == 1 + len(shipped("arts_education").goals)
    stored = records.get(workspace, Partnership, prospect.id)
    assert (stored.model, stored.summary, stored.starts_on) == ("arts_education", "Ours", TODAY)
    again = len(found(workspace, Indicator, prospect.id))
    starting.bring(workspace, prospect.id, "arts_education", today=TODAY)
    assert len(found(workspace, Indicator, prospect.id)) == again, "an indicator of the catalogue comes but once"
    agreement_of(workspace, prospect.id)
    workspace.undo()
    workspace.undo()
    assert [goal.statement for goal in found(workspace, SharedGoal, prospect.id)] == ["A goal of our own"]
    assert found(workspace, Agreement, prospect.id) == []


@pytest.mark.parametrize("code", CODES)
def test_a_partnership_saved_as_a_model_starts_another_like_it(workspace: Workspace, school: UUID, code: str) -> None:
    first = begin(workspace, school, code)
    draft = agreement_of(workspace, first)
    own = Clause(agreement_id=draft.id, titles={"en": "Keys"}, texts={"en": "The keys stay at the school."})
    records.add(workspace, own)
    saved, _ = own_models.save_as_model(workspace, first, f"Ours: {code}")
    assert [one.code for one in models.previews(workspace) if one.is_own] == [saved.code]
    second = begin(workspace, school, saved.code)
    for cls, names in (
        (SharedGoal, ("statement", "theme", "benefit_school", "curriculum_link")),
        (Expectation, ("side", "kind", "text")),
        (Challenge, ("title", "question", "social_need")),
        (Indicator, ("code", "target", "unit")),
        (Meeting, ("kind",)),
    ):
        assert comparable(workspace, cls, first, names) == comparable(workspace, cls, second, names)
    activities = ("title", "kind", "starts_on", "start_time", "duration_minutes", "place", "preparation_minutes")
    before, after = (comparable(workspace, Activity, one, activities) for one in (first, second))
    assert before == after
    agreed = agreement_of(workspace, second)
    assert agreed.kind is AgreementKind(shipped(code).agreement_kind)
    assert {key: agreed.answers.get(key) for key in shipped(code).answers} == {**shipped(code).answers}
    for part, shown in ((Responsibility, ("task", "cso", "school", "by_when")), (Commitment, ("role", "minutes"))):
        rows = [
            [tuple(getattr(row, name) for name in shown) for row in records.find(workspace, part, agreement_id=one)]
            for one in (draft.id, agreed.id)
        ]
        assert rows[0] == rows[1]
    clauses = [
        {(one.code, one.included, one.titles.get("en")) for one in records.find(workspace, Clause, agreement_id=two)}
        for two in (draft.id, agreed.id)
    ]
    assert clauses[0] == clauses[1]
    assert models.parts_of(workspace, saved.code) == shipped(code).parts


def test_a_saved_model_carries_routines_contributions_costs_and_badges(workspace: Workspace, school: UUID) -> None:
    first = begin(workspace, school, "challenge_based")
    draft = agreement_of(workspace, first).id
    (check_in,) = records.find(workspace, CommunicationRoutine, agreement_id=draft, kind=RoutineKind.CHECK_IN)
    records.change(workspace, CommunicationRoutine, check_in.id, title="Call on Mondays", duration_minutes=20)
    (report,) = records.find(workspace, CommunicationRoutine, agreement_id=draft, kind=RoutineKind.REPORT)
    records.change(workspace, CommunicationRoutine, report.id, title="Two pages for the board")
    ute = partnerships.create_school(workspace, name="Ute's School")[0].id
    for one in (
        CommunicationRoutine(agreement_id=draft, title="Tea", rhythm=RoutineRhythm.PER_TERM, count=2, channel="Quay"),
        Resource(
            agreement_id=draft, title="Work bench", kind=ResourceKind.EQUIPMENT, quantity="3", provided_by=Side.SCHOOL
        ),
        FundingItem(agreement_id=draft, title="Paint", amount_cents=12_050, currency="TRY", paid_by=Side.CSO),
        FundingItem(agreement_id=draft, title="Bus", paid_by=Side.SCHOOL, due_on=TODAY),
    ):
        records.add(workspace, one)
    knots, ropes = (Competence(partnership_id=first, name=name, area="Sea") for name in ("Knots", "Ropes"))
    for each in (knots, ropes):
        records.add(workspace, each)
    records.add(
        workspace,
        Badge(
            partnership_id=first,
            title="Rigger",
            criteria=["Ties five"],
            competences=[str(ropes.id)],
            workload_hours=9.5,
        ),
    )
    saved, _ = own_models.save_as_model(workspace, first, "With everything")
    shown = models.preview(workspace, saved.code).sections
    assert (shown[Section.RESOURCES], shown[Section.COSTS]) == (("Work bench",), ("Paint", "Bus"))
    assert {"Tea", "Call on Mondays"} <= set(shown[Section.ROUTINES])
    left = [(Section.COSTS, 1), (Section.ROUTINES, shown[Section.ROUTINES].index("Tea"))]
    second = begin(workspace, ute, saved.code, leave_out=left)
    agreed = agreement_of(workspace, second).id
    of_first, of_second = (records.find(workspace, CommunicationRoutine, agreement_id=one) for one in (draft, agreed))
    rows = [
        sorted((one.kind, one.title, one.rhythm, one.count, one.duration_minutes) for one in found)
        for found in (of_first, of_second)
    ]
    assert rows[1] == [row for row in rows[0] if row[1] != "Tea"], "neither lost, nor doubled by the interview"
    (bench,) = records.find(workspace, Resource, agreement_id=agreed)
    assert (bench.kind, bench.quantity, bench.provided_by) == (ResourceKind.EQUIPMENT, "3", Side.SCHOOL)
    (paint,) = records.find(workspace, FundingItem, agreement_id=agreed)
    assert (paint.title, paint.amount_cents, paint.currency, paint.paid_by) == ("Paint", 12_050, "TRY", Side.CSO)
    (badge,) = found(workspace, Badge, second)
    (rope,) = (one for one in found(workspace, Competence, second) if one.name == "Ropes")
    assert (badge.title, badge.criteria, badge.competences, badge.workload_hours) == (
        "Rigger", ["Ties five"], [str(rope.id)], 9.5,
    )  # fmt: skip


def comparable(workspace: Workspace, cls: type[Entity], partnership: UUID, names: tuple[str, ...]) -> list[Any]:
    rows = [tuple(getattr(row, name) for name in names) for row in found(workspace, cls, partnership)]
    return sorted(rows, key=repr)


def test_nobody_is_named_in_a_saved_model(workspace: Workspace, school: UUID) -> None:
    partnership = begin(workspace, school, "social_innovation")
    goal = found(workspace, SharedGoal, partnership)[0]
    records.change(workspace, SharedGoal, goal.id, agreed_school_by="Ms Sommer", agreed_school_on=TODAY)
    draft = agreement_of(workspace, partnership)
    records.change(workspace, Agreement, draft.id, answers={**draft.answers, "insurer": "asked Mr Winter"})
    saved, _ = own_models.save_as_model(workspace, partnership, "Without names")
    assert "Sommer" not in saved.content
    assert "Winter" not in saved.content
    assert "Harbour School" not in saved.content


def test_a_saved_model_in_german_needs_no_english(workspace: Workspace, school: UUID) -> None:
    partnership = begin(workspace, school, "heritage_renovation")
    saved, _ = own_models.save_as_model(workspace, partnership, "Altes Bootshaus", language="de")
    data = tomllib.loads(saved.content)
    assert (saved.code, data["language"], set(data["title"])) == ("own_altes_bootshaus", "de", {"de"})
    assert models.preview(workspace, saved.code, "tr").title == "Altes Bootshaus"


def test_saving_again_under_the_same_title_replaces(workspace: Workspace, school: UUID) -> None:
    partnership = begin(workspace, school, "social_innovation")
    own_models.save_as_model(workspace, partnership, "Ours")
    records.change(workspace, SharedGoal, found(workspace, SharedGoal, partnership)[0].id, statement="Changed")
    own_models.save_as_model(workspace, partnership, "Ours")
    saved = records.find(workspace, OwnModel)
    assert len(saved) == 1
    assert '"Changed"' in saved[0].content


def test_a_faulty_file_is_refused_with_line_and_field(workspace: Workspace, tmp_path: Path) -> None:
    good = models.text_of(workspace, "social_innovation").replace('"social_innovation"', '"harbour"', 1)
    path = tmp_path / "harbour.toml"
    path.write_text(good.replace('theme = "citizenship"', 'theme = "weather"', 1), encoding="utf-8")
    line = path.read_text(encoding="utf-8").splitlines().index('theme = "weather"') + 1
    with pytest.raises(BadInput, match=rf"harbour.toml, line {line}: goals\[1\].theme: “weather” is none of"):
        models.load(workspace, path)
    path.write_bytes(good.encode("utf-16"))
    with pytest.raises(BadInput, match="UTF-8"):
        models.load(workspace, path)
    for wrong, said in (
        ('amount = -1\ntitle.en = "Bus"\npaid_by = "cso"', r"costs\[1\].amount: must not be less than 0"),
        ('amount = 1\ntitle.en = "Bus"\npaid_by = "cso"\ncurrency = "euro"', r"costs\[1\].currency: must be a code"),
    ):
        path.write_text(f"{good}\n[[costs]]\n{wrong}\n", encoding="utf-8")
        with pytest.raises(BadInput, match=rf"harbour.toml, line \d+: {said}"):
            models.load(workspace, path)
    with pytest.raises(BadInput, match=r"absent.toml cannot be read"):
        models.load(workspace, tmp_path / "absent.toml")
    (tmp_path / "big.toml").write_bytes(b"#" * (models.LARGEST_FILE + 1))
    with pytest.raises(BadInput, match="larger"):
        models.load(workspace, tmp_path / "big.toml")
    (tmp_path / "same.toml").write_text(models.text_of(workspace, "social_innovation"), encoding="utf-8")
    with pytest.raises(BadInput, match="another code"):
        models.load(workspace, tmp_path / "same.toml")
    assert records.find(workspace, OwnModel) == []
    path.write_text(good, encoding="utf-8")
    own, _ = models.load(workspace, path)
    assert own.title == "Social-innovation project in a vocational school"
    assert models.text_of(workspace, "harbour") == good


def test_a_stored_model_that_broke_leaves_the_others(workspace: Workspace) -> None:
    records.add(workspace, OwnModel(code="own_broken", title="Broken", content="title = "))
    found_models, problems = models.available(workspace)
    assert {one.code for one in found_models} == set(CODES)
    assert [(one.file, one.line) for one in problems] == [("Broken", 1)]
    with pytest.raises(NotFound, match="social_innovation"):
        models.model(workspace, "own_broken")


def test_the_parts_a_model_calls_for(workspace: Workspace) -> None:
    assert models.parts_of(workspace, "challenge_based") == (ModelPart.COMPETENCES, ModelPart.BADGES)
    assert models.parts_of(workspace, "social_innovation") == ()
    assert models.parts_of(workspace, "") == ()


def test_the_title_of_a_model(workspace: Workspace, school: UUID) -> None:
    assert models.title_of(workspace, "social_innovation") == shipped("social_innovation").title["en"]
    assert models.title_of(workspace, "") == models.title_of(workspace, "unheard_of") == ""
    own, _ = own_models.save_as_model(workspace, begin(workspace, school, "arts_education"), "Ours")
    assert models.title_of(workspace, own.code) == "Ours"
