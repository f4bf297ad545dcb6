"""Anonymising and erasing: says what goes and what stays before, and which backups still hold the person after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QDialog, QWidget

from cocivic_desktop._generated.forms.people_erase import Ui_EraseDialog
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.domain.organisations import ErasureKind
from cocivic_desktop.services import privacy
from cocivic_desktop.services.privacy import Done, Mention
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.texts.actions import kind_word
from cocivic_desktop.ui.texts.counts import entries_count, people_count
from cocivic_desktop.ui.texts.formats import day_text, minutes_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from cocivic_desktop.ui.context import Context

MOST_LINES = 12
"""Texts named one by one; the others are counted."""


class EraseDialog(QDialog):
    """The one place of the program that asks whether somebody is sure: nothing brings the person back."""

    def __init__(self, context: Context, ids: Sequence[UUID], kind: ErasureKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_EraseDialog()
        self.ui.setupUi(self)
        self._context, self._ids, self._kind = context, list(ids), kind
        self._erasing = kind is ErasureKind.ERASED
        self.plans = [privacy.plan(context.workspace, id, kind, context.today()) for id in ids]
        self.ui.cancelButton.clicked.connect(self.reject)
        self.ui.goButton.clicked.connect(lambda: self.go())
        self.ui.sureCheck.toggled.connect(self.ui.goButton.setEnabled)
        self.ui.goButton.setEnabled(False)
        self.ui.goButton.setAutoDefault(False)
        self.ui.problemLabel.hide()
        self.finished.connect(self.deleteLater)
        self._show()
        self.resize(640, 600)

    def go(self) -> None:
        """Back up, do it, and say which backups still hold the person. It runs here: it must not be half done."""
        self.ui.goButton.setEnabled(False)
        try:
            done = privacy.carry_out(self._context.workspace, self._ids, self._kind, self._context.today())
        except CoCivicError as error:
            self.ui.problemLabel.setText(sentence(error))
            self.ui.problemLabel.show()
            self.ui.goButton.setEnabled(True)
            return
        self._show_done(done)

    def _show(self) -> None:
        name = self.plans[0].person.name if len(self.plans) == 1 else people_count(len(self.plans))
        if self._erasing:
            title, go = self.tr("Erase {name}"), self.tr("Erase for good")
            intro = self.tr(
                "The person and all that is only theirs is deleted. Hours stay as those of one head without a name, so "
                "that sums and reports remain right. Where counting who was there matters, anonymising is enough."
            )
        else:
            title, go = self.tr("Anonymise {name}"), self.tr("Anonymise for good")
            intro = self.tr(
                "Nothing tells any more who it was. Kind, organisation, roles, hours and attendance stay under a "
                "number, so that all counts remain right."
            )
        self.ui.titleLabel.setText(title.format(name=name))
        self.ui.introLabel.setText(intro)
        self.ui.goButton.setText(go)
        goes, stays = Counter[str](), Counter[str]()
        for plan in self.plans:
            goes += plan.goes
            stays += plan.loses_link
        self._fill(self.ui.goesTitle, self.ui.goesLabel, [*self._personal(), *_counted(goes)])
        self._fill(self.ui.staysTitle, self.ui.staysLabel, [*self._hours(), *_counted(stays)])
        for head, text, name in (
            (self.ui.textsTitle, self.ui.textsLabel, "replaced"),
            (self.ui.keptTitle, self.ui.keptLabel, "kept"),
            (self.ui.lookTitle, self.ui.lookLabel, "look_at"),
        ):
            self._fill(head, text, self._named([one for plan in self.plans for one in getattr(plan, name)]))
        self.ui.backupsLabel.setText(
            self.tr(
                "A backup is made and checked before. It and older backups still hold the person; they stay as they "
                "are. When one of them is restored, or a file of another computer is merged, this is done again by "
                "itself. "
                "Undo no longer reaches back behind this."
            )
        )

    def _personal(self) -> list[str]:
        what = self.tr("the person") if self._erasing else self.tr("name, contact, class, birth year, remarks")
        return [what]

    def _hours(self) -> list[str]:
        count, minutes = sum(plan.hours for plan in self.plans), sum(plan.minutes for plan in self.plans)
        text = self.tr("{entries} of hours, {time} in all, without remarks")
        return [text.format(entries=entries_count(count), time=minutes_text(minutes))] if count else []

    def _named(self, found: Sequence[Mention]) -> list[str]:
        lines = list(
            dict.fromkeys(f"{kind_word(one.kind)} “{one.title}”" if one.title else kind_word(one.kind) for one in found)
        )
        rest = len(lines) - MOST_LINES
        more = [self.tr("and {count} more").format(count=rest)] if rest > 0 else []
        return [*lines[:MOST_LINES], *more]

    def _fill(self, head: QLabel, text: QLabel, lines: Sequence[str]) -> None:
        text.setText("\n".join(f"• {line}" for line in lines))
        for shown in (head, text):
            shown.setVisible(bool(lines))

    def _show_done(self, done: Done) -> None:
        """Afterwards: what was done, and where the person still is."""
        self.ui.titleLabel.setText(self.tr("Done"))
        done_to = self.tr("Erased: {count}") if self._erasing else self.tr("Anonymised: {count}")
        self.ui.introLabel.setText(done_to.format(count=len(self._ids)))
        for shown in (self.ui.goesTitle, self.ui.goesLabel, self.ui.staysTitle, self.ui.staysLabel, self.ui.textsTitle,
                      self.ui.textsLabel, self.ui.sureCheck, self.ui.goButton):  # fmt: skip
            shown.hide()
        lines = [f"• {day_text(one.day)}: {one.path.name}" for one in done.still_holding[:MOST_LINES]]
        text = self.tr(
            "Backups that still hold the person: {count}. They go with time; delete them by hand where it has to be "
            "sooner. When one is restored, this is done again by itself."
        )
        folder = self.tr("They are in {folder}").format(folder=done.backup.path.parent)
        self.ui.backupsLabel.setText("\n".join([text.format(count=len(done.still_holding)), *lines, folder]))
        self.ui.cancelButton.setText(self.tr("Close"))
        self.ui.cancelButton.setFocus()


def _counted(counts: Counter[str]) -> list[str]:
    return [f"{count} × {kind_word(kind)}" for kind, count in counts.items()]
