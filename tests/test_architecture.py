"""The rules of the house, one sentence each. Why they are what they are: docs/architecture.md."""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Container, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "desktop_app"


def modules(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


@cache
def nodes(path: Path) -> list[ast.AST]:
    """All that is written in a module; read once."""
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@pytest.fixture(scope="module", autouse=True)
def _no_module_is_kept() -> Iterator[None]:
    yield
    nodes.cache_clear()


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, with the line, wherever in the file it does so."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module


def imports_of(folder: Path, *banned: str) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules(folder)
        for line, name in imported(path)
        if any(name == one or name.startswith(f"{one}.") for one in banned)
    ]


def contracts() -> dict[str, dict[str, list[str]]]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract for contract in config["tool"]["importlinter"]["contracts"]}


def parts_of_the_program() -> set[str]:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    return packages | {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}


# --- who may import whom


def test_each_layer_knows_only_those_below_it_and_every_other_import_rule_in_pyproject_holds():
    linter = Path(sys.executable).parent / ("lint-imports.exe" if sys.platform == "win32" else "lint-imports")
    answer = subprocess.run(
        [linter, "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize(("contract", "free"), [("sql", {"storage"}), ("qt", {"ui"})])
def test_a_new_part_of_the_program_is_put_under_the_rules(contract, free):
    named = {name.removeprefix("desktop_app.") for name in contracts()[contract]["source_modules"]}
    assert named == parts_of_the_program() - free


def test_the_window_and_the_command_line_may_speak_to_four_parts_only():
    forbidden = {name.removeprefix("desktop_app.") for name in contracts()["faces"]["forbidden_modules"]}
    allowed = {"services", "core", "records", "place"}
    assert forbidden == parts_of_the_program() - allowed - {"ui", "cli", "__main__"}


def test_the_sections_that_must_not_know_each_other_are_all_the_sections():
    sections = {
        f"desktop_app.records.{path.parent.name}" for path in (PACKAGE / "records").glob("*/__init__.py")
    }
    assert sections == set(contracts()["sections"]["modules"])


def test_core_and_records_touch_no_files_no_network_and_no_threads():
    banned = (
        "os",
        "io",
        "pathlib",
        "shutil",
        "tempfile",
        "sqlite3",
        "socket",
        "subprocess",
        "threading",
        "logging.handlers",
    )
    assert imports_of(PACKAGE / "core", *banned) == []
    assert imports_of(PACKAGE / "records", *banned) == []


def test_a_migration_never_imports_the_living_program():
    assert imports_of(ROOT / "migrations", "desktop_app") == []


def test_nothing_imports_the_tests():
    assert imports_of(PACKAGE, "tests", "pytest", "hypothesis") == []


def test_the_command_line_runs_where_there_is_no_qt(tmp_path):
    # sitecustomize runs before the program and makes every import of Qt fail.
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "class NoQt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in {'PySide6', 'shiboken6', 'qtpy', 'qtawesome'}:\n"
        "            raise ImportError(f'{name} is blocked in this test')\n"
        "sys.meta_path.insert(0, NoQt())\n",
        encoding="utf-8",
    )
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import sitecustomize, importlib; importlib.reload(sitecustomize)\n"
        "try:\n    import PySide6\nexcept ImportError: pass\nelse: raise SystemExit('Qt was not blocked')\n"
        "sys.argv = ['pelita', 'kinds']\n"
        "import runpy; runpy.run_module('desktop_app', run_name='__main__', alter_sys=True)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert answer.returncode == 0, answer.stderr
    assert "streetlight_repair" in answer.stdout


# --- how it is written


def test_no_module_is_longer_than_500_lines():
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in (PACKAGE, ROOT / "tests", ROOT / "migrations", ROOT / "benchmarks")
        for path in modules(folder)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 500
    }
    assert long == {}


def test_every_module_of_the_program_says_what_it_is_for():
    silent = [
        str(path.relative_to(ROOT))
        for path in modules(PACKAGE)
        if not (isinstance(top := nodes(path)[0], ast.Module) and ast.get_docstring(top))
    ]
    assert silent == []


def test_the_version_is_written_once():
    version = re.search(
        r'^__version__ = "(.+)"$', (PACKAGE / "__init__.py").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert version is not None
    assert "version" not in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"## {version[1]}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_package_that_the_program_needs_is_explained():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = [
        re.split(r"[<>=;\s\[]", need)[0]
        for need in project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    ]
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    assert [name for name in named if f"| {name.lower()} |" not in text] == []


def test_every_locked_package_has_a_hash_and_no_registry_is_named():
    for name in ("run.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        blocks = re.split(
            r"\n(?=\S)", "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
        )
        pinned = [block for block in blocks if "==" in block]
        assert pinned
        assert [block.splitlines()[0] for block in pinned if "--hash=sha256:" not in block] == []
        assert "://" not in text


