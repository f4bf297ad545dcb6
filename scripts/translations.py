"""Brings `resources/i18n/cocivic_<language>.ts` up to date with the texts of the forms and of the window's code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("de", "es", "tr")


def main() -> None:
    """Run Qt's lupdate; texts that are gone stay in the file, marked as obsolete."""
    sources = sorted((ROOT / "forms").glob("*.ui")) + sorted((ROOT / "cocivic_desktop" / "ui").rglob("*.py"))
    folder = ROOT / "resources" / "i18n"
    folder.mkdir(exist_ok=True)
    targets = [str(folder / f"cocivic_{language}.ts") for language in LANGUAGES]
    start = "from PySide6.scripts.pyside_tool import lupdate; lupdate()"
    subprocess.run([sys.executable, "-c", start, *map(str, sources), "-ts", *targets], check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
