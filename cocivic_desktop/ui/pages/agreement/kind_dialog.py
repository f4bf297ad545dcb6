"""What changes when an agreement becomes one of another kind, before it does."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from cocivic_desktop.domain.rules.text_compare import compare_words
from cocivic_desktop.services.drafts import wording
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.card import label
from cocivic_desktop.ui.widgets.compared_text import runs_html

if TYPE_CHECKING:
    from cocivic_desktop.domain.agreements import Clause
    from cocivic_desktop.services.drafts import Draft
    from cocivic_desktop.services.proposals import KindChange


class KindDialog(QDialog):
    """Shows a `KindChange`; accepted when the person wants it. Undo takes it back."""

    def __init__(self, change: KindChange, draft: Draft, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._language = draft, language
        self.setWindowTitle(self.tr("Another kind of agreement"))
        self.resize(680, 520)
        self.change = change
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        title = self.tr("From {before} to {after}").format(before=word(draft.agreement.kind), after=word(change.kind))
        layout.addWidget(label(title, "section", wrap=True))
        counts = self.tr(
            "Clauses that come in: {added} · left out: {left_out} · worded anew: {reworded} · that stay: {stay}"
        )
        layout.addWidget(
            label(
                counts.format(
                    added=len(change.added),
                    left_out=len(change.left_out),
                    reworded=len(change.reworded),
                    stay=change.unchanged + len(change.kept),
                ),
                "muted",
                wrap=True,
            )
        )
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.tr("What changes"))
        self.text.setHtml(self._html())
        layout.addWidget(self.text, 1)
        buttons = QDialogButtonBox()
        self.change_button = buttons.addButton(self.tr("Change the kind"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_look(self.change_button, "primary")
        buttons.addButton(self.tr("Leave it as it is"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def _html(self) -> str:
        change = self.change
        parts = [
            self._titles(self.tr("Come in"), change.added),
            self._titles(self.tr("Are left out (they can be taken in again)"), change.left_out),
            self._titles(self.tr("Stay as they are, because they were reworded, discussed or settled"), change.kept),
        ]
        if change.reworded:
            parts.append(_head(self.tr("Are worded anew")))
            for before, after in change.reworded:
                runs = compare_words(*(self._draft.plain(one, self._language) for one in (before, after)))
                title = escape(wording(after.titles, self._language))
                parts.append(f'<p style="margin:0 0 10px 0"><b>{title}</b><br/>{runs_html(runs)}</p>')
        nothing = f"<p>{escape(self.tr('The clauses stay as they are; only the name of the document changes.'))}</p>"
        return "".join(parts) or nothing

    def _titles(self, head: str, clauses: Iterable[Clause]) -> str:
        lines = "".join(f"<li>{escape(wording(clause.titles, self._language))}</li>" for clause in clauses)
        return f"{_head(head)}<ul>{lines}</ul>" if lines else ""


def _head(text: str) -> str:
    return f'<p style="margin:8px 0 4px 0"><b>{escape(text)}</b></p>'
