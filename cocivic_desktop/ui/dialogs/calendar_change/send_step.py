"""Last step: drafts for those who take part, and amendments of signed agreements that name what changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.services import school_year_amendments, school_year_updates
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.models.record_table import Column, RecordTableModel
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.tables import choose_first, dress_records

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cocivic_desktop._generated.forms.school_year_change import Ui_CalendarChangeDialog
    from cocivic_desktop.services.school_year_amendments import Offer
    from cocivic_desktop.services.school_year_changes import Comparison, Decision
    from cocivic_desktop.services.school_year_updates import Update
    from cocivic_desktop.ui.context import Context


@dataclass
class Letter:
    """A message that could be sent, and whether it should."""

    update: Update
    chosen: bool


class SendStep(QObject):
    """Both are offered, nothing is done by itself."""

    def __init__(self, context: Context, ui: Ui_CalendarChangeDialog, dialog: QWidget) -> None:
        super().__init__(dialog)
        self._context, self._ui, self._dialog = context, ui, dialog
        self.drafted: dict[UUID, UUID] = {}
        """The clause that states the new dates, by the agreement that is amended."""
        self.model: RecordTableModel[Letter] = RecordTableModel(
            [
                Column("chosen", self.tr("Write"), lambda one: one.chosen, 64, change=self._choose),
                Column("title", self.tr("Activity"), lambda one: one.update.activity.title, strong=True),
                Column("was", self.tr("Until now"), lambda one: day_text(one.update.was, weekday=True), 140),
                Column("now", self.tr("Now"), self._now, 170),
                Column("who", self.tr("Goes to"), self._who, 270, tip=self._who),
            ],
            self,
        )
        dress_records(ui.updates, self.model, self.model.columns)
        self.agreements: RecordTableModel[Offer] = RecordTableModel(
            [
                Column("of", self.tr("Partnership"), lambda one: one.partnership_title, 240, strong=True),
                Column("names", self.tr("Names what changed"), self._names, tip=self._names),
                Column("state", self.tr("Amendment"), self._state, 130),
            ],
            self,
        )
        dress_records(ui.agreements, self.agreements, self.agreements.columns)
        ui.saveButton.clicked.connect(lambda: self.choose_folder())
        ui.amendButton.clicked.connect(lambda: self.amend())

    def amendments(self, found: Comparison, decisions: Mapping[tuple[UUID, date], Decision]) -> list[Offer]:
        """The agreements concerned, as they stand before anything is applied."""
        return school_year_amendments.offers(self._context.workspace, found, decisions)

    def show(self, found: Comparison, decisions: Mapping[tuple[UUID, date], Decision], offers: list[Offer]) -> None:
        """Show what can be sent and amended after everything was applied."""
        ui = self._ui
        updates = school_year_updates.updates(self._context.workspace, found, decisions)
        self.model.set_rows([Letter(one, one.can_be_sent) for one in updates])
        self.agreements.set_rows(offers)
        ui.tellHint.setText(
            self.tr(
                "One draft for each date. It opens in the mail program, and moves the date in the calendars of all."
            )
            if updates
            else self.tr("No date was moved, so there is nothing to send.")
        )
        ui.amendHint.setText(
            self.tr("The amendment states old and new dates. It is a draft for both sides, and no legal advice.")
            if offers
            else self.tr("No signed agreement names what changed.")
        )
        for widget, shown in ((ui.updates, updates), (ui.agreements, offers)):
            widget.setVisible(bool(shown))
        ui.amendButton.setVisible(bool(offers))
        ui.saveButton.setVisible(bool(updates))
        choose_first(ui.updates)
        choose_first(ui.agreements)
        ui.sendLayout.addStretch(0 if updates or offers else 1)
        self._count()

    def choose_folder(self) -> None:
        """Ask where the drafts go, and write them."""
        start = self._context.setting("drafts_folder", str(Path.home()))
        name = QFileDialog.getExistingDirectory(self._dialog, self.tr("Folder for the drafts"), start)
        if name:
            self._context.settings.setValue("drafts_folder", name)
            self.write(Path(name))

    def write(self, folder: Path) -> None:
        """Write the chosen drafts into a folder."""
        chosen = [one.update for one in self.model.rows if one.chosen]
        try:
            files = school_year_updates.write_updates(self._context.workspace, chosen, folder)
        except CoCivicError as error:
            self._say(f"× {sentence(error)}", "error")
            return
        text = self.tr("✓ {count} drafts are in {folder}. Open them in your mail program, look, and send.")
        if len(files) == 1:
            text = self.tr("✓ One draft is in {folder}. Open it in your mail program, look, and send.")
        self._say(text.format(count=len(files), folder=folder), "good")

    def amend(self) -> None:
        """Draft the amendment of the chosen agreement; drafted already, go to it."""
        offer = self.agreements.record(self._ui.agreements.currentIndex())
        if offer is None:
            return
        if offer.agreement.id in self.drafted:
            self._dialog.close()
            statement = self.drafted[offer.agreement.id]
            place = Target.partnership(offer.agreement.partnership_id, Stage.AGREEMENT, "clauses", statement)
            self._context.navigate(place)
            return
        result = self._context.attempt(school_year_amendments.draft_amendment, self._context.workspace, offer)
        if result is not None:
            self.drafted[offer.agreement.id] = result[1].id
            self.agreements.set_rows(self.agreements.rows)
            self._ui.amendButton.setText(self.tr("Open the amendment"))
            self._context.notify(self.tr("The amendment is drafted. Ctrl+Z takes it back."))

    def _choose(self, letter: Letter, chosen: bool) -> None:
        letter.chosen = chosen and letter.update.can_be_sent
        self.model.set_rows(self.model.rows)
        self._count()

    def _count(self) -> None:
        count = sum(1 for one in self.model.rows if one.chosen)
        text = self.tr("Save one draft (.eml)…") if count == 1 else self.tr("Save {count} drafts (.eml)…")
        self._ui.saveButton.setText(text.format(count=count))
        self._ui.saveButton.setEnabled(count > 0)

    def _now(self, letter: Letter) -> str:
        now = letter.update.now
        return day_text(now, weekday=True) if now is not None else self.tr("does not take place")

    def _who(self, letter: Letter) -> str:
        names = [one.name for one in letter.update.guests.invited]
        missing = [one.name for one in letter.update.guests.without_address]
        if not names:
            return self.tr("nobody with an e-mail address takes part")
        text = ", ".join(names)
        if not missing:
            return text
        return self.tr("{names} (without address: {missing})").format(names=text, missing=", ".join(missing))

    def _names(self, offer: Offer) -> str:
        parts = [self.tr("clause {number} {title}").format(number=one.number, title=one.title) for one in offer.clauses]
        parts += [self.tr("task “{task}”").format(task=one.task) for one in offer.tasks]
        if offer.plan:
            parts.append(self.tr("the annexed plan of dates"))
        return "; ".join(parts)

    def _state(self, offer: Offer) -> str:
        return self.tr("drafted") if offer.agreement.id in self.drafted else self.tr("not yet")

    def _say(self, text: str, look: str) -> None:
        set_look(self._ui.tellHint, look)
        self._ui.tellHint.setText(text)
