"""Annexes and paper of an agreement: what is attached, what stands in it, and that it comes back."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import docx_integrity
import pytest
from openxml_audit import OpenXmlValidator

from cocivic_desktop.documents.redline import redline_docx
from cocivic_desktop.domain.activities import Activity, ActivityStatus, OccurrenceOverride, Recurrence, RecurrenceEnd
from cocivic_desktop.domain.agreements import Agreement, Clause, Commitment, CommitmentUnit
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.goals import SharedGoal
from cocivic_desktop.domain.organisations import FilePurpose, Organisation, Person
from cocivic_desktop.domain.partnerships import PartnershipMember
from cocivic_desktop.domain.rules.clause_compare import ClauseKind
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, SchoolYear, Term
from cocivic_desktop.library.labels import labels
from cocivic_desktop.services import agreements, negotiation, organisation_files, records, versions
from cocivic_desktop.store.workspace import Workspace
from tests.documents.editing import AUTHOR, Returned
from tests.documents.letterheads import letterhead, picture
from tests.documents.parts import part, words

if TYPE_CHECKING:
    from cocivic_desktop.documents.content import AgreementText, Annex
    from cocivic_desktop.domain.partnerships import Partnership


@pytest.fixture
def agreement(workspace: Workspace, partnership: Partnership) -> Agreement:
    return agreements.prepare(workspace, partnership.id)[0]


@pytest.fixture
def year(workspace: Workspace, partnership: Partnership) -> SchoolYear:
    made = SchoolYear(
        school_id=partnership.school_id, label="2026/27", starts_on=date(2026, 8, 24), ends_on=date(2027, 6, 30)
    )
    mine: dict[str, Any] = {"school_year_id": made.id}
    for entity in (
        made,
        Term(name="Term 1", starts_on=date(2026, 8, 24), ends_on=date(2027, 1, 29), **mine),
        Term(name="Term 2", starts_on=date(2027, 2, 1), ends_on=date(2027, 6, 30), **mine),
        CalendarPeriod(
            kind=PeriodKind.HOLIDAY, name="Autumn", starts_on=date(2026, 10, 5), ends_on=date(2026, 10, 16), **mine
        ),
    ):
        records.add(workspace, entity)
    return made


def weekly(partnership: Partnership, until: date) -> Activity:
    rule = Recurrence(weekdays=[1], ends=RecurrenceEnd.ON_DATE, until=until)
    return Activity(
        partnership_id=partnership.id, title="Repairing", starts_on=date(2026, 9, 1), start_time=time(10),
        duration_minutes=90, place="Workshop", recurrence=rule, status=ActivityStatus.CONFIRMED,
    )  # fmt: skip


def text_of(workspace: Workspace, agreement: Agreement, language: str = "en") -> AgreementText:
    return agreements.texts(workspace, agreement.id, language)[0]


def annex(workspace: Workspace, agreement: Agreement, title: str, language: str = "en") -> Annex:
    return next(one for one in text_of(workspace, agreement, language).annexes if one.title == title)


def clause_words(workspace: Workspace, agreement: Agreement, language: str) -> str:
    clause = records.find(workspace, Clause, agreement_id=agreement.id, code="annexes")[0]
    section = next(one for one in text_of(workspace, agreement, language).sections if one.id == clause.id)
    return "".join(run.text for run in section.paragraphs[0])


def fill(workspace: Workspace, agreement: Agreement, partnership: Partnership) -> None:
    """Something for every annex."""
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    contact = Person(organisation_id=ours.id, name="Ada", email="ada@example.org")
    for entity in (
        SharedGoal(partnership_id=partnership.id, statement="Repair more"),
        Activity(partnership_id=partnership.id, title="Kick-off", starts_on=date(2026, 9, 17)),
        Commitment(agreement_id=agreement.id, role="Mentor", minutes=120, unit=CommitmentUnit.PER_TEACHING_WEEK),
        contact,
        PartnershipMember(partnership_id=partnership.id, person_id=contact.id, is_contact=True),
    ):
        records.add(workspace, entity)


@pytest.mark.parametrize("language", ["en", "de", "es", "tr"])
def test_the_clause_names_exactly_what_is_attached(
    workspace: Workspace, agreement: Agreement, partnership: Partnership, language: str
) -> None:
    said = labels(language)
    assert text_of(workspace, agreement, language).annexes == []
    assert said["annex.none"] in clause_words(workspace, agreement, language)
    fill(workspace, agreement, partnership)
    titles = [said[key] for key in ("heading.goals", "heading.activities", "annex.hours", "heading.contacts")]
    assert [one.title for one in text_of(workspace, agreement, language).annexes] == titles
    agreements.attach_annex(workspace, agreement.id, "plan", False)
    del titles[1]
    assert [one.title for one in text_of(workspace, agreement, language).annexes] == titles
    named = "; ".join(f"{said.text('document.annex', number=n)}: {title}" for n, title in enumerate(titles, 1))
    assert f": {named}." in clause_words(workspace, agreement, language)
    agreements.attach_annex(workspace, agreement.id, "goals", False)
    captions = [table.caption for one in text_of(workspace, agreement, language).sections for table in one.tables]
    assert said["heading.goals"] in captions, "no annex is promised that is not there"
    assert said["caption.goals"] not in captions
    workspace.undo()
    assert text_of(workspace, agreement, language).annexes[0].title == titles[0]


def test_an_unknown_annex_is_refused(workspace: Workspace, agreement: Agreement) -> None:
    with pytest.raises(NotFound, match="goals, plan, hours, contacts"):
        agreements.attach_annex(workspace, agreement.id, "map", True)


@pytest.mark.usefixtures("year")
def test_a_short_series_has_a_row_for_each_date(
    workspace: Workspace, agreement: Agreement, partnership: Partnership
) -> None:
    series = weekly(partnership, date(2026, 9, 29))
    cancelled = Activity(
        partnership_id=partnership.id, title="Fair", starts_on=date(2026, 9, 9), status=ActivityStatus.CANCELLED
    )
    dropped = OccurrenceOverride(activity_id=series.id, original_on=date(2026, 9, 8), cancelled=True)
    later = Activity(partnership_id=partnership.id, title="Show", starts_on=date(2027, 3, 4))
    for entity in (series, cancelled, dropped, later):
        records.add(workspace, entity)
    first, second = annex(workspace, agreement, "Aktivitätenplan", "de").tables
    assert first.caption == "Term 1 (24. August 2026 bis 29. Januar 2027)"
    assert list(first.head) == ["Datum", "Tag", "Uhrzeit", "Aktivität", "Ort"]
    assert [row[0] for row in first.rows] == [f"{day}. September 2026" for day in (1, 15, 22, 29)]
    assert list(first.rows[0])[1:] == ["Dienstag", "10:00–11:30", "Repairing", "Workshop"]
    assert second.caption == "Term 2 (1. Februar 2027 bis 30. Juni 2027)"
    assert [list(row) for row in second.rows] == [["4. März 2027", "Donnerstag", "ganztägig", "Show (vorläufig)"]]


@pytest.mark.usefixtures("year")
def test_a_long_series_has_one_row_a_term_with_its_dates_and_gaps(
    workspace: Workspace, agreement: Agreement, partnership: Partnership
) -> None:
    series = weekly(partnership, date(2027, 3, 2))
    moved = OccurrenceOverride(activity_id=series.id, original_on=date(2026, 9, 22), place="Library")
    for entity in (series, moved):
        records.add(workspace, entity)
    first, second = annex(workspace, agreement, "Activity plan").tables
    assert len(first.rows) == 2
    days, weekday, clock, title, place = first.rows[0]
    assert str(days).split("\n")[:2] == ["September 2026: 1, 8, 15, 29", "October 2026: 20, 27"]
    assert (weekday, clock, title, place) == ("Tuesday", "10:00–11:30", "Repairing\nSkipped: Autumn", "Workshop")
    assert list(first.rows[1]) == ["22 September 2026", "Tuesday", "10:00–11:30", "Repairing", "Library"]
    assert [row[0] for row in second.rows] == ["February 2027: 2, 9, 16, 23\nMarch 2027: 2"]


@pytest.mark.usefixtures("year")
@pytest.mark.parametrize(
    ("language", "there", "on_another_day", "note"),
    [
        ("en", "11:00 in Istanbul", "Thursday 00:30 in Tokyo", "Times are those at the school (Berlin time)."),
        ("de", "11:00 in Istanbul", "Donnerstag 00:30 in Tokyo", "am Ort der Schule (Zeitzone Berlin)."),
        ("es", "11:00 en Istanbul", "jueves 00:30 en Tokyo", "centro educativo (zona horaria de Berlin)."),
        ("tr", "Istanbul saatiyle 11:00", "Tokyo saatiyle Perşembe 00:30", "(Berlin saati)."),
    ],
)
def test_dates_in_another_zone_stand_at_the_schools_time(
    workspace: Workspace, agreement: Agreement, partnership: Partnership, language: str, there: str,
    on_another_day: str, note: str,
) -> None:  # fmt: skip
    call = weekly(partnership, date(2026, 11, 24))
    call.start_time, call.zone = time(11), "Europe/Istanbul"
    night = Activity(
        partnership_id=partnership.id, title="Night", starts_on=date(2026, 9, 3), start_time=time(0, 30),
        duration_minutes=60, zone="Asia/Tokyo",
    )  # fmt: skip
    at_home = Activity(partnership_id=partnership.id, title="Walk", starts_on=date(2026, 9, 4), start_time=time(9))
    said, title = labels(language), labels(language)["heading.activities"]
    records.add(workspace, at_home)
    assert len(annex(workspace, agreement, title, language).paragraphs) == 1
    with workspace.write("add"):
        for entity in (call, night):
            records.add(workspace, entity)
    made = annex(workspace, agreement, title, language)
    assert note in made.paragraphs[1][0].text
    rows = {str(row[0]): [str(cell) for cell in row[1:4]] for row in made.tables[0].rows}
    assert rows[said.format_date(date(2026, 9, 2))] == [
        said.weekday(2), f"17:30–18:30\n{on_another_day}", f"Night ({said['activity_status.tentative']})"
    ]  # fmt: skip
    assert rows[said.format_date(date(2026, 9, 8))][:2] == [said.weekday(1), f"10:00–11:30\n{there}"]
    assert rows[said.format_date(date(2026, 11, 3))][:2] == [said.weekday(1), f"09:00–10:30\n{there}"], "winter time"
    assert rows[said.format_date(date(2026, 9, 4))][1] == "09:00–10:00"


@pytest.mark.usefixtures("year")
def test_promised_time_is_summed_over_the_teaching_weeks(
    workspace: Workspace, agreement: Agreement, partnership: Partnership
) -> None:
    for entity in (
        Commitment(agreement_id=agreement.id, role="Mentor", minutes=90, unit=CommitmentUnit.PER_TEACHING_WEEK),
        Commitment(agreement_id=agreement.id, role="Helper", minutes=60, unit=CommitmentUnit.PER_SESSION),
        Commitment(
            agreement_id=agreement.id, side=Side.SCHOOL, role="Teacher", minutes=30, unit=CommitmentUnit.PER_SESSION
        ),
        weekly(partnership, date(2026, 9, 29)),
    ):
        records.add(workspace, entity)
    made = annex(workspace, agreement, "Promised time")
    weeks = 45 - 2  # 24 August to 30 June without the autumn holidays
    assert "".join(run.text for run in made.paragraphs[0]).endswith(f": {weeks}.")
    rows = [list(row) for row in made.tables[0].rows]
    assert rows[0][1:] == ["Mentor", "1 h 30 min per teaching week", f"teaching weeks: {weeks}", "64 h 30 min"]
    assert rows[1][3:] == ["sessions in the calendar: 5", "5 h"]
    assert rows[2][1:] == ["Total", "", "", "69 h 30 min"]
    assert rows[3][-1] == "2 h 30 min"


def test_time_that_cannot_be_summed_says_so(
    workspace: Workspace, agreement: Agreement, partnership: Partnership
) -> None:
    fill(workspace, agreement, partnership)
    assert annex(workspace, agreement, "Promised time").tables[0].rows[0][-1] == "not known yet"


def on_paper(workspace: Workspace, *, second: str | None = None) -> bytes:
    """The agreement on our own paper; the typed lines of the letterhead and the logo stay away."""
    organisation_files.choose(workspace, FilePurpose.LETTERHEAD, "paper.docx", letterhead())
    organisation_files.choose(workspace, FilePurpose.LOGO, "logo.png", picture())
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    records.change(workspace, Organisation, ours.id, letterhead="Typed line")
    found = records.find(workspace, Agreement)[0]
    return agreements.document(workspace, found.id, "de", second)


@pytest.mark.parametrize("second", [None, "tr"])
def test_an_agreement_wears_our_paper(
    workspace: Workspace, agreement: Agreement, partnership: Partnership, tmp_path: Path, second: str | None
) -> None:
    fill(workspace, agreement, partnership)
    data = on_paper(workspace, second=second)
    section = docx.Document(io.BytesIO(data)).sections[0]
    head = words(section.first_page_header.part.element)
    assert "Grüner Hafen e. V. · Am Kai 3" in head
    assert "Typed line" not in head + words(part(data, "word/document.xml"))
    assert "ENTWURF" in head
    assert "Ada" in words(part(data, "word/document.xml"))
    path = tmp_path / "made.docx"
    path.write_bytes(data)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert [str(finding) for finding in docx_integrity.check(path)] == []


def test_without_a_letterhead_file_the_logo_and_the_typed_lines_stand_on_top(
    workspace: Workspace, agreement: Agreement
) -> None:
    organisation_files.choose(workspace, FilePurpose.LOGO, "logo.png", picture())
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    records.change(workspace, Organisation, ours.id, letterhead="Typed line")
    data = agreements.document(workspace, agreement.id)
    head = docx.Document(io.BytesIO(data)).sections[0].first_page_header.part
    assert "Typed line" in words(head.element)
    assert len(head.package.image_parts) == 1


def test_on_our_paper_it_comes_back_clause_by_clause(
    workspace: Workspace, agreement: Agreement, partnership: Partnership, tmp_path: Path
) -> None:
    fill(workspace, agreement, partnership)
    on_paper(workspace)
    version, _ = versions.share(workspace, agreement.id, "Dr Kaya", "en")
    clause = records.find(workspace, Clause, agreement_id=agreement.id, code="insurance")[0]
    line = clause.texts["en"].split("\n")[0]
    file = Returned(version.content)
    file.replace_tracked(line[:25], line.split()[0], "Surely")
    back = tmp_path / "back.docx"
    back.write_bytes(file.bytes())
    document_id, _ = negotiation.keep(
        workspace, negotiation.read(workspace, agreement.id, back), "Dr Kaya", date(2026, 9, 14)
    )
    changes = negotiation.changes_of(workspace, document_id)
    assert [(one.clause_id, one.author) for one in changes] == [(clause.id, AUTHOR)]


def test_on_our_paper_changes_are_tracked(workspace: Workspace, agreement: Agreement, tmp_path: Path) -> None:
    before = on_paper(workspace)
    clause = records.find(workspace, Clause, agreement_id=agreement.id, code="insurance")[0]
    agreements.reword(workspace, clause.id, "de", "Versicherung", "Alles ist versichert.")
    after = agreements.document(workspace, agreement.id, "de")
    changed = [one for one in versions.compare_contents(before, after) if one.kind is not ClauseKind.UNCHANGED]
    assert [one.id for one in changed] == [clause.id]
    path = tmp_path / "redline.docx"
    path.write_bytes(redline_docx(before, after, author="Green Harbour", date=datetime(2026, 9, 14, tzinfo=UTC)))
    assert "Alles ist versichert." in words(part(path.read_bytes(), "word/document.xml"))
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
