"""The program finds its own files in a checkout, in a wheel and in the Windows program folder."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

from desktop_app import place


def place_in(package: Path):
    """The module as it would run from another installation."""
    package.mkdir(parents=True, exist_ok=True)
    shutil.copy(place.__file__, package / "place.py")
    spec = importlib.util.spec_from_file_location("place_elsewhere", package / "place.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_checkout_has_its_files_beside_the_package():
    root = Path(__file__).resolve().parents[1]
    assert place.resources() == root / "resources"
    assert place.migrations() == root / "migrations"


@pytest.mark.parametrize("inside", ["lib/desktop_app/_bundled", "lib"])
def test_a_wheel_carries_them_inside_and_the_windows_folder_beside(tmp_path, inside):
    for name in ("resources", "migrations"):
        (tmp_path / inside / name).mkdir(parents=True)
    elsewhere = place_in(tmp_path / "lib/desktop_app")
    assert elsewhere.resources() == tmp_path / inside / "resources"
    assert elsewhere.migrations() == tmp_path / inside / "migrations"


def test_an_incomplete_installation_is_refused(tmp_path):
    (tmp_path / "lib/resources").mkdir(parents=True)
    with pytest.raises(FileNotFoundError, match="install it again"):
        place_in(tmp_path / "lib/desktop_app").resources()
