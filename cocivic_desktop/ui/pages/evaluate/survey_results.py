"""Results of a survey: for each question its mean, how the answers spread, and how many there are."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from cocivic_desktop.services.surveys import HIGHEST, QuestionResult, SurveyResult
from cocivic_desktop.ui.texts.formats import number_text
from cocivic_desktop.ui.theme import roles
from cocivic_desktop.ui.widgets.card import label, line

BAR_WIDTH: Final = 28
GAP: Final = 8
TEXT_HEIGHT: Final = 17
BARS_HEIGHT: Final = 44


class DistributionBars(QWidget):
    """Five small bars with the number of answers above and the answer below."""

    def __init__(self, distribution: tuple[int, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.distribution = distribution
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        steps = [
            self.tr("{answer}: {count} times").format(answer=number + 1, count=count)
            for number, count in enumerate(distribution)
        ]
        self.setAccessibleName(", ".join(steps))
        self.setToolTip("\n".join(steps))

    def sizeHint(self) -> QSize:
        """Room for five bars and their figures."""
        return QSize(HIGHEST * (BAR_WIDTH + GAP) - GAP, BARS_HEIGHT + 2 * TEXT_HEIGHT + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar for each answer; none given leaves a thin line."""
        chosen = roles()
        painter = QPainter(self)
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        most = max(self.distribution, default=0) or 1
        ground = TEXT_HEIGHT + BARS_HEIGHT
        for number, count in enumerate(self.distribution):
            left = number * (BAR_WIDTH + GAP)
            height = max(1.0, BARS_HEIGHT * count / most)
            painter.fillRect(
                QRectF(left, ground - height, BAR_WIDTH, height), chosen.color("accent" if count else "line")
            )
            painter.setPen(chosen.color("text" if count else "muted"))
            above = QRectF(left, ground - height - TEXT_HEIGHT, BAR_WIDTH, TEXT_HEIGHT)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(count))
            painter.setPen(chosen.color("muted"))
            below = QRectF(left, ground + 2, BAR_WIDTH, TEXT_HEIGHT)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew with the theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)


class ResultsView(QWidget):
    """One block for each question."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: SurveyResult | None = None
        self._blocks: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 8, 0)
        self._layout.setSpacing(12)

    def show_result(self, result: SurveyResult | None) -> None:
        """Show other results; the same ones stay as they are."""
        if result == self._shown:
            return
        self._shown = result
        for block in self._blocks:
            self._layout.removeWidget(block)
            block.hide()
            block.deleteLater()
        self._blocks = []
        if result is None:
            return
        for number, one in enumerate(result.questions):
            block = self._block(number + 1, one, result.minimum, ruled=number > 0)
            self._layout.addWidget(block)
            self._blocks.append(block)

    @property
    def texts(self) -> list[str]:
        """Everything that the blocks say, in order."""
        return [one.text() for block in self._blocks for one in block.findChildren(QLabel)]

    def _block(self, number: int, result: QuestionResult, minimum: int, *, ruled: bool) -> QWidget:
        block = QWidget(self)
        outer = QVBoxLayout(block)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        if ruled:
            outer.addWidget(line(block))
        row = QHBoxLayout()
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label(f"{number}. {result.question.text}", "strong", wrap=True))
        for text, look in self._sentences(result, minimum):
            words.addWidget(label(text, look, wrap=True))
        words.addStretch(1)
        row.addLayout(words, 1)
        if result.distribution:
            row.addWidget(DistributionBars(result.distribution, block), 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(row)
        return block

    def _sentences(self, result: QuestionResult, minimum: int) -> list[tuple[str, str]]:
        count = self.tr("{count} answers").format(count=result.count) if result.count != 1 else self.tr("1 answer")
        if not result.shown:
            hidden = self.tr("{answers} so far. Shown from {minimum} on, so that nobody is recognised.")
            return [(hidden.format(answers=count, minimum=minimum), "muted")]
        if result.mean is None:
            return [(count, "muted"), *((f"“{text}”", "") for text in result.texts)]
        mean = self.tr("Mean {mean} of 5 · {answers}").format(mean=number_text(result.mean, 1), answers=count)
        sentences = [(mean, "")]
        item = result.question.item
        if item is not None and item.unit == "percent" and result.count:
            agreeing = round(100 * sum(result.distribution[3:]) / result.count)
            sentences.append((self.tr("{percent} % answered 4 or 5").format(percent=agreeing), "muted"))
        return sentences
