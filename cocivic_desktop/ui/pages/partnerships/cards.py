"""What the cards of the pipeline say."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.partnerships import PipelineState
from cocivic_desktop.domain.rules.pipeline import Prospect
from cocivic_desktop.ui.models.record_table import Chip
from cocivic_desktop.ui.texts.formats import ago_text, day_text
from cocivic_desktop.ui.widgets.board_cards import CardText

_NO_CONTACT: Final = (PipelineState.AGREED, PipelineState.NOT_NOW)
"""States in which nobody needs to plan a next contact."""


def card_text(one: Prospect, today: date) -> CardText:
    """The words of a card: school, title or reason, next contact, coordinator."""
    title = one.partnership.title
    name = one.school_name or title
    body = "" if name in title or title in name else title
    if one.state is PipelineState.NOT_NOW:
        reason = one.partnership.not_now_reason
        body = reason or QCoreApplication.translate("Pipeline", "No reason noted")
    return CardText(name, body, contact_chip(one, today), one.coordinator)


def contact_chip(one: Prospect, today: date) -> Chip | None:
    """The day of the next contact in words; None where none is needed."""
    due = one.next_contact_on
    translate = QCoreApplication.translate
    if due is None:
        return None if one.state in _NO_CONTACT else Chip(translate("Pipeline", "No next contact"))
    if due < today:
        return Chip(translate("Pipeline", "Overdue: {day}").format(day=day_text(due, year=False)), "bad")
    if due == today:
        return Chip(translate("Pipeline", "Due today"), "warning")
    text = translate("Pipeline", "Contact {when}").format(when=ago_text(due, today))
    return Chip(text if (due - today).days <= 14 else day_text(due, year=due.year != today.year))
