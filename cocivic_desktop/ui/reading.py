"""Texts of the library as pages to read. Sizes and colours come from the palette and the font."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.services.models import Section
from cocivic_desktop.ui.texts.model_lines import lines, section_names
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.theme import roles

if TYPE_CHECKING:
    from cocivic_desktop.services.models import ModelPreview


FIRST_READ: Final = (Section.GOALS, Section.COMMITMENTS, Section.ACTIVITIES)
"""What a person looks at to choose a model; the rest comes after what is worth knowing."""


NARROWEST_COLUMN: Final = 140
"""Logical pixels that a column of the comparison needs for its longest words."""


def page_html(title: str, parts: Iterable[tuple[str, str | Iterable[str]]], note: str = "") -> str:
    """A title, then parts of a heading and a text or points, then a note in muted text."""
    muted = f"#{roles().muted}"
    html = [f"<h3 style='margin-top:0'>{escape(title)}</h3>"]
    for heading, content in parts:
        points = [] if isinstance(content, str) else [one for one in content if one]
        if not content or (not isinstance(content, str) and not points):
            continue
        if heading:
            html.append(f"<p style='margin-bottom:2px'><b>{escape(heading)}</b></p>")
        if isinstance(content, str):
            paragraphs = content.strip().split("\n")
            html += [f"<p style='margin-top:2px; line-height:135%'>{escape(one)}</p>" for one in paragraphs]
        else:
            items = "".join(f"<li style='margin-bottom:4px; line-height:130%'>{escape(point)}</li>" for point in points)
            html.append(f"<ul style='margin-top:2px; margin-left:-18px'>{items}</ul>")
    if note:
        html.append(f"<p style='color:{muted}'>{escape(note)}</p>")
    return "".join(html)


def model_html(model: ModelPreview) -> str:
    """What a model of cooperation brings."""
    translate = QCoreApplication.translate
    names, brings = section_names(), lines(model)
    more = [one for one in Section if one not in (*FIRST_READ, Section.CHECKLISTS)]
    cases = [
        (translate("Reading", "An example"), f"{who}. {what} {result} ({source})")
        for who, what, result, source in model.cases
    ]
    return page_html(
        model.title,
        [
            ("", model.summary),
            (translate("Reading", "For whom"), model.for_whom),
            *cases,
            (translate("Reading", "Goals it brings"), brings[Section.GOALS]),
            (translate("Reading", "Who does what"), [f"{name}: {text}" for _, name, text in model.roles]),
            *((names[section], brings[section]) for section in FIRST_READ[1:]),
            (translate("Reading", "Worth knowing"), model.guidance),
            *((names[section], brings[section]) for section in more),
            *model.checklists,
        ],
        translate("Reading", "Source: {source}").format(source=model.source),
    )


def comparison_html(models: Sequence[ModelPreview], room: int = 0) -> str:
    """Models of cooperation side by side, a row for each thing to compare.

    In less `room` than words need (logical pixels) the table is wider than what is seen of it.
    """
    translate = QCoreApplication.translate
    rows: list[tuple[str, Callable[[ModelPreview], str | Iterable[str]]]] = [
        (translate("Reading", "In short"), lambda one: one.summary),
        (translate("Reading", "For whom"), lambda one: one.for_whom),
        (translate("Reading", "With whom"), lambda one: [choice_word(kind) for kind in one.partner_kinds]),
        (translate("Reading", "Agreement"), lambda one: choice_word(one.agreement_kind)),
        (
            translate("Reading", "Learners under 18"),
            lambda one: translate("Reading", "usually") if one.minors else translate("Reading", "usually not"),
        ),
        (translate("Reading", "Goals"), lambda one: one.sections[Section.GOALS]),
        (translate("Reading", "Roles"), lambda one: [name for _, name, _ in one.roles]),
        (translate("Reading", "Promised time"), lambda one: lines(one)[Section.COMMITMENTS]),
        (translate("Reading", "Activities"), lambda one: one.sections[Section.ACTIVITIES]),
        (translate("Reading", "Special parts"), lambda one: [choice_word(part) for part in one.parts]),
        (translate("Reading", "Worth knowing"), lambda one: one.guidance),
        (translate("Reading", "Example"), lambda one: [f"{who}. {result}" for who, _, result, _ in one.cases]),
        (translate("Reading", "Source"), lambda one: one.source),
    ]
    line = f"#{roles().line}"
    cell = f"style='padding:8px; border-bottom:1px solid {line}; vertical-align:top'"
    width = 86 // max(len(models), 1)
    head = "".join(f"<th {cell} width='{width}%' align='left'>{escape(one.title)}</th>" for one in models)
    body = "".join(
        f"<tr><th {cell} align='left'>{escape(name)}</th>"
        + "".join(f"<td {cell}>{_cell(said(one))}</td>" for one in models)
        + "</tr>"
        for name, said in rows
    )
    whole = NARROWEST_COLUMN * (len(models) + 1)
    wide = str(whole) if 0 < room < whole else "100%"
    return f"<table cellspacing='0' width='{wide}'><tr><th {cell} width='14%'></th>{head}</tr>{body}</table>"


def _cell(content: str | Iterable[str]) -> str:
    if isinstance(content, str):
        return escape(content) or "–"
    return "<br>".join(f"• {escape(point)}" for point in content) or "–"
