"""The redline: real tracked changes; accepted it is the new version, rejected the old one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import docx_integrity
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from cocivic_desktop.documents.agreement_docx import agreement_bytes
from cocivic_desktop.documents.content import AgreementText, ClauseText, Run, Table
from cocivic_desktop.documents.redline import redline_docx
from cocivic_desktop.documents.wml import Element, name
from tests.documents.office import needs_office, settled_by_office
from tests.documents.parts import defects, part, values, words
from tests.documents.samples import agreement, clause_id
from tests.documents.tracked import Shape, accepted, rejected, shape, without_last_gap

WHEN = datetime(2026, 9, 14, 8, 30, tzinfo=UTC)


def new_clause(number: int = 9, title: str = "Insurance") -> ClauseText:
    return ClauseText(
        id=clause_id(number),
        number=number,
        title=title,
        paragraphs=[[Run("The organisation insures its volunteers.")], [Run("The school insures its learners.")]],
        tables=[Table(caption="Insurers", head=["Who", "With"], rows=[["Learners", "Unfallkasse"]])],
    )


def reworded(clause: ClauseText, old: str, new: str) -> ClauseText:
    paragraphs = [[replace(run, text=run.text.replace(old, new)) for run in part] for part in clause.paragraphs]
    return replace(clause, paragraphs=paragraphs)


def second_version(text: AgreementText) -> AgreementText:
    """Every kind of difference at once."""
    purpose, tasks, calendar = text.sections
    german = text.language == "de"
    rows = [list(row) for row in tasks.tables[0].rows]
    rows = [[rows[0][0], "supports", *rows[0][2:]], ["Insurance", "leads", "is informed", "May"], *rows[1:2]]
    words_of = ("14 Tage", "21 Tage") if german else ("14 days", "21 days")
    changed = reworded(calendar, *words_of)
    return replace(
        text,
        title=text.title + " 2027",
        subtitle="",
        sections=[
            replace(changed, number=1, paragraphs=[*changed.paragraphs[:2], [Run("A new last paragraph.")]]),
            replace(purpose, number=2, title=purpose.title + "!", paragraphs=[purpose.paragraphs[0]]),
            replace(new_clause(), number=3),
            replace(tasks, number=4, tables=[replace(tasks.tables[0], rows=rows)]),
        ],
        annexes=[],
        signatures=text.signatures[:1],
        draft=False,
    )


def exchanged(*order: int) -> AgreementText:
    """Several clauses in an order."""
    clauses = [
        replace(new_clause(20 + n, f"Title {n}"), tables=[], state_label="agreed",
                paragraphs=[[Run(f"Words of {n} that are its own x{n * n}.")], [Run(f"Second of {n}: y{n} z{n}.")]])
        for n in range(5)
    ]  # fmt: skip
    return replace(agreement(), sections=[clauses[n] for n in order])


CASES: dict[str, tuple[Sequence[AgreementText], Sequence[AgreementText]]] = {
    "everything": ([agreement()], [second_version(agreement())]),
    "back": ([second_version(agreement())], [agreement()]),
    "bilingual": (
        [agreement("de"), agreement("en")],
        [second_version(agreement("de")), second_version(agreement("en"))],
    ),
    "bilingual back": (
        [second_version(agreement("de")), second_version(agreement("en"))],
        [agreement("de"), agreement("en")],
    ),
    "nothing": ([agreement()], [agreement()]),
    "all removed": ([agreement()], [replace(agreement(), sections=[], annexes=[], signatures=[], notice="")]),
    "another table": (
        [agreement()],
        [replace(agreement(), sections=[replace(agreement().sections[1], tables=new_clause().tables)])],
    ),
    "exchanged": ([exchanged(0, 1, 2, 3, 4)], [exchanged(0, 3, 2, 1, 4)]),
    "other language": ([agreement("de")], [agreement("en")]),
    "one to two": ([agreement("de")], [agreement("de"), agreement("en")]),
}


def redline(case: str) -> tuple[bytes, bytes, bytes]:
    old, new = (agreement_bytes(texts) for texts in CASES[case])
    return old, new, redline_docx(old, new, author="Ayşe Yıldız", date=WHEN)


@pytest.mark.parametrize("case", CASES)
def test_accepted_it_is_the_new_version_and_rejected_the_old_one(case: str) -> None:
    old, new, lined = redline(case)
    for path in ("word/document.xml", "word/header1.xml", "word/header2.xml", "word/footer1.xml"):
        for settled, version in ((accepted(lined, path), new), (rejected(lined, path), old)):
            expected = shape(part(version, path))
            assert without_last_gap(shape(settled), expected) == expected


@pytest.mark.parametrize("case", CASES)
def test_validators_and_own_checks_find_nothing(case: str, tmp_path: Path) -> None:
    lined = redline(case)[2]
    path = tmp_path / "redline.docx"
    path.write_bytes(lined)
    assert defects(lined) == []
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert [str(finding) for finding in docx_integrity.check(path)] == []


def test_changes_carry_author_and_moment_and_a_number_of_their_own() -> None:
    root = part(redline("everything")[2], "word/document.xml")
    marks = [*root.iter(name("ins")), *root.iter(name("del"))]
    assert len(marks) > 30
    assert {mark.get(name("author")) for mark in marks} == {"Ayşe Yıldız"}
    assert {mark.get(name("date")) for mark in root.iter(name("ins"))} == {"2026-09-14T08:30:00Z"}
    assert {mark.get(name("date"), "")[:14] for mark in marks} == {"2026-09-14T08:"}
    assert len({mark.get(name("id")) for mark in marks}) == len(marks)


def test_words_rows_paragraphs_and_clauses_are_tracked_each_by_itself() -> None:
    root = part(redline("everything")[2], "word/document.xml")
    deleted = ["".join(t.text or "" for t in mark.iter(name("delText"))) for mark in root.iter(name("del"))]
    inserted = [words(run) for mark in root.iter(name("ins")) for run in mark.iter(name("r"))]
    assert "!" in inserted and " 2027" in inserted
    assert "weekly" not in deleted and "31 July 2027" not in inserted
    rows = [words(row) for row in root.iter(name("tr")) if row.find(f"{name('trPr')}/{name('ins')}") is not None]
    assert "Insurance\nleads\nis informed\nMay" in rows
    old = agreement()
    new = replace(old, sections=[*old.sections[:2], reworded(old.sections[2], "14 days", "21 days")])
    root = part(
        redline_docx(agreement_bytes([old]), agreement_bytes([new]), author="A", date=WHEN), "word/document.xml"
    )
    assert [t.text for t in root.iter(name("delText"))] == [" 14"]
    assert [words(run) for mark in root.iter(name("ins")) for run in mark.iter(name("r"))] == [" 21"]


def test_nothing_is_tracked_where_nothing_differs() -> None:
    root = part(redline("nothing")[2], "word/document.xml")
    assert values(root, "ins", "id") == values(root, "del", "id") == []
    assert len(values(root, "bookmarkStart", "name")) == 3


def test_a_moved_clause_is_deleted_and_inserted_and_keeps_its_bookmark_where_it_goes() -> None:
    old = agreement()
    new = replace(old, sections=[old.sections[1], old.sections[2], old.sections[0]])
    root = part(
        redline_docx(agreement_bytes([old]), agreement_bytes([new]), author="A", date=WHEN), "word/document.xml"
    )
    headings = [p for p in root.iter(name("p")) if values(p, "pStyle") == ["ClauseHeading"]]
    purpose = clause_id(1).hex
    found = [
        (len(p.findall(name("del"))), len(p.findall(name("ins"))), values(p, "bookmarkStart", "name")) for p in headings
    ]
    assert found == [
        (1, 0, []),
        (0, 0, [f"clause_{clause_id(2).hex}"]),
        (0, 0, [f"clause_{clause_id(3).hex}"]),
        (0, 1, [f"clause_{purpose}"]),
    ]


_Versions = list[tuple[int, list[str], list[list[str]], list[list[str]]]]
_WORDS = st.lists(
    st.sampled_from(["repair", "learn", "the", "school", "room,", "{{ x }}", "<w:p>", "ü", "\n"]), max_size=9
)
_CLAUSES = st.lists(st.tuples(st.integers(1, 6), _WORDS, st.lists(_WORDS, max_size=4), st.lists(_WORDS, max_size=3)),
                    max_size=5, unique_by=lambda clause: clause[0])  # fmt: skip


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(old=_CLAUSES, new=_CLAUSES, second=st.booleans())
def test_any_two_versions(old: _Versions, new: _Versions, second: bool) -> None:
    versions = []
    for clauses in (old, new):
        sections = [
            ClauseText(
                id=UUID(int=number),
                number=place,
                title=" ".join(title),
                paragraphs=[[Run(" ".join(text))] for text in paragraphs],
                tables=[Table(head=["a", "b"], rows=[[" ".join(row), "x"] for row in rows])] if rows else [],
            )
            for place, (number, title, paragraphs, rows) in enumerate(clauses, 1)
        ]
        text = replace(agreement(), sections=sections)
        other = replace(agreement("de"), sections=[replace(c, paragraphs=c.paragraphs[:2]) for c in sections])
        versions.append(agreement_bytes([text, other] if second else [text]))
    lined = redline_docx(*versions, author="A", date=WHEN)
    for settled, version in ((accepted(lined), versions[1]), (rejected(lined), versions[0])):
        expected = shape(part(version, "word/document.xml"))
        assert without_last_gap(shape(settled), expected) == expected


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("case", ["everything", "back", "bilingual", "bilingual back", "another table", "exchanged"])
def test_libreoffice_accepts_to_the_new_version_and_rejects_to_the_old_one(case: str, tmp_path: Path) -> None:
    old, new, lined = redline(case)
    results = settled_by_office(
        tmp_path,
        {"accepted": (lined, "AcceptAllTrackedChanges"), "rejected": (lined, "RejectAllTrackedChanges"),
         "old": (old, ""), "new": (new, "")},
    )  # fmt: skip
    for settled, version in (("accepted", "new"), ("rejected", "old")):
        root = part(results[settled], "word/document.xml")
        assert values(root, "ins", "id") == values(root, "del", "id") == []
        assert _content(root) == _content(part(results[version], "word/document.xml"))


def _content(root: Element) -> Shape:
    """Styles and texts without empty paragraphs, one of which LibreOffice leaves beside a table that goes."""
    result: Shape = []
    for block in shape(root):
        if block[0] == "table":
            result.append([[_content_of(cell) for cell in row] for row in block[1:]])
        else:
            result += _content_of([block])
    return result


def _content_of(paragraphs: Shape) -> Shape:
    """Texts with their styles; LibreOffice marks rows with a sign that is no character (U+200D)."""
    texts = [(style, "".join(text for _, text in pieces).replace("\u200d", "")) for style, _, pieces in paragraphs]
    return [(style, text) for style, text in texts if text]