# --- what a person sees

_TEXT_SETTERS = {
    "setAccessibleDescription", "setAccessibleName", "setDetailedText", "setInformativeText", "setLabelText", "setPlaceholderText",
    "setStatusTip", "setText", "setTitle", "setToolTip", "setWhatsThis", "setWindowTitle",
}  # fmt: skip
_TEXT_WIDGETS = {
    "QAction",
    "QCheckBox",
    "QCommandLinkButton",
    "QGroupBox",
    "QLabel",
    "QMenu",
    "QPushButton",
    "QRadioButton",
}
_TEXT_KEYWORDS = {"accessibleName", "placeholderText", "statusTip", "text", "title", "toolTip", "windowTitle"}


def literals(node: ast.expr) -> Iterator[str]:
    """The words written bare in an expression; what a call or a look-up gives is its own matter."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from (str(part.value) for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.BinOp):
        yield from literals(node.left)
        yield from literals(node.right)
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from literals(value)


def bare_words(written: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    for node in written:
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        shown: list[ast.expr] = []
        if name in _TEXT_SETTERS | _TEXT_WIDGETS:
            shown += node.args
        if name in _TEXT_SETTERS | _TEXT_WIDGETS or name.startswith("Q"):
            shown += [keyword.value for keyword in node.keywords if keyword.arg in _TEXT_KEYWORDS]
        for text in (text for expression in shown for text in literals(expression)):
            if re.search(r"[^\W\d_]", text.replace("Pelita", "")):  # its name is the same in both
                yield node.lineno, text


def test_nothing_bare_stands_on_the_screen_every_text_is_a_pair_of_both_languages():
    bare = [
        f"{path.relative_to(ROOT)}:{line} {text!r}"
        for path in modules(PACKAGE / "ui")
        for line, text in bare_words(nodes(path))
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('QLabel("Nama")', ["Nama"]),
        ('self.button.setText(f"Simpan {n}")', ["Simpan "]),
        ('QPushButton(icon, "Simpan")', ["Simpan"]),
        ('x.setToolTip("Baru" if y else tr("Lama", "Old"))', ["Baru"]),
        ('QLineEdit(placeholderText="Cari")', ["Cari"]),
        ('QLabel(tr("Nama", "Name"))', []),
        ('label.setText("1.234 / 5")', []),
        ('window.setWindowTitle(f"{page} – Pelita")', []),
        ('label.setObjectName("search")', []),
    ],
)
def test_bare_words_are_found(source, found):
    assert [text for _, text in bare_words(ast.walk(ast.parse(source)))] == found


# --- what is kept in the repository


def tracked_texts() -> Iterator[tuple[Path, str]]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in (data := path.read_bytes()):
            yield path, data.decode("utf-8")


_REGISTRIES = {"a4aa2ac280bb8d1a", "8b5bb5eb9d758455", "8743857e3ea00fd1", "e680c440a2e92079"}
"""The beginnings of the SHA-256 of the names of package registries: a kept file names none of them, this one neither."""


@cache
def beginning(name: str) -> str:
    """What a host is known by without being named."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def registries_in(text: str, known: Container[str] = _REGISTRIES) -> Iterator[str]:
    """The host names in a text that belong to a package registry, or to a part of one."""
    for host in set(re.findall(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", text.lower())):
        labels = host.split(".")
        ends = {".".join(labels[place:]) for place in range(len(labels) - 1)}
        if any(beginning(end) in known for end in ends):
            yield host


def test_a_registry_is_known_by_its_hash():
    known = {beginning("registry.example")}
    assert list(registries_in("see https://Files.Registry.example/x.whl", known)) == [
        "files.registry.example"
    ]
    assert not list(registries_in("see https://example.org/pip and desktop_app.core.words", known))
    assert not list(registries_in("see https://files.registry.example/x.whl"))


def test_no_kept_file_knows_the_machine_it_was_written_on_or_a_package_registry():
    # Put together here, so that this file is not its own first finding.
    machine = ["/" + "root/", "/" + "work/", "/" + "home/", "/" + "Users/", "\\" + "Users\\"]
    paths = re.compile("|".join(rf"(?<![\w.-]){re.escape(path)}" for path in machine))
    bad = [
        f"{path.relative_to(ROOT)}: {hit}"
        for path, text in tracked_texts()
        for hit in (*paths.findall(text), *registries_in(text))
    ]
    assert bad == []


def test_the_pictures_and_pages_that_the_readme_points_to_exist():
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")}
    links = {link for text in texts.values() for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text)}
    assert links
    assert sorted(link for link in links if not (ROOT / link).exists()) == []
