"""What is shipped and how large it is, as a Markdown table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from windows.layout import Layout

_LEAST = 500_000  # bytes; smaller parts stand together in one line


def _size(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files if file.is_file())


def parts(layout: Layout) -> dict[str, int]:
    """Bytes of each part of a version's folder, by its name; compiled files stand apart."""
    found: dict[str, int] = {}
    for file in layout.program.rglob("*"):
        if not file.is_file():
            continue
        inside = file.relative_to(layout.program).parts
        if file.suffix == ".pyc":
            name = "compiled files (.pyc)"
        elif "site-packages" in inside:
            name = inside[inside.index("site-packages") + 1].removesuffix(".libs")
            name = "names and versions of the packages" if name.endswith(".dist-info") else name
        elif "runtime" in inside:
            name = "Python"
        elif len(inside) > 3:
            name = "Pelita itself" if inside[2] == "app" else inside[2]
        else:
            name = "launcher and notes"
        found[name] = found.get(name, 0) + file.stat().st_size
    return found


def table(layout: Layout, made: list[Path]) -> str:
    """The table, largest first."""
    found = parts(layout)
    small = {name: size for name, size in found.items() if size < _LEAST}
    rows = sorted((set(found.items()) - set(small.items())), key=lambda one: -one[1])
    lines = ["| part | MB |", "|---|---|", *(f"| {name} | {size / 1e6:.1f} |" for name, size in rows)]
    lines.append(f"| {len(small)} smaller parts | {sum(small.values()) / 1e6:.1f} |")
    files = sum(1 for file in layout.program.rglob("*") if file.is_file())
    lines.append(f"| **installed, {files} files** | **{sum(found.values()) / 1e6:.1f}** |")
    lines += [f"| **{file.name}** | **{_size([file]) / 1e6:.1f}** |" for file in made]
    return "\n".join(lines) + "\n"
