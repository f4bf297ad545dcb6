"""Returned agreements in two languages, with odd content, edited at random: nothing is lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocivic_desktop.documents.agreement_docx import agreement_bytes
from cocivic_desktop.documents.content import Run
from cocivic_desktop.documents.redline import redline_docx
from cocivic_desktop.documents.returned.model import (
    Change,
    ChangeKind,
    MappedBy,
    PartFate,
    PartKind,
    Returned,
    ReturnedPart,
    UnmappedKind,
    taken,
)
from cocivic_desktop.documents.returned.pieces import plain, without_number, written_number
from cocivic_desktop.documents.returned.reader import read_here, sent_version
from cocivic_desktop.documents.wml import Element, name, w
from tests.documents.editing import AUTHOR, as_google, mark, remove
from tests.documents.editing import Returned as Edited
from tests.documents.office import needs_office, settled_by_office
from tests.documents.parts import part, words
from tests.documents.samples import agreement, clause_id, long_agreement
from tests.documents.test_redline import WHEN, second_version
from tests.documents.tracked import accepted

BOTH = agreement_bytes([agreement("de"), agreement("en")])
SENT_BOTH = sent_version(BOTH)
SINGLE = agreement_bytes([agreement()])
SENT = sent_version(SINGLE)


def changes(result: Returned) -> list[Change]:
    return [change for part in result.parts for change in part.changes]


def clause(result: Returned, number: int) -> ReturnedPart:
    return next(p for p in result.parts if p.sent and p.sent.id == clause_id(number))


def edited_bilingual() -> bytes:
    file = Edited(BOTH)
    file.replace("A session is moved", "14 days", "three weeks")
    file.replace("Ein Termin wird", "14 Tage", "drei Wochen")
    file.replace("Purpose", "Purpose", "Purpose and spirit")
    file.replace("Die Arbeit gehört", "[Klasse und Fach?]", "10b, Metalltechnik")
    file.replace("wöchentlich", "wöchentlich", "monatlich")
    return file.bytes()


def assert_bilingual(result: Returned) -> None:
    assert [(c.kind, c.language, c.index, c.table) for c in changes(result)] == [
        (ChangeKind.TITLE, 1, -1, -1),
        (ChangeKind.FILLED, 0, 1, -1),
        (ChangeKind.CELL, 0, 1, 0),
        (ChangeKind.REPLACED, 0, 1, -1),
        (ChangeKind.REPLACED, 1, 1, -1),
    ]
    title, filled, cell, german, english = changes(result)
    assert (title.before, title.after) == ("Purpose", "Purpose and spirit")
    assert [(a.blank, a.text) for a in filled.answers] == [("Klasse und Fach", "10b, Metalltechnik")]
    assert (cell.before, cell.after, cell.column) == ("wöchentlich\nweekly", "monatlich\nweekly", 3)
    assert "drei Wochen" in german.after and "three weeks" in english.after
    assert result.unmapped == ()
    assert all(p.fate is PartFate.KEPT and not p.moved for p in result.parts)


def test_two_languages_side_by_side() -> None:
    assert SENT_BOTH.languages == ("de", "en")
    assert_bilingual(read_here(edited_bilingual(), SENT_BOTH))
    assert_bilingual(read_here(as_google(edited_bilingual()), SENT_BOTH))


@needs_office
def test_two_languages_through_libreoffice(tmp_path: Path) -> None:
    files = settled_by_office(tmp_path, {"both": (edited_bilingual(), ""), "sent": (BOTH, "")})
    assert_bilingual(read_here(files["both"], SENT_BOTH))
    assert not read_here(files["sent"], SENT_BOTH).changed


def test_a_version_comes_back_unchanged_as_unchanged() -> None:
    for data, sent in ((SINGLE, SENT), (BOTH, SENT_BOTH), (as_google(SINGLE), SENT), (as_google(BOTH), SENT_BOTH)):
        assert not read_here(data, sent).changed


def test_a_redline_is_read_as_the_version_it_leads_to() -> None:
    old, new = agreement_bytes([agreement()]), agreement_bytes([second_version(agreement())])
    result = read_here(redline_docx(old, new, author="Ayşe Yıldız", date=WHEN), SENT)
    added = [p for p in result.parts if p.fate is PartFate.ADDED]
    assert [p.titles for p in added] == [("Insurance",)]
    assert clause(result, 1).titles == ("Purpose!",)
    days = next(c for c in clause(result, 3).changes if "21 days" in c.after)
    assert days.kind is ChangeKind.REPLACED
    assert {c.author for c in changes(result) if c.tracked} == {"Ayşe Yıldız"}


def test_pictures_notes_boxes_and_lost_comments_are_unmapped_and_never_dropped() -> None:
    file = Edited(SINGLE)
    paragraph = file.paragraph("Sessions take place")
    box = w("txbxContent", w("p", w("r", _t("A box with words"))))
    paragraph.append(w("r", w("pict", box)))
    paragraph.append(w("r", w("drawing")))
    paragraph.append(w("r", w("footnoteReference", id=2)))
    file.comment("The school confirms", "1 September", "Too early")
    for comment in [*file.root.iter(name("commentRangeStart")), *file.root.iter(name("commentReference"))]:
        remove(comment)
    result = read_here(file.bytes(), SENT)
    assert [(u.kind, u.text) for u in result.unmapped] == [
        (UnmappedKind.COMMENT, "Too early"),
        (UnmappedKind.TEXT_BOX, "A box with words"),
        (UnmappedKind.PICTURE, ""),
        (UnmappedKind.NOTE, ""),
    ]
    assert result.unmapped[1].before.startswith("Sessions take") and result.unmapped[1].after.startswith("A session")
    assert changes(result) == []


def test_words_before_the_agreement_are_unmapped_with_what_follows() -> None:
    file = Edited(SINGLE)
    title = file.paragraph("Memorandum")
    title.addprevious(w("p", w("r", _t("Dear neighbours, thank you, please find our remarks below."))))
    result = read_here(file.bytes(), SENT)
    (stray,) = result.unmapped
    assert (stray.kind, stray.text) == (UnmappedKind.TEXT, "Dear neighbours, thank you, please find our remarks below.")
    assert changes(result) == []


def test_tracked_changes_inside_links_fields_and_controls_are_found() -> None:
    file = Edited(SINGLE)
    file.replace_tracked("Sessions take", "never", "seldom")
    paragraph = file.paragraph("Sessions take")
    inner = [child for child in paragraph if child.tag in {name("ins"), name("del")}]
    link = w("hyperlink", w("sdt", w("sdtContent")))
    inner[0].addprevious(link)
    for change in inner:
        next(link.iter(name("sdtContent"))).append(change)
    extra = w("fldSimple", mark("ins", w("r", _t(" as agreed"))), instr=" REF x ")
    paragraph.append(extra)
    (found,) = changes(read_here(file.bytes(), SENT))
    assert found.after.endswith("seldom in an assessment period. as agreed")
    assert (found.author, found.tracked) == (AUTHOR, True)


def test_tracked_joins_and_splits_of_paragraphs() -> None:
    file = Edited(SINGLE)
    first = file.paragraph("Sessions take")
    next(first.iter(name("pPr"))).append(w("rPr", mark("del")))
    (replaced, deleted) = sorted(changes(read_here(file.bytes(), SENT)), key=lambda c: c.kind, reverse=True)
    joined = {replaced.after, deleted.after}
    assert any("assessment period.A session is moved" in text for text in joined)


def test_a_copied_clause_is_an_added_one() -> None:
    import copy

    file = Edited(SINGLE)
    control = file.clause("Purpose")[0]
    control.addnext(copy.deepcopy(control))
    result = read_here(file.bytes(), SENT)
    texts = [c.after for c in changes(result)]
    assert any("Both sides want learners" in text for text in texts)
    assert clause(result, 1).fate is PartFate.KEPT


def test_renamed_clauses_without_any_mark_are_known_by_their_text() -> None:
    file = Edited(SINGLE)
    file.replace("School calendar", "School calendar", "When we meet")
    result = read_here(as_google(file.bytes()), SENT)
    calendar = clause(result, 3)
    assert (calendar.titles, calendar.mapped_by) == (("When we meet",), MappedBy.TEXT)
    assert [c.kind for c in changes(result)] == [ChangeKind.TITLE]


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("3. Purpose", "3", "Purpose"), ("3.1 The school", "3.1", "The school"), ("§ 4 Kosten", "4", "Kosten"),
        ("a) rooms", "a", "rooms"), ("• rooms", "", "rooms"), ("14 days are enough", "14", "days are enough"),
        ("A session is moved", "A", "A session is moved"), ("Purpose", "", "Purpose"), ("", "", ""),
    ],
)  # fmt: skip
def test_written_numbers(text: str, number: str, rest: str) -> None:
    assert without_number(text) == rest
    if rest != text:
        assert written_number(text) == number


def test_spaces_hyphens_and_composed_letters_are_no_changes() -> None:
    assert plain(" a\u00a0b\u200b  c\u00add \u2011 u\u0308") == "a bcd - ü".replace("bcd", "b cd")


_TEXT = st.lists(st.sampled_from(["room", "learner,", "school;", "14", "days", "«ü»", "<b>", "{{x}}"]), min_size=1,
                 max_size=12).map(" ".join)  # fmt: skip
_EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            ["replace", "tracked", "insert", "insert tracked", "delete", "delete tracked", "title", "move"]
        ),
        st.integers(0, 50),
        st.integers(0, 50),
        _TEXT,
    ),
    max_size=6,
)


@pytest.mark.slow
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits=_EDITS, google=st.booleans(), both=st.booleans())
def test_random_edits_are_all_found_and_nothing_is_lost(
    edits: Sequence[tuple[str, int, int, str]], google: bool, both: bool
) -> None:
    data, sent = (BOTH, SENT_BOTH) if both else (SINGLE, SENT)
    file = Edited(data)
    for kind, place, other, text in edits:
        _apply(file, kind, place, other, text)
    returned = file.bytes()
    result = read_here(as_google(returned) if google else returned, sent)
    assert _after(result) == Counter(_words(accepted(returned)))
    assert _unchanged(result) == Counter(_words(part(data, "word/document.xml")))


def _apply(file: Edited, kind: str, place: int, other: int, text: str) -> None:
    """One edit of a clause's paragraph or title."""
    style = "ClauseHeading" if kind == "title" else "ClauseParagraph"
    found = [p for p in file.root.iter(name("p")) if _style(p) == style and words(p) and not list(p.iter(name("del")))]
    if not found:
        return
    paragraph = found[place % len(found)]
    start = words(paragraph)
    if [words(p) for p in file.root.iter(name("p"))].count(start) > 1:
        return
    if kind in {"replace", "title", "tracked"}:
        run = next((r for r in paragraph.findall(name("r")) if len(words(r).split()) > 2), None)
        if run is not None:
            change = file.replace_tracked if kind == "tracked" else file.replace
            change(start, words(run).split()[other % len(words(run).split())], text)
    elif kind.startswith("insert"):
        file.insert(start, text.replace(" ", " new "), tracked=kind.endswith("tracked"))
    elif kind == "delete tracked" and not list(paragraph.iter(name("ins"))) and _has_neighbour(paragraph):
        file.delete_tracked(start)
    elif kind == "delete" and _has_neighbour(paragraph):
        file.delete(start)
    elif kind == "move" and _has_neighbour(paragraph):
        target = words(found[other % len(found)])
        if target != start and [words(p) for p in file.root.iter(name("p"))].count(target) == 1:
            file.move(start, target)


