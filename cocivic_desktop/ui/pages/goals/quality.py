"""The quality check beside a goal: five questions, and a line with a button for everything that could be better."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cocivic_desktop._generated.forms.goals_quality import Ui_GoalsQuality
from cocivic_desktop.domain.rules.goal_quality import QualityFinding, met
from cocivic_desktop.ui.texts.goal_quality import criterion_word, words
from cocivic_desktop.ui.widgets.card import label


class QualityPanel(QWidget):
    """Shows findings; `wanted` is emitted with the finding whose field is to be opened."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_GoalsQuality()
        self.ui.setupUi(self)
        self.ui.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.ui.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.buttons: list[QPushButton] = []
        self._shown: list[QualityFinding] | None = None
        self._lines: list[QWidget] = []

    def show_findings(self, findings: Sequence[QualityFinding]) -> None:
        """Show what could be better; nothing means that the goal is a good one."""
        if list(findings) == self._shown:
            return
        self._shown = list(findings)
        criteria = met(findings)
        self.ui.countLabel.setText(self.tr("{good} of {all}").format(good=sum(criteria.values()), all=len(criteria)))
        self.ui.criteriaLabel.setText(
            "   ".join(f"{'✓' if good else '!'} {criterion_word(one)}" for one, good in criteria.items())
        )
        for old in self._lines:
            old.hide()
            old.deleteLater()
        self._lines, self.buttons = [], []
        layout = self.ui.linesLayout
        if not findings:
            self._add_line(
                label(self.tr("Nothing is missing. Ask the school whether it sees it the same way."), wrap=True)
            )
        for finding in findings:
            self._add_line(self._line(finding))
        while layout.count() > len(self._lines):
            layout.takeAt(layout.count() - 1)
        layout.addStretch(1)

    def _add_line(self, line: QWidget) -> None:
        self._lines.append(line)
        self.ui.linesLayout.insertWidget(len(self._lines) - 1, line)

    def _line(self, finding: QualityFinding) -> QWidget:
        said = words(finding)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(label(said.problem, wrap=True))
        texts.addWidget(label(said.suggestion, "label", wrap=True))
        row.addLayout(texts, 1)
        button = QPushButton(self.tr("Open"))
        button.setAccessibleName(self.tr("Open the field: {problem}").format(problem=said.problem))
        button.clicked.connect(lambda: self.wanted.emit(finding))
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.buttons.append(button)
        return line
