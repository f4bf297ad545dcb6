from __future__ import annotations

import json
import typing
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocivic_desktop import paths
from cocivic_desktop.domain.activities import Activity, Recurrence, RecurrenceEnd
from cocivic_desktop.domain.agreements import Agreement, AgreementVersion
from cocivic_desktop.domain.base import Entity, Side
from cocivic_desktop.domain.errors import BadInput, InvalidField
from cocivic_desktop.domain.organisations import Consent, ConsentPurpose, Organisation, Person
from cocivic_desktop.domain.partnerships import (
    AgendaItem,
    AgendaKind,
    Expectation,
    Partnership,
    PartnershipMember,
    ReadinessAnswerValue,
)
from cocivic_desktop.domain.registry import ENTITIES, KINDS, kind_name
from cocivic_desktop.domain.school_years import SchoolYear, Term
from cocivic_desktop.domain.validation import validate
from cocivic_desktop.services import portable
from cocivic_desktop.services.portable import OnConflict
from cocivic_desktop.services.portable_format import fields_of
from cocivic_desktop.services.portable_schema import schema, schema_text
from cocivic_desktop.store.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "one.cocivic") as opened:
        yield opened


def other(tmp_path: Path, name: str = "two") -> Workspace:
    return Workspace.create(tmp_path / f"{name}.cocivic")


def fill(workspace: Workspace) -> Partnership:
    """A small workspace with two partnerships that share a school."""
    ours = Organisation(name="Ours", is_ours=True)
    school = Organisation(name="School", country="DE", region="SH")
    person = Person(name="Ada", organisation_id=school.id)
    first = Partnership(title="First", school_id=school.id)
    second = Partnership(title="Second", school_id=school.id)
    year = SchoolYear(school_id=school.id, label="2026/27", starts_on=date(2026, 8, 1), ends_on=date(2027, 7, 31))
    one = Expectation(partnership_id=first.id, side=Side.CSO, text="Help")
    two = Expectation(partnership_id=first.id, side=Side.SCHOOL, text="Gives help", matched_with_id=one.id)
    agreement = Agreement(partnership_id=first.id, answers={"photos": True, "weeks": 3, "channel": "mail"})
    with workspace.write("fill") as unit:
        for entity in (
            ours, school, person, first, second, year, one, two, agreement,
            PartnershipMember(partnership_id=first.id, person_id=person.id, role="mentor"),
            PartnershipMember(partnership_id=second.id, person_id=person.id, role="mentor"),
            Consent(person_id=person.id, purpose=ConsentPurpose.PHOTOS),
            Term(school_year_id=year.id, name="1", starts_on=date(2026, 8, 1), ends_on=date(2027, 1, 31)),
            AgreementVersion(agreement_id=agreement.id, number=1, content=bytes(range(256))),
            Activity(
                partnership_id=first.id, title="Session", starts_on=date(2026, 9, 1), start_time=time(10, 30),
                recurrence=Recurrence(weekdays=[1], ends=RecurrenceEnd.ON_DATE, until=date(2026, 12, 1)),
            ),
        ):  # fmt: skip
            unit.add(entity)
        one = unit.get(Expectation, one.id)
        one.matched_with_id = two.id
    return first


def content_of(workspace: Workspace) -> dict[str, Any]:
    records: dict[str, Any] = portable.to_portable(workspace)["records"]
    return {kind: sorted(found, key=lambda one: one["id"]) for kind, found in records.items()}


# --- round trip ---------------------------------------------------------------------------------------------------


