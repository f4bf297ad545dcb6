"""Makes `resources/templates/base.docx`, the base of every document that the application writes.

It is put together by hand, part by part, so that it holds nothing that a word processor would have to repair:
A4 with our styles, the numbering of clauses and lists, and empty headers and footers. Run it after a change of
the looks; the same script always makes the same bytes.

Sources: ECMA-376 part 1 (WordprocessingML), sections 17.7 (styles), 17.9 (numbering), 17.10 (headers and footers).
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "resources" / "templates" / "base.docx"

INK, DEEP, GREY, RULE, TINT = "1F2933", "1F3A5F", "5B6770", "C3CCD4", "EDF1F5"
AMBER, AMBER_TINT = "8A4B08", "FFF4E0"
TEXT_WIDTH = 9070  # twentieths of a point: 16 cm between margins of 2.5 cm

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="{_MC}" xmlns:w15="{_W15}" mc:Ignorable="w15"'


def style(
    identifier: str, name: str, *, kind: str = "paragraph", based_on: str = "", following: str = "", linked: str = "",
    paragraph: str = "", text: str = "", table: str = "", shown: bool = True, default: bool = False, own: bool = False,
) -> str:  # fmt: skip
    """A style of `styles.xml`. `paragraph`, `text` and `table` are the properties, in the schema's order."""
    marks = (' w:default="1"' if default else "") + (' w:customStyle="1"' if own else "")
    pieces = [
        f'<w:style w:type="{kind}"{marks} w:styleId="{identifier}"><w:name w:val="{name}"/>',
        f'<w:basedOn w:val="{based_on}"/>' if based_on else "",
        f'<w:next w:val="{following}"/>' if following else "",
        f'<w:link w:val="{linked}"/>' if linked else "",
        '<w:uiPriority w:val="1"/><w:qFormat/>' if shown else '<w:uiPriority w:val="99"/><w:semiHidden/>',
        f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "",
        f"<w:rPr>{text}</w:rPr>" if text else "",
        table,
        "</w:style>",
    ]
    return "".join(pieces)


def spacing(before: float = 0, after: float = 0, line: int = 0) -> str:
    """Space around a paragraph in points; `line` is the line height in 240ths of a line."""
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{height}/>'


def letters(size: float = 0, colour: str = "", *, bold: bool = False, italic: bool = False, wide: int = 0) -> str:
    """Character properties: size in points, `wide` is letter spacing in twentieths of a point."""
    return "".join(
        [
            "<w:b/><w:bCs/>" if bold else "",
            "<w:i/><w:iCs/>" if italic else "",
            f'<w:color w:val="{colour}"/>' if colour else "",
            f'<w:spacing w:val="{wide}"/>' if wide else "",
            f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else "",
        ]
    )


