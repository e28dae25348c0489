"""A headquarters' data folder, made once and copied for each test; the fixtures are taken by name."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app import bootstrap
from desktop_app.services import start
from desktop_app.services.context import AppContext


@pytest.fixture(scope="session")
def empty_headquarters(tmp_path_factory, bare_place) -> Path:
    folder = tmp_path_factory.mktemp("headquarters") / "data"
    shutil.copytree(bare_place, folder)
    ctx = bootstrap.open_context(folder, person="Rudi Hartono")
    start.init(ctx, "18.72", "headquarters", "Dinas Perkim Kota Metro")
    ctx.close()
    return folder


@pytest.fixture
def pusat(empty_headquarters, tmp_path) -> Iterator[AppContext]:
    """The city's headquarters before its first package."""
    shutil.copytree(empty_headquarters, tmp_path / "pusat")
    ctx = bootstrap.open_context(tmp_path / "pusat", person="Rudi Hartono")
    yield ctx
    ctx.close()