def test_a_round_trip_loses_nothing(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    counts = portable.export_json(workspace, tmp_path / "all.json")
    assert counts["partnership"] == 2
    with other(tmp_path) as copy:
        report = portable.import_json(copy, tmp_path / "all.json")
        assert report.applied
        assert report.counts == {"added": sum(counts.values()), "changed": 0, "same": 0, "conflicts": 0}
        assert content_of(copy) == content_of(workspace)
        assert report.changes.touches("partnership")
        again = portable.import_json(copy, tmp_path / "all.json")
        assert not again.applied
        assert again.counts["same"] == sum(counts.values())
        copy.undo()
        assert content_of(copy) == {}


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
SPECIAL: dict[str, st.SearchStrategy[Any]] = {
    "email": st.sampled_from(["", "a@example.org"]),
    "country": st.sampled_from(["", "DE", "ES", "TR"]),
    "zone": st.sampled_from(["Europe/Berlin", "Europe/Istanbul"]),
    "birth_year": st.none() | st.integers(1990, 2012),
    "phase_dates": st.dictionaries(st.sampled_from(["understand", "build"]), st.just("2026-10-01")),
    "answers": st.dictionaries(TEXT, st.integers(1, 5) | TEXT, max_size=3),
    "is_ours": st.just(False),
    "weekday": st.none() | st.integers(0, 6),
    "currency": st.sampled_from(["EUR", "TRY"]),
    "scores": st.dictionaries(TEXT, st.integers(1, 5), max_size=3),
    "label": TEXT.map(lambda text: f"x{text}"),
    "agenda": st.lists(
        st.builds(
            AgendaItem,
            text=TEXT,
            kind=st.sampled_from(AgendaKind),
            answer=TEXT,
            settled=st.none() | st.sampled_from(ReadinessAnswerValue),
        ),
        max_size=3,
    ),
}
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    bool: st.booleans(),
    int: st.integers(1, 50),
    float: st.floats(0, 100),
    date: st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    UUID: st.uuids(),
    datetime: st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    time: st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
    bytes: st.binary(max_size=50),
}


def value_strategy(name: str, kind: Any) -> st.SearchStrategy[Any]:
    if name in SPECIAL:
        return SPECIAL[name]
    if typing.get_origin(kind) is list:
        return st.lists(PLAIN[typing.get_args(kind)[0]], max_size=3)
    if typing.get_origin(kind) is dict:
        return st.dictionaries(TEXT, PLAIN[typing.get_args(kind)[1]], max_size=3)
    if kind is Recurrence:
        return st.builds(Recurrence, interval=st.integers(1, 4), weekdays=st.lists(st.integers(0, 6), max_size=3))
    if issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    return PLAIN[kind]


def draw_entity(data: st.DataObject, cls: type[Entity], ids: dict[str, list[UUID]]) -> Entity | None:
    """A random valid entity, or None when it cannot have what it refers to."""
    values: dict[str, Any] = {"id": uuid4()}
    for name, described in fields_of(cls).items():
        if name == "id":
            continue
        if described.reference:
            known = ids.get(described.reference, [])
            if known and (not described.optional or data.draw(st.booleans())):
                values[name] = data.draw(st.sampled_from(known))
            elif not described.optional:
                return None
        elif described.required or data.draw(st.booleans()):
            values[name] = data.draw(value_strategy(name, described.type))
    entity = cls(**values)
    try:
        validate(entity)
    except InvalidField:
        return None
    return entity


