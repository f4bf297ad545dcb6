"""The styles that a letterhead's head and foot are set in, brought into our document beside our own.

They get names of their own, so that ours stay as they are. What the letterhead's document takes for granted becomes
what ours does, since that gives way to the style of a table, and what ours took for granted is said by our Normal
(ECMA-376 part 1, section 17.7.2: document defaults, then table, paragraph and character styles).
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Final

from cocivic_desktop.documents.wml import Element, name, w

PREFIX: Final = "LH"
_KINDS: Final = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_USES: Final = ("basedOn", "link", "next")


class BorrowedStyles:
    """Styles of a letterhead by id. `bring` puts those that an element uses into ours, and renames them in it."""

    def __init__(self, theirs: Element | None, ours: Element) -> None:
        self._ours = ours
        self._known = {_id(style): style for style in theirs.iter(name("style"))} if theirs is not None else {}
        self._default = next((key for key, style in self._known.items() if _is_default_paragraph(style)), "")
        self._brought: set[str] = set()
        _take_defaults(theirs.find(name("docDefaults")) if theirs is not None else None, ours)

    def bring(self, root: Element) -> None:
        """Give every paragraph, run and table of a head or foot its style under its new name; unknown ones are left."""
        for tag in _KINDS:
            for used in list(root.iter(name(tag))):
                key = used.get(name("val"), "")
                if key in self._known:
                    used.set(name("val"), self._take(key))
                elif (parent := used.getparent()) is not None:
                    parent.remove(used)
        plain = self._take(self._default) if self._default else self._plain()
        for paragraph in root.iter(name("p")):
            _name_style(paragraph, plain)

    def _take(self, key: str) -> str:
        """The new id of a style, which is brought with all that it is based on."""
        new = f"{PREFIX}{key}"
        if key in self._brought:
            return new
        self._brought.add(key)
        style = copy.deepcopy(self._known[key])
        style.attrib.pop(name("default"), "")
        style.set(name("customStyle"), "1")
        style.set(name("styleId"), new)
        for child in list(style):
            if child.tag == name("name"):
                child.set(name("val"), f"Letterhead {child.get(name('val'), key)}")
            elif child.tag in {name("aliases"), name("qFormat"), name("autoRedefine"), name("rsid")}:
                style.remove(child)
        for tag in _USES:
            for used in style.findall(name(tag)):
                target = used.get(name("val"), "")
                if target in self._known:
                    used.set(name("val"), self._take(target))
                else:
                    style.remove(used)
        for numbering in list(style.iter(name("numPr"))):
            _remove(numbering)
        self._ours.append(style)
        return new

    def _plain(self) -> str:
        """A style that says nothing, for a letterhead without a default one."""
        key = f"{PREFIX}Plain"
        if key not in self._brought:
            self._brought.add(key)
            names = w("name", val="Letterhead Plain")
            self._ours.append(w("style", names, w("semiHidden"), type="paragraph", customStyle=1, styleId=key))
        return key


def _take_defaults(theirs: Element | None, ours: Element) -> None:
    """Let our Normal say what our defaults said, and put the letterhead's defaults in their place."""
    defaults = ours.find(name("docDefaults"))
    normal = next(style for style in ours.iter(name("style")) if _is_default_paragraph(style))
    for tag, which, builtin in (("pPr", "pPrDefault", _single_spaced()), ("rPr", "rPrDefault", _plain_letters())):
        holder = defaults.find(name(which)) if defaults is not None else None
        if holder is None or not len(holder):
            continue
        said = theirs.find(f"{name(which)}/{name(tag)}") if theirs is not None else None
        for language in holder[0].findall(name("lang")):
            holder[0].remove(language)  # the document's language is said in the defaults
        normal.append(holder[0])
        holder.append(_merged(tag, builtin, list(said) if said is not None else ()))


def _single_spaced() -> list[Element]:
    return [w("spacing", before=0, after=0, line=240, lineRule="auto")]


def _plain_letters() -> list[Element]:
    """What word processors take where a document says nothing: Times New Roman in 10 points."""
    face = "Times New Roman"
    return [
        w("rFonts", ascii=face, hAnsi=face, eastAsia=face, cs=face),
        w("color", val="auto"),
        w("kern", val=0),
        w("sz", val=20),
        w("szCs", val=20),
        w("lang", val="en-GB"),
    ]


_ORDER: Final = {"pPr": ("spacing",), "rPr": ("rFonts", "color", "kern", "sz", "szCs", "lang")}
"""What defaults say and our Normal says too, in the order of the schema; more would reach into our text."""


def _merged(tag: str, below: Iterable[Element], above: Iterable[Element]) -> Element:
    """Properties of which those `above` win, in the schema's order; of spacing, attribute by attribute."""
    known = {element.tag: element for element in below}
    for element in above:
        found = copy.deepcopy(element)
        if element.tag == name("spacing"):
            found = copy.deepcopy(known[element.tag])
            found.attrib.update(element.attrib)
        known[element.tag] = found
    return w(tag, *(known[name(part)] for part in _ORDER[tag]))


def _name_style(paragraph: Element, style: str) -> None:
    """Name the default style where a paragraph names none: ours would be taken otherwise."""
    properties = paragraph.find(name("pPr"))
    if properties is None:
        properties = w("pPr")
        paragraph.insert(0, properties)
    if properties.find(name("pStyle")) is None:
        properties.insert(0, w("pStyle", val=style))


def _id(style: Element) -> str:
    return style.get(name("styleId"), "")


def _is_default_paragraph(style: Element) -> bool:
    return style.get(name("type")) == "paragraph" and style.get(name("default")) in {"1", "true", "on"}


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