def line(side: str, *, size: int = 4, space: int = 4, colour: str = RULE) -> str:
    """One border; `size` in eighths of a point, `space` in points."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def margins(vertical: int, left: int, right: int) -> str:
    """Space inside the cells of a table, in twentieths of a point."""
    sides = (("top", vertical), ("left", left), ("bottom", vertical), ("right", right))
    cells = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides)
    return f"<w:tblCellMar>{cells}</w:tblCellMar>"


def numbered(number: int, level: int) -> str:
    """Ties a style to a level of a numbering instance of `numbering.xml`."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def styles() -> str:
    """`word/styles.xml`."""
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
    box = "".join(line(side, colour=AMBER_TINT, size=4, space=6) for side in ("top", "left", "bottom", "right"))
    data_lines = "".join(line(side, space=0) for side in ("top", "bottom", "insideH"))
    return (
        f"{_DECLARATION}<w:styles {_NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>'
        f'<w:color w:val="{INK}"/><w:kern w:val="0"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{spacing(0, 6, 271)}</w:pPr></w:pPrDefault></w:docDefaults>"
        + style("Normal", "Normal", default=True)
        + style("DefaultParagraphFont", "Default Paragraph Font", kind="character", default=True, shown=False)
        + style("TableNormal", "Normal Table", kind="table", default=True, shown=False,
                table='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>' + margins(0, 108, 108) + "</w:tblPr>")
        + style("NoList", "No List", kind="numbering", default=True, shown=False)
        # the head of a document
        + style("Kind", "Document Kind", based_on="Normal", following="Title", own=True,
                paragraph="<w:keepNext/>" + spacing(6, 3), text="<w:caps/>" + letters(10, GREY, wide=24))
        + style("Title", "Title", based_on="Normal", following="Subtitle",
                paragraph="<w:keepNext/><w:keepLines/>" + spacing(0, 4, 240), text=letters(22, DEEP, bold=True))
        + style("SecondTitle", "Second Title", based_on="Title", following="Subtitle", own=True,
                text='<w:b w:val="0"/><w:bCs w:val="0"/>' + letters(17))
        + style("Subtitle", "Subtitle", based_on="Normal", following="Normal",
                paragraph=spacing(0, 8) + "<w:contextualSpacing/>", text=letters(12, GREY))
        + style("DraftMark", "Draft Mark", based_on="Normal", following="Normal", own=True,
                paragraph=f'<w:pBdr>{box}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{AMBER_TINT}"/>'
                + spacing(8, 12) + '<w:ind w:left="140" w:right="140"/><w:contextualSpacing/>',
                text=letters(9.5, AMBER))
        # headings
        + style("Heading1", "heading 1", based_on="Normal", following="Normal",
                paragraph="<w:keepNext/><w:keepLines/>" + spacing(16, 5, 240) + '<w:outlineLvl w:val="0"/>',
                text=letters(13, DEEP, bold=True))
        + style("Heading2", "heading 2", based_on="Normal", following="Normal",
                paragraph="<w:keepNext/><w:keepLines/>" + spacing(11, 4, 240) + '<w:outlineLvl w:val="1"/>',
                text=letters(11, DEEP, bold=True))
        + style("AnnexHeading", "Annex Heading", based_on="Heading1", following="Normal", own=True,
                paragraph="<w:pageBreakBefore/>" + spacing(0, 8, 240), text=letters(15))
        # clauses
        + style("ClauseHeading", "Clause Heading", based_on="Heading1", following="ClauseParagraph", own=True,
                paragraph=numbered(1, 0) + spacing(14, 4, 240) + '<w:outlineLvl w:val="0"/>', text=letters(12))
        + style("ClauseParagraph", "Clause Paragraph", based_on="Normal", own=True, paragraph=numbered(1, 1))
        + style("ClauseState", "Clause State", based_on="Normal", following="ClauseParagraph", own=True,
                paragraph="<w:keepNext/>" + spacing(0, 4) + '<w:ind w:left="680"/>',
                text=letters(9, AMBER, italic=True))
        # parties and signatures
        + style("PartyName", "Party Name", based_on="Normal", following="PartyLine", own=True,
                paragraph="<w:keepNext/>" + spacing(5, 2), text=letters(11.5, bold=True))
        + style("PartyLine", "Party Line", based_on="Normal", own=True, paragraph=spacing(0, 1))
        + style("SignatureSide", "Signature Side", based_on="Normal", own=True,
                paragraph="<w:keepNext/><w:keepLines/>" + spacing(4, 2), text=letters(0, DEEP, bold=True))
        + style("SignatureLabel", "Signature Label", based_on="Normal", own=True,
                paragraph="<w:keepLines/>" + spacing(2, 10, 240), text=letters(8.5, GREY))
        + style("SignatureLine", "Signature Line", based_on="Normal", own=True,
                paragraph="<w:keepNext/><w:keepLines/>" + spacing(0, 2, 240))
        # tables, lists, notes
        + style("TableText", "Table Text", based_on="Normal", own=True, paragraph=spacing(0, 0, 252), text=letters(9.5))
        + style("TableHead", "Table Head", based_on="TableText", own=True, paragraph="<w:keepNext/>",
                text=letters(0, DEEP, bold=True))
        + style("Gap", "Table Gap", based_on="Normal", own=True, shown=False,
                paragraph='<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>', text=letters(4))
        + style("Caption", "caption", based_on="Normal", following="Normal",
                paragraph="<w:keepNext/><w:keepLines/>" + spacing(8, 4), text=letters(9.5, GREY, bold=True))
        + style("ListBullet", "List Bullet", based_on="Normal",
                paragraph=numbered(4, 0) + spacing(0, 3) + "<w:contextualSpacing/>")
        + style("ListNumber", "List Number", based_on="Normal", paragraph=numbered(5, 0) + spacing(0, 3))
        + style("Note", "Note", based_on="Normal", own=True,
                paragraph="<w:keepLines/>" + spacing(8, 4), text=letters(9, GREY))
        + style("Header", "header", based_on="Normal", paragraph=tab + spacing(0, 0, 240), text=letters(9, GREY))
        + style("Footer", "footer", based_on="Normal",
                paragraph=f"<w:pBdr>{line('top', space=6)}</w:pBdr>" + tab + spacing(0, 0, 240),
                text=letters(8.5, GREY))
        + style("Missing", "Missing Words", kind="character", based_on="DefaultParagraphFont", own=True,
                text=letters(italic=True))
        + style("Mark", "Draft Mark Words", kind="character", based_on="DefaultParagraphFont", own=True,
                text=letters(0, AMBER, bold=True, wide=20))
        + style("DataTable", "Data Table", kind="table", based_on="TableNormal", own=True,
                table=f"<w:tblPr><w:tblBorders>{data_lines}</w:tblBorders>{margins(50, 90, 90)}</w:tblPr>"
                f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/>'
                '</w:tcPr></w:tblStylePr>')
        + style("ColumnsTable", "Columns", kind="table", based_on="TableNormal", own=True,
                table=f"<w:tblPr>{margins(0, 0, 280)}</w:tblPr>")
        + "</w:styles>"
    )  # fmt: skip


