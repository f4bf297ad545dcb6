"""Sentences beside the fields that may not be stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QBoxLayout,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from cocivic_desktop.ui.texts.fields import field_problem
from cocivic_desktop.ui.theme import set_state

if TYPE_CHECKING:
    from cocivic_desktop.domain.errors import InvalidField


class ProblemLabels:
    """Shows and hides a sentence below a field, and marks the field."""

    def __init__(self) -> None:
        self._labels: dict[QWidget, QLabel] = {}
        self._shown: set[QWidget] = set()

    def __bool__(self) -> bool:
        return bool(self._shown)

    def show(self, widget: QWidget, error: InvalidField) -> None:
        """Say what is wrong, below the field; screen readers read it as the field's description."""
        label = self._labels.get(widget)
        if label is None:
            label = QLabel()
            label.setProperty("look", "error")
            label.setWordWrap(True)
            _place_below(widget, label)
            self._labels[widget] = label
        label.setText(f"× {field_problem(error)}")
        label.setVisible(True)
        widget.setAccessibleDescription(field_problem(error))
        set_state(_framed(widget), "invalid", True)
        self._shown.add(widget)

    def hide(self, widget: QWidget) -> None:
        """All is well again."""
        if widget not in self._shown:
            return
        self._labels[widget].setVisible(False)
        widget.setAccessibleDescription("")
        set_state(_framed(widget), "invalid", False)
        self._shown.discard(widget)

    def clear(self) -> None:
        """Forget every problem, e.g. because another record is shown."""
        for widget in list(self._shown):
            self.hide(widget)


def _framed(widget: QWidget) -> QWidget:
    """The widget that draws the frame: of a composed field, its line."""
    proxy = widget.focusProxy()
    return proxy if isinstance(proxy, QLineEdit) else widget


def _place_below(widget: QWidget, label: QLabel) -> None:
    """Put the label under the widget in whatever layout the form uses."""
    parent = widget.parentWidget()
    layout = _layout_of(widget, parent.layout() if parent is not None else None)
    if isinstance(layout, QFormLayout):
        row = layout.getWidgetPosition(widget)[0]  # type: ignore[index]
        if layout.rowWrapPolicy() == QFormLayout.RowWrapPolicy.WrapAllRows:
            layout.insertRow(row + 1, label)
        else:
            layout.insertRow(row + 1, QLabel(), label)
        return
    if isinstance(layout, QBoxLayout) and layout.direction() in (
        QBoxLayout.Direction.TopToBottom,
        QBoxLayout.Direction.BottomToTop,
    ):
        layout.insertWidget(layout.indexOf(widget) + 1, label)
        return
    if isinstance(layout, QGridLayout | QBoxLayout):
        holder = QWidget(parent)
        layout.replaceWidget(widget, holder)
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(widget)
        inside.addWidget(label)
        holder.show()


def _layout_of(widget: QWidget, layout: QLayout | None) -> QLayout | None:
    """The innermost layout that holds the widget."""
    if layout is None:
        return None
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is None:
            continue
        if item.widget() is widget:
            return layout
        found = _layout_of(widget, item.layout())
        if found is not None:
            return found
    return None
