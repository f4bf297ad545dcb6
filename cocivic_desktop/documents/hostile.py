"""Files from elsewhere, opened with care: a DOCX is a ZIP of XML, and both can be made to hurt.

The limits of size are those of `archives`; no document type declarations, no entities, nothing read from the net. What
is refused is refused with a code; the words are made where they are shown.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from enum import StrEnum
from typing import Final

from lxml import etree

from cocivic_desktop.archives import MAX_MEMBERS, MAX_UNPACKED, Danger, UnsafeArchive, open_archive
from cocivic_desktop.domain.errors import BadInput

_PLAIN = 1 << 16
_LIMITS: Final = {
    Danger.TOO_MANY_MEMBERS: {"limit": MAX_MEMBERS},
    Danger.TOO_BIG: {"limit": MAX_UNPACKED // 1_000_000},
}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
)
_DOCUMENT_TYPE = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Refusal(StrEnum):
    """Why a file was not read."""

    NOT_DOCX = "not_docx"
    """`kind`: doc, odt, pdf, rtf, html, xlsx, pptx, zip, text or unknown."""
    EMPTY = "empty"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_BIG = "too_big"
    """`limit`, in megabytes unpacked."""
    TOO_MANY_MEMBERS = "too_many_members"
    ZIP_BOMB = "zip_bomb"
    DANGEROUS_XML = "dangerous_xml"
    TOO_SLOW = "too_slow"
    """Reading took longer or more memory than it may."""
    OTHER_AGREEMENT = "other_agreement"
    OTHER_VERSION = "other_version"
    """`number` is the version the file is of, `expected` the one it was compared with."""


class RefusedFile(BadInput):
    """A file that is not read. `code` says why, `parameters` what about; nothing was changed."""

    def __init__(self, code: Refusal, **parameters: str | int) -> None:
        self.code = code
        self.parameters = parameters
        details = ", ".join(f"{name} {value}" for name, value in parameters.items())
        super().__init__(f"The file was not read: {code.replace('_', ' ')}" + (f" ({details})" if details else ""))

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.code, self.parameters)


def _again(code: Refusal, parameters: dict[str, str | int]) -> RefusedFile:
    return RefusedFile(code, **parameters)


class Package:
    """An opened OOXML package: parts by their path, read within the limits. Raises `RefusedFile`."""

    def __init__(self, data: bytes) -> None:
        self._zip = _opened(data)
        self._left = MAX_UNPACKED
        self._names = {info.filename: info for info in self._zip.infolist()}

    def __contains__(self, path: str) -> bool:
        return path in self._names

    def read(self, path: str) -> bytes:
        """The bytes of a part. Raises `RefusedFile` when it is missing, damaged or larger than it said."""
        info = self._names.get(path)
        if info is None:
            raise RefusedFile(Refusal.DAMAGED)
        content = io.BytesIO()
        try:
            with self._zip.open(info) as source:
                while piece := source.read(_PLAIN):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise RefusedFile(Refusal.TOO_BIG, limit=MAX_UNPACKED // 1_000_000)
                    content.write(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise RefusedFile(Refusal.DAMAGED) from error
        return content.getvalue()

    def xml(self, path: str) -> etree._Element:
        """The root of an XML part; strict OOXML is read as the usual form."""
        return parse_xml(self.read(path))

    def related(self, source: str, kind: str) -> list[str]:
        """Paths of the parts that a part ("" for the package) relates to by a kind, such as "comments"."""
        folder, base = posixpath.split(source)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        if path not in self:
            return []
        result = []
        for relation in self.xml(path).iter(_RELATION):
            target = relation.get("Target", "")
            if relation.get("TargetMode") == "External" or relation.get("Type", "").rpartition("/")[2] != kind:
                continue
            joined = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            if joined in self:
                result.append(joined)
        return result


def parse_xml(data: bytes) -> etree._Element:
    """XML without document types and entities, at most 256 levels deep. Raises `RefusedFile`."""
    for encoding in ("latin-1", "utf-16-le", "utf-16-be"):
        if _DOCUMENT_TYPE.search(data.decode(encoding, "replace")):
            raise RefusedFile(Refusal.DANGEROUS_XML)
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_pis=True,
        remove_comments=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedFile(Refusal.DAMAGED) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise RefusedFile(Refusal.DANGEROUS_XML)
    return root


def open_docx(data: bytes) -> tuple[Package, str]:
    """A DOCX and the path of its main part. Raises `RefusedFile` for anything else."""
    package = Package(data)
    main = package.related("", "officeDocument")
    if not main:
        raise RefusedFile(Refusal.DAMAGED) if "[Content_Types].xml" in package else _not_docx("zip")
    kind = main[0].partition("/")[0]
    if kind in {"xl", "ppt"}:
        raise _not_docx({"xl": "xlsx", "ppt": "pptx"}[kind])
    return package, main[0]


def _opened(data: bytes) -> zipfile.ZipFile:
    _check_kind(data)
    try:
        package = open_archive(data)
    except UnsafeArchive as error:
        raise RefusedFile(Refusal(error.code.value), **_LIMITS.get(error.code, {})) from error
    names = set(package.namelist())
    if "mimetype" in names and "[Content_Types].xml" not in names:
        raise _not_docx("odt")
    return package


def _check_kind(data: bytes) -> None:
    """Refuse by its first bytes what is no ZIP at all."""
    if not data.strip(b"\0 \r\n\t"):
        raise RefusedFile(Refusal.EMPTY)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise RefusedFile(Refusal.ENCRYPTED)
        raise _not_docx("doc")
    if data.startswith(b"PK"):
        return
    start = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for mark, kind in ((b"%pdf", "pdf"), (b"{\\rtf", "rtf"), (b"<!doctype html", "html"), (b"<html", "html")):
        if start.startswith(mark):
            raise _not_docx(kind)
    raise _not_docx("unknown" if b"\0" in data[:1024] else "text")


def _not_docx(kind: str) -> RefusedFile:
    return RefusedFile(Refusal.NOT_DOCX, kind=kind)