def level(index: int, form: str, text: str, left: int, hanging: int, *, tied: str = "", bold: bool = False) -> str:
    """One level of a numbering; `left` and `hanging` in twentieths of a point."""
    weight = letters(0, DEEP, bold=True) if bold else '<w:b w:val="0"/><w:i w:val="0"/>'
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        + (f'<w:pStyle w:val="{tied}"/>' if tied else "")
        + f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr><w:rPr>{weight}</w:rPr></w:lvl>'
    )


def clause_levels(indent: int, heading: str = "", text: str = "") -> str:
    """The levels 1, 1.1 and (a) of an agreement, for a column with this indent."""
    return (
        level(0, "decimal", "%1", indent, indent, tied=heading, bold=True)
        + level(1, "decimal", "%1.%2", indent, indent, tied=text)
        + level(2, "lowerLetter", "(%3)", indent + 400, 400)
    )


def numbering() -> str:
    """`word/numbering.xml`: 1 clauses, tied to the styles; 2 and 3 clauses in two columns; 4 bullets; 5 numbers.

    Two columns need a numbering of their own each, since the numbers of one would go on in the other.
    """
    kinds = [
        ("multilevel", clause_levels(680, "ClauseHeading", "ClauseParagraph")),
        ("multilevel", clause_levels(560)),
        ("multilevel", clause_levels(560)),
        ("hybridMultilevel", level(0, "bullet", "•", 440, 300, tied="ListBullet")),
        ("hybridMultilevel", level(0, "decimal", "%1.", 440, 440, tied="ListNumber")),
    ]
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{index}"><w:nsid w:val="{0x4C1A0000 + index:08X}"/>'
        f'<w:multiLevelType w:val="{kind}"/><w:tmpl w:val="{0x5D2B0000 + index:08X}"/>{levels}</w:abstractNum>'
        for index, (kind, levels) in enumerate(kinds)
    )
    instances = "".join(
        f'<w:num w:numId="{index + 1}"><w:abstractNumId w:val="{index}"/></w:num>' for index in range(len(kinds))
    )
    return f"{_DECLARATION}<w:numbering {_NAMESPACES}>{abstract}{instances}</w:numbering>"


def document() -> str:
    """`word/document.xml`: an empty A4 page; the first page has its own header, for a letterhead."""
    references = "".join(
        f'<w:{part}Reference w:type="{kind}" r:id="{part}-{kind}"/>'
        for part in ("header", "footer")
        for kind in ("default", "first")
    )
    return (
        f"{_DECLARATION}<w:document {_NAMESPACES}><w:body><w:sectPr>{references}"
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1474" w:right="1418" w:bottom="1361" w:left="1418" w:header="680" w:footer="624"'
        ' w:gutter="0"/><w:cols w:space="708"/><w:titlePg/></w:sectPr></w:body></w:document>'
    )


