"""The consent form: information on one page, the consent apart from it on the next; one for each person.

Its wording is in `resources/documents/<lang>/consents.toml`; it is a template and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cocivic_desktop.documents.content import Block, Heading, Items, Note, Picture, SimpleDocument, Table
from cocivic_desktop.domain.organisations import ConsentPurpose
from cocivic_desktop.library.labels import Labels, labels

_BOX = "☐"
_BLANK = "_" * 28
_SIGN_HEIGHT = 620
"""Least height of rows to sign in, in twentieths of a point."""


@dataclass(frozen=True)
class Signer:
    """Whom a form is for."""

    name: str = ""
    class_group: str = ""
    minor: bool = True


@dataclass(frozen=True, kw_only=True)
class ConsentFacts:
    """What the form says. `law` is "gdpr" or "kvkk"; without `people` one form is left blank."""

    organisation: str
    contact: str = ""
    partnership: str = ""
    school: str = ""
    law: str = "gdpr"
    purposes: tuple[ConsentPurpose, ...] = tuple(ConsentPurpose)
    people: tuple[Signer, ...] = ()
    letterhead: tuple[str, ...] = ()
    letterhead_file: bytes | None = None
    logo: Picture | None = None


def consent_form(facts: ConsentFacts, language: str) -> SimpleDocument:
    """The document in a language."""
    words = labels(language, "consents.toml")
    return SimpleDocument(
        title=words["title"],
        language=language,
        words=labels(language),
        kind_label=words["kind"],
        subtitle=" · ".join(filter(None, (facts.organisation, facts.partnership))),
        blocks=tuple(_blocks(facts, words)),
        header=words["title"],
        footer=words["footer"],
        letterhead=facts.letterhead,
        letterhead_file=facts.letterhead_file,
        logo=facts.logo,
        author=facts.organisation,
    )


def _blocks(facts: ConsentFacts, words: Labels) -> Iterator[Block]:
    for number, signer in enumerate(facts.people or (Signer(_BLANK),)):
        whom = "for_class" if signer.class_group else "for_whom"
        title = words.text(whom, name=signer.name, class_group=signer.class_group)
        yield Heading(title, new_page=number > 0)
        yield from _one(facts, signer, title, words)


def _one(facts: ConsentFacts, signer: Signer, title: str, words: Labels) -> Iterator[Block]:
    """Two pages: the information, which stays with the person, and the consent, which comes back."""
    values = {
        "organisation": facts.organisation or _BLANK,
        "contact": facts.contact or _BLANK,
        "partnership": facts.partnership,
        "school": facts.school,
    }

    def say(key: str) -> str:
        return words.text(key, **values)

    yield Heading(words["heading.information"], level=2)
    about = "partnership" if facts.partnership else "project"
    keys = ("controller", about, "purpose", "recipients", "retention", f"rights_{facts.law}")
    yield Items([say(f"information.{key}") for key in keys])
    yield words["keep"]
    yield Heading(title, new_page=True)
    yield Heading(words["heading.consent"], level=2)
    yield f"{say('consent.free')} {words['back']}"
    yield Table(
        head=[words[f"column.{name}"] for name in ("purpose", "meaning", "yes", "no")],
        rows=[[words[f"purpose.{one}"], words[f"meaning.{one}"], _BOX, _BOX] for one in facts.purposes],
        widths=(20, 64, 8, 8),
    )
    yield f"{say('consent.withdraw')} {words[f'consent.basis_{facts.law}']}"
    yield Heading(words["heading.signatures"], level=2)
    if signer.minor:
        yield words["consent.minors"]
    who = ("person", "guardian") if signer.minor else ("person",)
    yield Table(
        head=[words[f"column.{name}"] for name in ("who", "name", "place_date", "signature")],
        rows=[
            [words[f"who.{one}"], signer.name if one == "person" and signer.name != _BLANK else "", "", ""]
            for one in who
        ],
        widths=(20, 26, 22, 32),
        row_height=_SIGN_HEIGHT,
    )
    yield Note(words.text("note", version=words["version"]))


def _known(signer: Signer) -> str:
    return "" if signer.name == _BLANK else signer.name
