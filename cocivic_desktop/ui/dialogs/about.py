"""What this program is."""

from __future__ import annotations

import platform

from PySide6.QtCore import QCoreApplication, qVersion
from PySide6.QtWidgets import QMessageBox, QWidget

from cocivic_desktop import __version__, paths
from cocivic_desktop.ui import icons


def show_about(parent: QWidget) -> None:
    """Version, what it runs on, and where things lie."""
    translate = QCoreApplication.translate
    box = QMessageBox(parent)
    box.setWindowTitle(translate("About", "About Co-Civic Desktop"))
    box.setIconPixmap(icons.pixmap("app", 64, "accent", parent.devicePixelRatio()))
    box.setText(f"Co-Civic Desktop {__version__}")
    text = translate(
        "About",
        "Guides a civil society organisation through a partnership with a vocational school: "
        "from the first call to shared goals, an agreement, a year of activities, hours and evaluation.\n\n"
        "It needs no network and sends nothing anywhere.\n\n"
        "Data: {folder}\nLog of unexpected errors: {log}\nQt {qt}, Python {python}",
    )
    box.setInformativeText(
        text.format(folder=paths.data_folder(), log=paths.log_file(), qt=qVersion(), python=platform.python_version())
    )
    box.open()
    box.finished.connect(box.deleteLater)
