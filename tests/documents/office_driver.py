"""Runs in the system's Python beside LibreOffice: `office_driver.py PIPE JOBS`. See `office.py`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]

_FILTERS = {"docx": "MS Word 2007 XML", "odt": "writer8"}


def _connected(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("LibreOffice did not start")


def _property(name: str, value: object) -> Any:
    result = PropertyValue()
    result.Name, result.Value = name, value
    return result


def main() -> None:
    """Do the jobs, then close LibreOffice."""
    context = _connected(sys.argv[1])
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    for job in json.loads(sys.argv[2]):
        document = desktop.loadComponentFromURL(Path(job["source"]).as_uri(), "_blank", 0, (_property("Hidden", True),))
        if job["command"]:
            frame = document.getCurrentController().getFrame()
            dispatcher.executeDispatch(frame, f".uno:{job['command']}", "", 0, ())
        target = Path(job["target"])
        if job["by"] == "odt":
            between = target.with_suffix(".odt")
            document.storeToURL(between.as_uri(), (_property("FilterName", _FILTERS["odt"]),))
            document.close(True)
            document = desktop.loadComponentFromURL(between.as_uri(), "_blank", 0, (_property("Hidden", True),))
        document.storeToURL(target.as_uri(), (_property("FilterName", _FILTERS["docx"]),))
        document.close(True)
    desktop.terminate()


main()
