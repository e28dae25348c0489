"""Migrations for the tests' own small worlds."""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop_app.core.spec import Registry
from desktop_app.storage.upkeep import freeze, migrate

ROOT = Path(__file__).parents[2]


def own_migrations(folder: Path, registry: Registry) -> Path:
    """A migrations folder for a registry of the tests' own, written by the developers' tool."""
    made = folder / "migrations"
    (made / "versions").mkdir(parents=True)
    shutil.copy(ROOT / "migrations" / "env.py", made)
    scratch = folder / "scratch.db"
    migrate.bring_up_to_date(scratch, made)
    freeze.step(registry, made / "versions", "The first tables", scratch)
    scratch.unlink(missing_ok=True)
    return made