def settings() -> str:
    """`word/settings.xml`: nothing but what a current word processor should know."""
    compatible = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    return (
        f'{_DECLARATION}<w:settings {_NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{compatible}</w:compat>'
        '<w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def fonts() -> str:
    """`word/fontTable.xml`: Calibri, and Carlito (same widths, free) where there is none."""
    return (
        f'{_DECLARATION}<w:fonts {_NAMESPACES}><w:font w:name="Calibri"><w:altName w:val="Carlito"/>'
        '<w:panose1 w:val="020F0502020204030204"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def theme() -> str:
    """`word/theme/theme1.xml`: our colours and font; every part of it is asked for by the schema (ECMA-376, 20.1)."""
    colours = {
        "dk1": INK, "lt1": "FFFFFF", "dk2": DEEP, "lt2": TINT, "accent1": DEEP, "accent2": AMBER, "accent3": GREY,
        "accent4": "3F7D6E", "accent5": "7A5C8E", "accent6": RULE, "hlink": "1D5FA8", "folHlink": "6B4C8A",
    }  # fmt: skip
    scheme = "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in colours.items())
    face = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    return (
        f'{_DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Co-Civic">'
        f'<a:themeElements><a:clrScheme name="Co-Civic">{scheme}</a:clrScheme><a:fontScheme name="Co-Civic">'
        f"<a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Co-Civic"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{f'<a:ln>{fill}</a:ln>' * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def header_or_footer(tag: str, name: str) -> str:
    """An empty header (`hdr`) or footer (`ftr`)."""
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr></w:p>'
    return f"{_DECLARATION}<w:{tag} {_NAMESPACES}>{paragraph}</w:{tag}>"


def parts() -> dict[str, str]:
    """All parts of the package by name, in their order."""
    running = {
        f"{part}-{kind}": f"word/{part}{number}.xml"
        for part in ("header", "footer")
        for number, kind in enumerate(("default", "first"), 1)
    }
    related = {
        "styles": "styles.xml", "numbering": "numbering.xml", "settings": "settings.xml", "fontTable": "fontTable.xml",
        "theme": "theme/theme1.xml",
    }  # fmt: skip
    overrides = {"word/document.xml": f"{_TYPES}.document.main+xml"}
    overrides |= {f"word/{file}": f"{_TYPES}.{kind}+xml" for kind, file in related.items()}
    overrides["word/theme/theme1.xml"] = "application/vnd.openxmlformats-officedocument.theme+xml"
    overrides |= {file: f"{_TYPES}.{name.split('-')[0]}+xml" for name, file in running.items()}
    overrides["docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides["docProps/app.xml"] = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    content_types = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    relations = [(name, f"{_R}/{name}", file) for name, file in related.items()]
    relations += [(name, f"{_R}/{name.split('-')[0]}", file.removeprefix("word/")) for name, file in running.items()]
    top = [
        ("document", f"{_R}/officeDocument", "word/document.xml"),
        ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("app", f"{_R}/extended-properties", "docProps/app.xml"),
    ]
    result = {
        "[Content_Types].xml": f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{content_types}</Types>',
        "_rels/.rels": _relationships(top),
        "word/document.xml": document(),
        "word/_rels/document.xml.rels": _relationships(relations),
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(),
        "word/settings.xml": settings(),
        "word/fontTable.xml": fonts(),
        "word/theme/theme1.xml": theme(),
    }
    for name, file in running.items():
        result[file] = header_or_footer(*(("hdr", "Header") if name.startswith("header") else ("ftr", "Footer")))
    result["docProps/core.xml"] = (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
    )
    result["docProps/app.xml"] = (
        f'{_DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Co-Civic Desktop</Application></Properties>"
    )
    return result


def _relationships(rows: list[tuple[str, str, str]]) -> str:
    entries = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in rows)
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def base_document() -> bytes:
    """The whole package; the same bytes at every call."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts().items():
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, re.sub(r">\s+<", "><", text).encode())
    return buffer.getvalue()


def main() -> None:
    """Write the base document to its place."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(base_document())
    print(TARGET)


if __name__ == "__main__":
    main()
