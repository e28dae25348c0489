"""How the installed program lies on the disk; docs/windows.md tells it in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Layout:
    """A program folder as it will be on the user's PC, with one version in it."""

    program: Path
    version: str

    @property
    def folder(self) -> Path:
        """The folder of the version."""
        return self.program / "versions" / self.version

    @property
    def runtime(self) -> Path:
        """Python and what is needed from others."""
        return self.folder / "runtime"

    @property
    def site_packages(self) -> Path:
        """The packages of others."""
        return self.runtime / "Lib" / "site-packages"

    @property
    def app(self) -> Path:
        """Pelita itself: desktop_app, migrations, resources."""
        return self.folder / "app"

    @property
    def licences(self) -> Path:
        """Whose work is inside, under which licences."""
        return self.folder / "licences"