def _has_neighbour(paragraph: Element) -> bool:
    """A cell keeps a paragraph."""
    parent = paragraph.getparent()
    return parent is not None and len([p for p in parent if p.tag == name("p")]) > 1


def _style(paragraph: Element) -> str:
    style = next(iter(paragraph.iter(name("pStyle"))), None)
    return style.get(name("val"), "") if style is not None else ""


def _words(root: Element) -> list[str]:
    return re.findall(r"\w+", words(root))


def _of(result: Returned, chosen: bool) -> Counter[str]:
    """All words of the body with every change taken, or none."""
    texts: list[str] = []
    everything = changes(result) if chosen else []
    for number, found in enumerate(result.parts):
        if found.kind in {PartKind.HEADER, PartKind.FOOTER}:
            continue
        sent = found.sent
        titles = found.titles if chosen else sent.titles if sent else ()
        own = sent.titles if sent else ()
        title_changes = [c for c in found.changes if c.kind is ChangeKind.TITLE]
        for language in range(len(titles)):
            changed = any(c.language == language for c in title_changes)
            texts.append(titles[language] if changed or sent is None else own[language])
        for language in range(len(titles) or 1):
            texts += taken(result, number, language, everything)
        texts += _rest(found, chosen)
    return Counter(word for text in texts for word in re.findall(r"\w+", text))


