"""The base document in the resources is what its script makes, and holds nothing else."""

from __future__ import annotations

import io
import runpy
import zipfile
from pathlib import Path

import docx_integrity
from openxml_audit import OpenXmlValidator

from cocivic_desktop import paths
from tests.documents.parts import defects

ROOT = Path(__file__).parents[2]
BASE = paths.resources() / "templates" / "base.docx"


def test_it_is_what_the_script_makes() -> None:
    made = runpy.run_path(str(ROOT / "installer" / "make_base_document.py"))["base_document"]()
    assert _members(made) == _members(BASE.read_bytes()), "run installer/make_base_document.py"


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {member: package.read(member) for member in package.namelist()}


def test_it_holds_no_parts_to_repair() -> None:
    members = set(_members(BASE.read_bytes()))
    assert not [m for m in members if "customXml" in m or "thumbnail" in m or "printer" in m or "glossary" in m]
    assert "word/theme/theme1.xml" in members
    assert defects(BASE.read_bytes()) == []


def test_validators_find_nothing() -> None:
    assert [str(error) for error in OpenXmlValidator().validate(BASE).errors] == []
    assert [str(finding) for finding in docx_integrity.check(BASE)] == []