@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_round_trip_of_anything_loses_nothing(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("round")
    ids: dict[str, list[UUID]] = {}
    with other(folder, "a") as first, other(folder, "b") as second:
        with first.write("fill") as unit:
            for cls in ENTITIES:
                for _ in range(2):
                    entity = draw_entity(data, cls, ids)
                    if entity is not None:
                        unit.add(entity)
                        ids.setdefault(cls.__name__, []).append(entity.id)
        portable.export_json(first, folder / "x.json")
        jsonschema.validate(json.loads((folder / "x.json").read_text(encoding="utf-8")), schema())
        portable.import_json(second, folder / "x.json")
        assert content_of(second) == content_of(first)


# --- scope --------------------------------------------------------------------------------------------------------


def test_one_partnership_leaves_the_others_out(workspace: Workspace, tmp_path: Path) -> None:
    first = fill(workspace)
    data = portable.to_portable(workspace, first.id)
    assert data["partnership"] == str(first.id)
    records = data["records"]
    assert [one["title"] for one in records["partnership"]] == ["First"]
    assert len(records["partnership_member"]) == 1
    assert len(records["person"]) == len(records["consent"]) == len(records["school_year"]) == len(records["term"]) == 1
    assert len(records["expectation"]) == 2
    with other(tmp_path) as copy:
        assert portable.import_records(copy, portable.read_records(data)).applied


# --- merging ------------------------------------------------------------------------------------------------------


def test_a_dry_run_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    portable.export_json(workspace, tmp_path / "all.json")
    with other(tmp_path) as copy:
        report = portable.import_json(copy, tmp_path / "all.json", dry_run=True)
        assert report.counts["added"] > 10
        assert not report.applied
        assert content_of(copy) == {}


def test_a_newer_record_replaces_an_older_one(workspace: Workspace, tmp_path: Path) -> None:
    first = fill(workspace)
    portable.export_json(workspace, tmp_path / "old.json")
    with other(tmp_path) as copy:
        portable.import_json(copy, tmp_path / "old.json")
        with workspace.write("change") as unit:
            unit.get(Partnership, first.id).title = "First, renamed"
        portable.export_json(workspace, tmp_path / "new.json")
        report = portable.import_json(copy, tmp_path / "new.json")
        assert report.applied
        assert [(item.kind, item.fields) for item in report.changed] == [("partnership", ("title",))]
        with copy.read() as unit:
            assert unit.get(Partnership, first.id).title == "First, renamed"


@pytest.mark.parametrize(
    ("decision", "title"), [(OnConflict.REFUSE, "Mine"), (OnConflict.KEEP, "Mine"), (OnConflict.TAKE, "First")]
)
def test_a_conflict_is_a_persons_decision(
    workspace: Workspace, tmp_path: Path, decision: OnConflict, title: str
) -> None:
    first = fill(workspace)
    portable.export_json(workspace, tmp_path / "all.json")
    with workspace.write("change") as unit:
        unit.get(Partnership, first.id).title = "Mine"
    report = portable.import_json(workspace, tmp_path / "all.json", on_conflict=decision)
    assert [item.fields for item in report.conflicts] == [("title",)]
    assert report.applied == (decision is not OnConflict.REFUSE)
    with workspace.read() as unit:
        assert unit.get(Partnership, first.id).title == title


def test_a_workspace_belongs_to_one_organisation(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    portable.export_json(workspace, tmp_path / "all.json")
    with other(tmp_path) as copy:
        with copy.write("fill") as unit:
            unit.add(Organisation(name="Somebody else", is_ours=True))
        assert not portable.import_json(copy, tmp_path / "all.json").applied
        report = portable.import_json(copy, tmp_path / "all.json", on_conflict=OnConflict.KEEP)
        assert [item.fields for item in report.conflicts] == [("is_ours",)]
        with copy.read() as unit:
            assert [one.name for one in unit.find(Organisation, is_ours=True)] == ["Somebody else"]


# --- broken input -------------------------------------------------------------------------------------------------


def broken(change: str, value: Any) -> dict[str, Any]:
    """Sound data with one thing changed, named by a path such as records.person.0.name."""
    ids = [str(UUID(int=number)) for number in (1, 2, 3)]
    data: dict[str, Any] = {
        "format": "co-civic portable",
        "version": 1,
        "records": {
            "organisation": [{"id": ids[0], "name": "School"}],
            "person": [{"id": ids[1], "name": "Ada", "organisation_id": ids[0]}],
            "partnership": [{"id": ids[2], "title": "P", "school_id": ids[0]}],
        },
    }
    place: Any = data
    *way, last = change.split(".")
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    if value is ...:
        del place[last]
    else:
        place[int(last) if last.isdigit() else last] = value
    return data


@pytest.mark.parametrize(
    ("change", "value", "where", "what"),
    [
        ("format", "something", "$.format", "co-civic portable"),
        ("version", 2, "$.version", "newer"),
        ("version", "1", "$.version", "must be 1"),
        ("extra", 1, "$.extra", "not known"),
        ("records", [], "$.records", "must be an object"),
        ("records.weather", [], "$.records.weather", "not a kind"),
        ("records.person", {}, "$.records.person", "must be a list"),
        ("records.person.0", "Ada", "$.records.person[0]", "must be an object"),
        ("records.person.0.colour", "red", "$.records.person[0].colour", "not a field"),
        ("records.person.0.name", ..., "$.records.person[0].name", "missing"),
        ("records.person.0.id", ..., "$.records.person[0].id", "missing"),
        ("records.person.0.id", "7", "$.records.person[0].id", "UUID"),
        ("records.person.0.id", str(UUID(int=1)), "$.records.person[0].id", "$.records.organisation[0]"),
        ("records.person.0.name", 5, "$.records.person[0].name", "text"),
        ("records.person.0.name", "  ", "$.records.person[0].name", "required"),
        ("records.person.0.name", "x" * 400, "$.records.person[0].name", "too long"),
        ("records.person.0.kind", "king", "$.records.person[0].kind", "mentor"),
        ("records.person.0.birth_year", 1.5, "$.records.person[0].birth_year", "whole number"),
        ("records.person.0.birth_year", True, "$.records.person[0].birth_year", "whole number"),
        ("records.person.0.active_from", "2026-02-30", "$.records.person[0].active_from", "a day"),
        ("records.person.0.created_at", "2026-02-03T10:00:00", "$.records.person[0].created_at", "offset"),
        ("records.person.0.languages", [1], "$.records.person[0].languages[0]", "text"),
        ("records.person.0.organisation_id", str(UUID(int=9)), "$.records.person[0].organisation_id", "neither"),
        ("records.partnership.0.school_id", None, "$.records.partnership[0].school_id", "UUID"),
    ],
)
def test_broken_input_is_named_with_its_place(
    workspace: Workspace, change: str, value: Any, where: str, what: str
) -> None:
    with pytest.raises(BadInput) as caught:
        portable.import_records(workspace, portable.read_records(broken(change, value)))
    assert str(caught.value).startswith(where + " ")
    assert what in str(caught.value)
    assert "Nothing was changed" in str(caught.value)
    assert content_of(workspace) == {}


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "not valid JSON"),
        (b'{"format": ', "line 1"),
        (b"\xff\xfe{}", "UTF-8"),
        (b"[" * 100_000, "nested|JSON"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b"[]", "format"),
    ],
)
def test_a_file_that_is_no_portable_file(workspace: Workspace, tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=what):
        portable.import_json(workspace, path)


