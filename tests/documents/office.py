"""LibreOffice as the other side: opens a file, does something, saves it. Driven through UNO by the system's Python."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest

_PYTHON = "/usr/bin/python3"
_DRIVER = Path(__file__).with_name("office_driver.py")


@cache
def _there() -> bool:
    if shutil.which("soffice") is None or not Path(_PYTHON).exists():
        return False
    return subprocess.run([_PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode == 0


needs_office = pytest.mark.skipif(not _there(), reason="LibreOffice with its Python bridge is not installed")


def settled_by_office(folder: Path, jobs: dict[str, tuple[bytes, str]], kind: str = "docx") -> dict[str, bytes]:
    """Each file opened by LibreOffice, a command such as "AcceptAllTrackedChanges" given, saved as DOCX.

    With `kind` "odt" it is saved as ODT, opened again and saved as DOCX.
    """
    work = []
    for title, (data, command) in jobs.items():
        source = folder / f"{title}.docx"
        source.write_bytes(data)
        work.append(
            {"source": str(source), "target": str(folder / f"{title}.out.docx"), "command": command, "by": kind}
        )
    pipe = f"cocivic{time.monotonic_ns()}"
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{folder}/profile",
         f"--accept=pipe,name={pipe};urp"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        subprocess.run([_PYTHON, str(_DRIVER), pipe, json.dumps(work)], check=True, timeout=180, stdout=sys.stderr)
        office.wait(60)
    finally:
        if office.poll() is None:
            office.kill()
            office.wait()
    return {title: (folder / f"{title}.out.docx").read_bytes() for title in jobs}
