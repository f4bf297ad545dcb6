"""Bring an older workspace to the present format: backup, one transaction, integrity check."""

from __future__ import annotations

import importlib
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations

from cocivic_desktop.domain.errors import WorkspaceError
from cocivic_desktop.store import connection as opening
from cocivic_desktop.store.schema import SCHEMA_VERSION


def migrate(connection: Any, path: Path, version: int) -> Path:
    """Migrate from `version` to the present one and give the path of the backup made first.

    Each step is a module `migrations/v<number>.py` with `upgrade(operations)`. All or nothing: any fault leaves the
    file as it was. Raises `WorkspaceError`.
    """
    backup = path.with_name(f"{path.stem}-format-{version}-{datetime.now():%Y%m%d-%H%M%S}{path.suffix}")
    copy = opening.connect(backup)
    try:
        connection.backup(copy)
    finally:
        copy.close()
    os.chmod(backup, 0o600)
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        with opening.engine_for(connection).connect() as bound:
            bound.exec_driver_sql("BEGIN IMMEDIATE")
            operations = Operations(MigrationContext.configure(bound))
            for number in range(version + 1, SCHEMA_VERSION + 1):
                importlib.import_module(f"cocivic_desktop.store.migrations.v{number}").upgrade(operations)
            bound.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
            problems = opening.integrity_problems(connection)
            if problems:
                raise WorkspaceError(
                    f"{path} could not be brought to the present format: {problems[0]}. It was left as it was."
                )
            bound.exec_driver_sql("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.close()
        raise
    connection.execute("PRAGMA foreign_keys = ON")
    return backup