def _rest(found: ReturnedPart, chosen: bool) -> list[str]:
    """States, captions and cells."""
    if not found.sent:
        return []
    states = {c.language: c for c in found.changes if c.kind is ChangeKind.STATE} if chosen else {}
    texts = [states[n].after if n in states else state for n, state in enumerate(found.sent.states)]
    captions = {c.table: c.after for c in found.changes if c.kind is ChangeKind.CELL and c.index < 0} if chosen else {}
    tables = found.sent.tables if found.fate is PartFate.KEPT or not chosen else ()
    for number, table in enumerate(tables):
        texts += [captions.get(number, table.caption), *(cell.text for row in table.rows for cell in row)]
    return texts


def _after(result: Returned) -> Counter[str]:
    return _of(result, chosen=True) + Counter(w for u in result.unmapped for w in re.findall(r"\w+", u.text))


def _unchanged(result: Returned) -> Counter[str]:
    return _of(result, chosen=False)


@pytest.mark.slow
def test_two_hundred_pages_are_read() -> None:
    text = long_agreement(clauses=500)
    sections = [
        replace(c, paragraphs=[[Run(f"{run.text} {c.number}.{n} x{c.number * 7 + n}") for run in part]
                               for n, part in enumerate(c.paragraphs)])
        for c in text.sections
    ]  # fmt: skip
    data = agreement_bytes([replace(text, sections=sections)])
    sent = sent_version(data)
    file = Edited(data)
    for number, paragraph in enumerate(p for p in file.root.iter(name("p")) if _style(p) == "ClauseParagraph"):
        if number % 5 == 0:
            first = next(paragraph.iter(name("t")))
            first.text = (first.text or "").replace("five", "six")
    for variant in (file.bytes(), as_google(file.bytes())):
        result = read_here(variant, sent)
        assert len([c for c in changes(result) if c.kind is not ChangeKind.TITLE]) == 300


def _t(text: str) -> Element:
    element = w("t")
    element.text = text
    return element
