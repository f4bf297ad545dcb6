"""Next steps in a list: what to do, why, and the button that leads there; grouped by partnership."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.widgets.card import label, line
from cocivic_desktop.ui.widgets.link_button import LinkButton

if TYPE_CHECKING:
    from cocivic_desktop.ui.advice import Advice, Waiting
    from cocivic_desktop.ui.context import Context


class AdviceRow(QWidget):
    """A row with a thin line below. `primary` for the most urgent one."""

    def __init__(self, context: Context, advice: Advice, *, primary: bool = False) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(label(advice.headline, "strong", wrap=True))
        below = QHBoxLayout()
        below.setSpacing(8)
        if advice.urgent:
            now = label(self.tr("now"), "chip-warning")
            now.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
            below.addWidget(now, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(label(advice.explanation, "muted", wrap=True), 1)
        texts.addLayout(below)
        row.addLayout(texts, 1)
        self.button = QPushButton(advice.button)
        self.button.setProperty("look", "primary" if primary else "")
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.button.setAccessibleDescription(advice.headline)
        self.button.clicked.connect(lambda: context.navigate(advice.target))
        row.addWidget(self.button)
        outer.addLayout(row)
        outer.addWidget(line())


class AdviceGroup(QWidget):
    """What waits in one partnership: its most important steps, and all of them on demand.

    `primary` makes the first step's button the one that stands out.
    """

    def __init__(self, context: Context, waiting: Waiting, title: str, *, primary: bool = False) -> None:
        super().__init__()
        self._context, self.waiting, self._primary = context, waiting, primary
        self.shows_all = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 16)
        outer.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(-4, 0, -4, 0)  # links stand in line with the texts below
        head.setSpacing(8)
        self.link = LinkButton(title)
        self.link.clicked.connect(lambda: context.navigate(Target.partnership(waiting.partnership_id)))
        head.addWidget(self.link, 1)
        head.addStretch(0)
        self.more_button = QPushButton()
        self.more_button.setProperty("look", "link")
        self.more_button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.more_button.setVisible(waiting.count > len(waiting.first))
        self.more_button.setAccessibleDescription(title)
        self.more_button.clicked.connect(lambda: self.show_all(not self.shows_all))
        head.addWidget(self.more_button)
        outer.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        outer.addLayout(self._rows)
        self.show_all(False)

    @property
    def first_button(self) -> QPushButton:
        """The button of the first step."""
        row = self._rows.itemAt(0).widget()
        return row.button if isinstance(row, AdviceRow) else self.more_button

    def show_all(self, wanted: bool) -> None:
        """Show every step, or only the most important ones."""
        self.shows_all = wanted
        steps = self._context.advisor.steps(self.waiting.partnership_id) if wanted else self.waiting.first
        clear(self._rows)
        for number, step in enumerate(steps):
            self._rows.addWidget(AdviceRow(self._context, step, primary=self._primary and number == 0))
        self.more_button.setText(
            self.tr("Show the first only") if wanted else self.tr("Show all {count}").format(count=self.waiting.count)
        )


class SmallRow(QWidget):
    """Two lines of text with a button over all of it: for lists at the side."""

    def __init__(self, head: str, text: str, note: QLabel | QWidget | None = None) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        self.link = LinkButton(head)
        texts.addWidget(self.link)
        below = label(text, "label", wrap=True)
        below.setContentsMargins(4, 0, 0, 0)
        texts.addWidget(below)
        row.addLayout(texts, 1)
        if note is not None:
            row.addWidget(note)
        outer.addLayout(row)
        outer.addWidget(line())


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