def test_a_missing_file_is_named(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"gone\.json"):
        portable.import_json(workspace, tmp_path / "gone.json")


def test_an_existing_file_stays(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "there.json"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput):
        portable.export_json(workspace, path)
    assert path.read_text(encoding="utf-8") == "mine"
    portable.export_json(workspace, path, force=True)
    assert json.loads(path.read_text(encoding="utf-8"))["format"] == "co-civic portable"


def test_control_characters_are_cleaned(workspace: Workspace) -> None:
    portable.import_records(workspace, portable.read_records(broken("records.person.0.name", "A\x00da\x07")))
    with workspace.read() as unit:
        assert [person.name for person in unit.find(Person)] == ["Ada"]


# --- schema -------------------------------------------------------------------------------------------------------


def test_the_published_schema_is_the_codes() -> None:
    published = (paths.resources() / "portable.schema.json").read_text(encoding="utf-8")
    assert published == schema_text(), "write portable_schema.schema_text() to the file"


def test_the_schema_is_sound_and_complete() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    properties = schema()["properties"]["records"]["properties"]
    assert list(properties) == [kind_name(cls) for cls in ENTITIES] == list(KINDS)


def test_parents_come_before_children() -> None:
    seen: set[str] = set()
    for cls in ENTITIES:
        for described in fields_of(cls).values():
            if described.reference and described.reference != cls.__name__:
                assert described.reference in seen, f"{cls.__name__}.{described.name}"
        seen.add(cls.__name__)


def test_moments_keep_their_instant(workspace: Workspace) -> None:
    moment = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
    data = broken("records.person.0.created_at", (moment + timedelta(hours=0)).isoformat())
    portable.import_records(workspace, portable.read_records(data))
    with workspace.read() as unit:
        assert unit.find(Person)[0].created_at == moment
