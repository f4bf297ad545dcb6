"""Makes `cocivic_desktop/_generated`: compiled forms, compiled translations, and the packaged resources.

Runs as a hatchling build hook for wheels and editable installs, and as a script (`make forms`) after an edit in
Qt Designer. Nothing it makes is committed. In a checkout the resources are a symbolic link, so that an edited
text is seen at once; a wheel gets a copy.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "cocivic_desktop"


class GeneratedFiles(BuildHookInterface[Any]):
    """The hook named in `pyproject.toml` under `[tool.hatch.build.hooks.custom]`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before a wheel ("standard") or an editable install is put together; an sdist holds only sources."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        generate(root)
        generated = root / PACKAGE / "_generated"
        if version == "editable":
            link_resources(generated, root / "resources")
            return
        included = build_data.setdefault("force_include", {})
        included[str(root / "resources")] = f"{PACKAGE}/_generated/resources"
        included[str(generated / "__init__.py")] = f"{PACKAGE}/_generated/__init__.py"
        for folder in ("forms", "i18n"):
            for file in sorted((generated / folder).glob("*.*")):
                included[str(file)] = f"{PACKAGE}/_generated/{folder}/{file.name}"


def generate(root: Path = ROOT) -> list[Path]:
    """Compile every form and translation that is newer than its output; returns what was made.

    Raises subprocess.CalledProcessError when a Qt tool refuses a file.
    """
    generated = root / PACKAGE / "_generated"
    made = compile_forms(root / "forms", generated / "forms")
    made += compile_translations(root / "resources" / "i18n", generated / "i18n")
    (generated / "__init__.py").touch()
    return made


def compile_forms(sources: Path, target: Path) -> list[Path]:
    """`forms/<stem>.ui` → `_generated/forms/<stem>.py`; outputs without a source are removed."""
    target.mkdir(parents=True, exist_ok=True)
    (target / "__init__.py").touch()
    made = []
    forms = sorted(sources.glob("*.ui"))
    for form in forms:
        output = target / f"{form.stem}.py"
        if _is_current(output, form):
            continue
        code = _run_tool("uic", "-g", "python", "--no-autoconnection", str(form))
        _write(output, _with_types(_only_used_imports(code)))
        made.append(output)
    for stale in set(target.glob("*.py")) - {target / f"{form.stem}.py" for form in forms} - {target / "__init__.py"}:
        stale.unlink(missing_ok=True)
    return made


def compile_translations(sources: Path, target: Path) -> list[Path]:
    """`resources/i18n/<name>.ts` → `_generated/i18n/<name>.qm`."""
    target.mkdir(parents=True, exist_ok=True)
    made = []
    for source in sorted(sources.glob("*.ts")):
        output = target / f"{source.stem}.qm"
        if not _is_current(output, source):
            _run_tool("lrelease", "-silent", str(source), "-qm", str(output))
            made.append(output)
    return made


def link_resources(generated: Path, resources: Path) -> None:
    """Show `resources` inside the package: a symbolic link, or a copy where the system allows no links."""
    generated.mkdir(parents=True, exist_ok=True)
    link = generated / "resources"
    if link.is_symlink() and link.resolve() == resources.resolve():
        return
    if link.is_symlink():
        link.unlink()
    elif link.is_dir():
        shutil.rmtree(link)
    try:
        link.symlink_to(os.path.relpath(resources, generated), target_is_directory=True)
    except OSError:
        shutil.copytree(resources, link)


def _run_tool(tool: str, *arguments: str) -> str:
    """Run the Qt tool that came with PySide6 in this very environment."""
    start = f"from PySide6.scripts.pyside_tool import {tool}; {tool}()"
    done = subprocess.run([sys.executable, "-c", start, *arguments], check=True, stdout=subprocess.PIPE)
    return done.stdout.decode("utf-8").replace("\r\n", "\n")


def _only_used_imports(code: str) -> str:
    """Drop the names that uic imports without use: PySide makes a class when it is first imported, which takes time."""

    def used(match: re.Match[str]) -> str:
        body = code[match.end() :]
        names = [name.strip() for name in match[2].split(",") if name.strip()]
        kept = [name for name in names if re.search(rf"\b{name}\b", body[body.index("class Ui_") :])]
        return f"from {match[1]} import {', '.join(kept)}\n" if kept else ""

    return re.sub(r"from (PySide6\.\w+) import \(([^)]*)\)\n", used, code)


def _with_types(code: str) -> str:
    """Give uic's two methods types, so that a strict type checker accepts calls to them and knows every widget."""
    code = re.sub(r"def (setupUi|retranslateUi)\(self, (\w+)\):", r"def \1(self, \2: _QWidget) -> None:", code)
    code = code.replace("\nclass Ui_", "\nfrom PySide6.QtWidgets import QWidget as _QWidget\n\n\nclass Ui_", 1)
    return f"# mypy: ignore-errors\n{code}"


def _is_current(output: Path, source: Path) -> bool:
    """Whether `output` is newer than its source and than this script."""
    if not output.exists():
        return False
    made = output.stat().st_mtime
    return made > source.stat().st_mtime and made > Path(__file__).stat().st_mtime


def _write(path: Path, text: str) -> None:
    """Write whole or not at all: another process may import the file at the same moment."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).replace(path)


def main() -> None:
    """`make forms`: compile what changed and link the resources."""
    made = generate(ROOT)
    link_resources(ROOT / PACKAGE / "_generated", ROOT / "resources")
    for path in made:
        print(f"compiled {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
