"""Texts of the library as pages to read. Sizes and colours come from the palette and the font."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.services.models import Section
from cocivic_desktop.ui.theme import roles

if TYPE_CHECKING:
    from cocivic_desktop.services.models import ModelPreview


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
    cases = [
        (translate("Reading", "An example"), f"{who}. {what} {result} ({source})")
        for who, what, result, source in model.cases
    ]
    return page_html(
        model.title,
        [
            ("", model.summary),
            (translate("Reading", "For whom"), model.for_whom),
            (translate("Reading", "Goals it brings"), model.sections[Section.GOALS]),
            (translate("Reading", "Who does what"), [f"{name}: {text}" for _, name, text in model.roles]),
            (translate("Reading", "Activities"), model.sections[Section.ACTIVITIES]),
            (translate("Reading", "Worth knowing"), model.guidance),
            *model.checklists,
            *cases,
        ],
        translate("Reading", "Source: {source}").format(source=model.source),
    )
