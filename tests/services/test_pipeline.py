"""The pipeline: what it shows, moving, noting a contact, adding a school; each one step of undo."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from cocivic_desktop.domain.errors import BadInput, InvalidField
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind, Person
from cocivic_desktop.domain.partnerships import Outreach, OutreachKind, Partnership, PipelineState
from cocivic_desktop.domain.rules.pipeline import PipelineFilter, PipelineOrder, Prospect, in_order, neighbour
from cocivic_desktop.services import pipeline, records

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 9, 14)


def stored(workspace: Workspace, id: UUID) -> Partnership:
    return records.get(workspace, Partnership, id)


def add(workspace: Workspace, school: str, **fields: object) -> UUID:
    new_school: dict[str, object] = {"name": school}
    for name in ("city", "country", "region", "vocational_fields"):
        if name in fields:
            new_school[name] = fields.pop(name)
    made, _ = pipeline.add_prospect(workspace, new_school=new_school, **fields)  # type: ignore[arg-type]
    return made.id


def test_moving_is_one_step_and_the_reason_stays_when_it_goes_on(
    workspace: Workspace, partnership: Partnership
) -> None:
    pipeline.move(workspace, partnership.id, PipelineState.NOT_NOW, "New head of school in summer")
    pipeline.move(workspace, partnership.id, PipelineState.MEETING)
    assert stored(workspace, partnership.id).pipeline is PipelineState.MEETING
    assert stored(workspace, partnership.id).not_now_reason == "New head of school in summer"
    workspace.undo()
    assert stored(workspace, partnership.id).pipeline is PipelineState.NOT_NOW
    workspace.undo()
    assert stored(workspace, partnership.id).pipeline is PipelineState.IDEA
    assert stored(workspace, partnership.id).not_now_reason == ""


def test_a_move_to_where_it_is_is_no_step(workspace: Workspace, partnership: Partnership) -> None:
    before = workspace.undo_step()
    pipeline.move(workspace, partnership.id, PipelineState.IDEA)
    assert workspace.undo_step() == before


def test_a_contact_is_noted_with_the_next_day_and_an_idea_moves_on(
    workspace: Workspace, partnership: Partnership
) -> None:
    pipeline.log_contact(
        workspace, partnership.id, happened_on=TODAY, kind=OutreachKind.VISIT, outcome="Tea with the head",
        next_contact_on=date(2026, 9, 28),
    )  # fmt: skip
    after = stored(workspace, partnership.id)
    assert (after.pipeline, after.next_contact_on) == (PipelineState.CONTACTED, date(2026, 9, 28))
    (contact,) = records.find(workspace, Outreach, partnership_id=partnership.id)
    assert (contact.kind, contact.outcome) == (OutreachKind.VISIT, "Tea with the head")
    pipeline.log_contact(workspace, partnership.id, happened_on=date(2026, 9, 28), kind=OutreachKind.CALL)
    assert stored(workspace, partnership.id).next_contact_on is None
    workspace.undo()
    workspace.undo()
    assert stored(workspace, partnership.id).pipeline is PipelineState.IDEA
    assert records.find(workspace, Outreach) == []


def test_the_next_contact_is_not_before_this_one(workspace: Workspace, partnership: Partnership) -> None:
    with pytest.raises(BadInput, match="before this one"):
        pipeline.log_contact(
            workspace, partnership.id, happened_on=TODAY, kind=OutreachKind.CALL, next_contact_on=date(2026, 9, 1)
        )
    assert records.find(workspace, Outreach) == []


def test_a_new_school_and_its_prospect_are_one_step(workspace: Workspace, partnership: Partnership) -> None:
    made, _ = pipeline.add_prospect(workspace, new_school={"name": "Hafenschule", "city": "Kiel", "country": "TR"})
    assert made.title == "Green Harbour – Hafenschule"
    school = records.get(workspace, Organisation, made.school_id)
    assert (school.city, school.zone) == ("Kiel", "Europe/Istanbul")
    workspace.undo()
    assert [one.title for one in records.find(workspace, Partnership)] == ["Repair café"]
    assert "Hafenschule" not in [one.name for one in records.find(workspace, Organisation)]


def test_our_own_organisation_and_nobody_are_no_prospects(workspace: Workspace, partnership: Partnership) -> None:
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    with pytest.raises(BadInput, match="our own"):
        pipeline.add_prospect(workspace, school_id=ours.id)
    with pytest.raises(BadInput, match="No school is named"):
        pipeline.add_prospect(workspace)
    with pytest.raises(InvalidField):
        pipeline.add_prospect(workspace, new_school={"name": " "})
    assert len(records.find(workspace, Partnership)) == 1


def test_prospects_know_their_next_contact_from_the_log_too(workspace: Workspace, partnership: Partnership) -> None:
    for day, following in ((1, 9), (5, 11)):
        records.add(
            workspace,
            Outreach(
                partnership_id=partnership.id, happened_on=date(2026, 9, day), next_contact_on=date(2026, 9, following)
            ),
        )
    (one,) = pipeline.prospects(workspace)
    assert (one.next_contact_on, one.last_contact_on) == (date(2026, 9, 11), date(2026, 9, 5))
    assert one.is_overdue(TODAY)
    records.change(workspace, Partnership, partnership.id, next_contact_on=TODAY)
    (one,) = pipeline.prospects(workspace)
    assert one.is_due(TODAY)
    assert not one.is_overdue(TODAY)
    records.archive(workspace, Partnership, partnership.id)
    assert pipeline.prospects(workspace) == []
    assert len(pipeline.prospects(workspace, archived=True)) == 1


def test_filters_narrow_by_each_of_their_parts(workspace: Workspace) -> None:
    person = Person(name="Mara Jensen")
    records.add(workspace, person)
    add(workspace, "Çağrı Meslek Lisesi", city="İzmir", country="TR", coordinator_id=person.id)
    add(workspace, "Förde-Schule", country="DE", region="SH", vocational_fields=["Metal work"],
        next_contact_on=date(2026, 9, 10))  # fmt: skip
    add(workspace, "Centro Norte", city="Bilbao", state=PipelineState.MEETING)
    found = pipeline.prospects(workspace)

    def shown(**wanted: object) -> list[str]:
        chosen = PipelineFilter(**wanted)  # type: ignore[arg-type]
        return [one.school_name for one in in_order(found, PipelineOrder.SCHOOL) if chosen.takes(one, TODAY)]

    everything = ["Çağrı Meslek Lisesi", "Centro Norte", "Förde-Schule"]
    assert sorted(shown()) == sorted(everything)
    assert shown(text="izmir cagri") == ["Çağrı Meslek Lisesi"]
    assert shown(text="mara") == ["Çağrı Meslek Lisesi"]
    assert shown(text="forde bilbao") == []
    assert shown(state=PipelineState.MEETING) == ["Centro Norte"]
    assert shown(coordinator_id=person.id) == ["Çağrı Meslek Lisesi"]
    assert shown(region="DE-SH") == ["Förde-Schule"]
    assert shown(vocational_field="metal WORK") == ["Förde-Schule"]
    assert shown(due_only=True) == ["Förde-Schule"]


def test_orders(workspace: Workspace) -> None:
    add(workspace, "Z school", next_contact_on=date(2026, 9, 1))
    add(workspace, "A school")
    add(workspace, "B school", next_contact_on=date(2026, 8, 1))
    found = pipeline.prospects(workspace)

    def names(order: PipelineOrder) -> list[str]:
        return [one.school_name[0] for one in in_order(found, order)]

    assert names(PipelineOrder.NEXT_CONTACT) == ["B", "Z", "A"]
    assert names(PipelineOrder.SCHOOL) == ["A", "B", "Z"]
    assert names(PipelineOrder.LAST_CHANGE) == ["B", "A", "Z"]


def test_neighbours_end_at_both_ends() -> None:
    assert neighbour(PipelineState.IDEA, -1) is PipelineState.IDEA
    assert neighbour(PipelineState.IDEA, 1) is PipelineState.CONTACTED
    assert neighbour(PipelineState.NOT_NOW, 1) is PipelineState.NOT_NOW


def test_a_prospect_of_a_school_that_is_gone_can_still_be_shown() -> None:
    one = Prospect(partnership=Partnership(title="Lost", school_id=Organisation(name="x").id))
    assert one.school_name == ""
    assert PipelineFilter(text="lost").takes(one, TODAY)
    assert not PipelineFilter(region="DE").takes(one, TODAY)
    assert Organisation(name="x", kind=OrganisationKind.OTHER).short_name == ""
