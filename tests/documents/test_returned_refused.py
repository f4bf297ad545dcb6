"""Files that are not read: each is refused with its code, quickly, and nothing else happens."""

from __future__ import annotations

import io
import random
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from cocivic_desktop.archives import MAX_MEMBERS
from cocivic_desktop.documents.agreement_docx import agreement_bytes
from cocivic_desktop.documents.hostile import Package, Refusal, RefusedFile, parse_xml
from cocivic_desktop.documents.returned import reader
from cocivic_desktop.documents.returned.model import Recognised
from cocivic_desktop.documents.returned.reader import identify, read_here, read_returned, sent_version
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.guarded import Exhausted, run_guarded
from tests.documents.editing import Returned as Edited
from tests.documents.editing import as_google
from tests.documents.office import needs_office
from tests.documents.samples import agreement, clause_id

EXPORT = agreement_bytes([agreement()])
SENT = sent_version(EXPORT)
DOCUMENT = "word/document.xml"


def with_parts(**changes: bytes | None) -> bytes:
    """The export with parts replaced (names with _ for /) or left out."""
    named = {key.replace("__", "/").replace("_", "."): value for key, value in changes.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(EXPORT)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for path in dict.fromkeys([*source.namelist(), *named]):
            content = named.get(path, source.read(path) if path in source.namelist() else b"")
            if content is not None:
                target.writestr(path, content)
    return buffer.getvalue()


def archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for path, content in members.items():
            target.writestr(path, content)
    return buffer.getvalue()


def many_members() -> bytes:
    return archive(**{f"m{number}": b"" for number in range(MAX_MEMBERS + 1)})


def encrypted_zip() -> bytes:
    data = bytearray(EXPORT)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def lying_size() -> bytes:
    """A member that says it is small and is not."""
    data = bytearray(with_parts(word__document_xml=b"<a>" + b"x" * 3_000_000 + b"</a>"))
    place = data.rfind(b"word/document.xml") - 46
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><l>&c;</l>'
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x;</l>'

REFUSED: dict[str, tuple[Callable[[], bytes], Refusal, dict[str, object]]] = {
    "nothing": (lambda: b"", Refusal.EMPTY, {}),
    "zeros": (lambda: bytes(5_000), Refusal.EMPTY, {}),
    "text": (lambda: b"Liebe Schule, anbei.", Refusal.NOT_DOCX, {"kind": "text"}),
    "pdf": (lambda: b"%PDF-1.7\n1 0 obj", Refusal.NOT_DOCX, {"kind": "pdf"}),
    "rtf": (lambda: b"{\\rtf1\\ansi hello}", Refusal.NOT_DOCX, {"kind": "rtf"}),
    "html": (lambda: b"<!DOCTYPE html><html></html>", Refusal.NOT_DOCX, {"kind": "html"}),
    "doc": (lambda: OLE + bytes(500) + "WordDocument".encode("utf-16-le"), Refusal.NOT_DOCX, {"kind": "doc"}),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n\0\0", Refusal.NOT_DOCX, {"kind": "unknown"}),
    "password": (lambda: OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"), Refusal.ENCRYPTED, {}),
    "zip with password": (encrypted_zip, Refusal.ENCRYPTED, {}),
    "zip": (lambda: archive(a=b"x"), Refusal.NOT_DOCX, {"kind": "zip"}),
    "cut off": (lambda: EXPORT[: len(EXPORT) // 2], Refusal.DAMAGED, {}),
    "no document": (lambda: with_parts(word__document_xml=None), Refusal.DAMAGED, {}),
    "broken xml": (lambda: with_parts(word__document_xml=b"<w:document><w:body>"), Refusal.DAMAGED, {}),
    "deep xml": (lambda: with_parts(word__document_xml=b"<a>" * 5_000 + b"</a>" * 5_000), Refusal.DAMAGED, {}),
    "laughs": (lambda: with_parts(word__document_xml=LAUGHS), Refusal.DANGEROUS_XML, {}),
    "outside": (lambda: with_parts(word__document_xml=OUTSIDE), Refusal.DANGEROUS_XML, {}),
    "outside in UTF-16": (
        lambda: with_parts(word__styles_xml=OUTSIDE.decode().encode("utf-16")), Refusal.DANGEROUS_XML, {}
    ),
    "bomb": (lambda: with_parts(word__document_xml=b"<a>" + b"x" * 30_000_000 + b"</a>"), Refusal.ZIP_BOMB, {}),
    "big": (lambda: with_parts(word__media_big=random.Random(1).randbytes(51_000_000)), Refusal.TOO_BIG, {"limit": 50}),
    "lying": (lying_size, Refusal.DAMAGED, {}),
    "many members": (many_members, Refusal.TOO_MANY_MEMBERS, {"limit": 1000}),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(case: str) -> None:
    make, code, parameters = REFUSED[case]
    data = make()
    with pytest.raises(RefusedFile) as refused:
        read_here(data, SENT)
    assert (refused.value.code, refused.value.parameters) == (code, parameters)
    assert isinstance(refused.value, BadInput)


def test_spreadsheets_and_presentations_are_named() -> None:
    for folder, kind in (("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx")):
        relation = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            f'Target="{folder}"/></Relationships>'
        )
        parts = {"[Content_Types].xml": b"<a/>", "_rels/.rels": relation.encode(), folder: b"<a/>"}
        with pytest.raises(RefusedFile) as refused:
            read_here(archive(**parts), SENT)
        assert refused.value.parameters == {"kind": kind}


@needs_office
def test_an_open_document_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(EXPORT)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "odt",
         "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    with pytest.raises(RefusedFile) as refused:
        read_here((tmp_path / "a.odt").read_bytes(), SENT)
    assert refused.value.parameters == {"kind": "odt"}


def test_entities_are_never_expanded_nor_fetched() -> None:
    for data in (LAUGHS, OUTSIDE, LAUGHS.decode().encode("utf-16-be")):
        with pytest.raises(RefusedFile):
            parse_xml(data)
    assert parse_xml(b"<a>&amp;&#228;</a>").text == "&ä"


def test_parts_outside_the_package_are_not_read() -> None:
    relation = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="a" Type="x/comments" Target="../../../etc/passwd"/>'
        b'<Relationship Id="b" Type="x/comments" Target="https://example.org/c.xml" TargetMode="External"/>'
        b"</Relationships>"
    )
    package = Package(archive(**{"word/document.xml": b"<a/>", "word/_rels/document.xml.rels": relation}))
    assert package.related("word/document.xml", "comments") == []


def test_strict_office_files_are_read_as_the_usual_ones() -> None:
    document = Edited(EXPORT)
    data = document.bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        strict = package.read(DOCUMENT).replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
    assert not read_here(with_parts(word__document_xml=strict), SENT).changed


def test_another_agreement_is_refused_by_its_property_its_clauses_or_its_words() -> None:
    from dataclasses import replace

    other = replace(agreement(), agreement_id=UUID(int=7))
    foreign = replace(
        agreement(), agreement_id=None, sections=[replace(c, id=UUID(int=c.number)) for c in agreement().sections]
    )
    elsewhere = replace(agreement("de"), agreement_id=None)
    for data in (agreement_bytes([other]), agreement_bytes([foreign]), as_google(agreement_bytes([elsewhere]))):
        with pytest.raises(RefusedFile) as refused:
            read_here(data, SENT)
        assert refused.value.code is Refusal.OTHER_AGREEMENT


def test_an_older_version_is_named_and_can_be_read_all_the_same() -> None:
    from dataclasses import replace

    older = agreement_bytes([replace(agreement(), version=2)])
    with pytest.raises(RefusedFile) as refused:
        read_here(older, SENT)
    assert (refused.value.code, refused.value.parameters) == (Refusal.OTHER_VERSION, {"number": 2, "expected": 3})
    result = read_here(older, SENT, True)
    assert result.version == 2 and not result.changed


def test_a_file_says_what_it_is() -> None:
    identity = identify(EXPORT)
    assert (identity.agreement_id, identity.version) == (agreement().agreement_id, 3)
    assert identity.clause_ids == {clause_id(number) for number in (1, 2, 3)}
    bare = identify(as_google(EXPORT))
    assert (bare.agreement_id, bare.version, bare.clause_ids) == (None, 0, frozenset())


def test_versions_from_before_the_property_are_read_by_their_clauses() -> None:
    from dataclasses import replace

    early = agreement_bytes([replace(agreement(), agreement_id=None)])
    sent = sent_version(early, agreement_id=UUID(int=5), number=1)
    assert (sent.agreement_id, sent.number, sent.languages) == (UUID(int=5), 1, ("en",))
    assert read_here(early, sent).recognised is Recognised.CLAUSES


def test_reading_happens_in_a_process_of_its_own_and_errors_come_through() -> None:
    file = Edited(EXPORT)
    file.replace("A session is moved", "14 days", "three weeks")
    data = file.bytes()
    assert read_returned(data, SENT) == read_here(data, SENT)
    with pytest.raises(RefusedFile) as refused:
        read_returned(b"%PDF-", SENT)
    assert (refused.value.code, refused.value.parameters) == (Refusal.NOT_DOCX, {"kind": "pdf"})


def test_time_and_memory_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Exhausted):
        run_guarded(time.sleep, 1.5, 1_000, 60)
    with pytest.raises(Exhausted):
        run_guarded(bytearray, 30, 500, 2_000_000_000)
    monkeypatch.setattr(reader, "SECONDS", 0.01)
    with pytest.raises(RefusedFile) as refused:
        read_returned(EXPORT, SENT)
    assert refused.value.code is Refusal.TOO_SLOW


@pytest.mark.slow
def test_a_huge_foreign_text_within_the_limits_is_read() -> None:
    chance = random.Random(4)
    lines = (
        f"<w:p><w:r><w:t>{' '.join(f'{chance.getrandbits(40):x}' for _ in range(6))}</w:t></w:r></w:p>"
        for _ in range(20_000)
    )
    with zipfile.ZipFile(io.BytesIO(EXPORT)) as package:
        document = package.read(DOCUMENT).decode()
    head, _, tail = document.rpartition("<w:sectPr")
    result = read_returned(with_parts(word__document_xml=f"{head}{''.join(lines)}<w:sectPr{tail}".encode()), SENT)
    assert sum(len(part.changes) for part in result.parts) >= 20_000
