"""What stands beside a document's text: styles, comments, notes, and who made a change."""

from __future__ import annotations

from datetime import UTC, datetime

from cocivic_desktop.documents.hostile import Package
from cocivic_desktop.documents.wml import Element, name


def styles_of(package: Package, main: str) -> dict[str, tuple[str, bool]]:
    """Name in small letters, and whether it is a heading's, by the style's id."""
    found: dict[str, tuple[str, str, bool]] = {}
    for path in package.related(main, "styles"):
        for style in package.xml(path).iter(name("style")):
            level = style.find(f"{name('pPr')}/{name('outlineLvl')}")
            found[style.get(name("styleId"), "")] = (
                value_of(style.find(name("name"))).casefold(),
                value_of(style.find(name("basedOn"))),
                level is not None and value_of(level) < "9",
            )
    return {key: (title, _is_heading(found, key)) for key, (title, _, _) in found.items()}


def _is_heading(styles: dict[str, tuple[str, str, bool]], key: str) -> bool:
    seen: set[str] = set()
    while key in styles and key not in seen:
        seen.add(key)
        title, below, outlined = styles[key]
        if outlined or title.startswith("heading "):
            return True
        key = below
    return False


def comments_of(package: Package, main: str) -> dict[str, tuple[str, datetime | None, str]]:
    """Author, moment and words of each comment by its id."""
    return {
        comment.get(name("id"), ""): (*writer_of(comment), _words(comment))
        for path in package.related(main, "comments")
        for comment in package.xml(path).iter(name("comment"))
    }


def notes_of(package: Package, main: str) -> dict[str, str]:
    """Words of footnotes and endnotes by kind and id: "footnote 2"."""
    return {
        f"{kind} {note.get(name('id'), '')}": _words(note)
        for kind in ("footnote", "endnote")
        for path in package.related(main, f"{kind}s")
        for note in package.xml(path).iter(name(kind))
    }


def _words(element: Element) -> str:
    lines = ("".join(t.text or "" for t in p.iter(name("t"))).strip() for p in element.iter(name("p")))
    return "\n".join(line for line in lines if line)


def writer_of(mark: Element) -> tuple[str, datetime | None]:
    """Author and moment of a change or comment; Word writes local time as if it were UTC, so no more is known."""
    try:
        date = datetime.fromisoformat(mark.get(name("date"), ""))
    except ValueError:
        return mark.get(name("author"), ""), None
    return mark.get(name("author"), ""), date if date.tzinfo else date.replace(tzinfo=UTC)


def value_of(element: Element | None) -> str:
    """An element's `w:val`, "" without one."""
    return "" if element is None else element.get(name("val"), "")
