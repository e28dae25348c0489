"""Beranda as the first page of a process: what only goes wrong before anything has been laid out once."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

# The program as it is drawn with --shot, and in place of the picture the sizes of the large doors.
ASK = """
import json, os, sys
from desktop_app import __main__
from desktop_app.ui import app

def tell(self, _file):
    from desktop_app.ui.home.doors import LargeDoor
    shoot(self, _file)
    doors = [one for one in self.window.findChildren(LargeDoor) if one.isVisible()]
    print(json.dumps([[one.width(), one.visibleRegion().boundingRect().height(), one.sizeHint().height()] for one in doors]), flush=True)
    os._exit(0)

shoot, app.App.shoot = app.App.shoot, tell
sys.exit(__main__.main(sys.argv[1:]))
"""


def test_the_large_doors_are_seen_in_full(city_folder: Path, tmp_path: Path):
    folder = shutil.copytree(city_folder, tmp_path / "data")
    asked = ["--data-dir", str(folder), "--page", "home", "--shot", str(tmp_path / "home.png")]
    ran = subprocess.run(
        [sys.executable, "-c", ASK, *asked], cwd=ROOT, check=True, capture_output=True, text=True
    )
    doors = json.loads(ran.stdout)
    assert len(doors) == 4
    assert [one for one in doors if one[0] < 100 or one[1] < one[2]] == []
