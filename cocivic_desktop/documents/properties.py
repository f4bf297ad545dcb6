"""What an exported agreement says about itself: custom document properties, which Word and LibreOffice keep.

ECMA-376 part 1, section 22.3: `docProps/custom.xml`, a text value per name. Google Docs drops them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

if TYPE_CHECKING:
    from docx.document import Document

AGREEMENT: Final = "CoCivicAgreement"
VERSION: Final = "CoCivicVersion"
LANGUAGES: Final = "CoCivicLanguages"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set that user-defined properties belong to ([MS-OSHARED] section 2.3.3.2.2)."""


def put_identity(document: Document, agreement_id: UUID | None, version: int, languages: list[str]) -> None:
    """Write which agreement and version a document is; nothing without an agreement."""
    if agreement_id is None:
        return
    values = {AGREEMENT: str(agreement_id), VERSION: str(version) if version else "", LANGUAGES: ",".join(languages)}
    root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={"op": _PROPERTIES, "vt": _TYPES})
    for number, (name, value) in enumerate(((n, v) for n, v in values.items() if v), start=2):
        item = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT_ID, pid=str(number), name=name)
        etree.SubElement(item, f"{{{_TYPES}}}lpwstr").text = value
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    package = document.part.package
    part = Part(PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, content, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def custom_properties(root: etree._Element) -> dict[str, str]:
    """Names and values of a `custom.xml`."""
    return {item.get("name", ""): " ".join(value.text or "" for value in item).strip() for item in root}
