"""Pictures of the places that the tests walk through: a few for docs/screens, or all of them in both languages, themes and two text sizes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app.core import words
from desktop_app.core.words import Language
from desktop_app.services import start
from desktop_app.services.context import AppContext
from tests.ui.exchange import both_ends
from tests.ui.walk.places import PLACES
from tests.ui.walk.theatre import Station, Theatre

Places = Mapping[str, AppContext | Path]

FEW: dict[str, dict[str, str]] = {
    "first": {"first-start": "first-start"},
    "empty": {"home": "home-empty", "list-streetlight_repair": "list-empty"},
    "office": {"everywhere": "everywhere", "help-keys": "keys", "dialog-export": "export"},
    "headquarters": {"dialog-starter": "starter"},
}
ENGLISH: dict[str, dict[str, str]] = {
    "office": {
        "home": "home-en",
        "list-streetlight_repair": "list-en",
        "form-streetlight_repair": "repair-en",
    },
    "headquarters": {"board": "board-en"},
}
"""What is drawn for docs/screens, by place and by the name of the picture."""


def places(folder: Path, head: AppContext, office: AppContext) -> dict[str, AppContext | Path]:
    """The two, an office before its first record, and a computer before its first start."""
    empty = both_ends._opened(folder / "empty", "Sri Wahyuni")
    start.init(empty, "18.72.01", "office", "Kecamatan Metro Pusat")
    return {"office": office, "headquarters": head, "empty": empty, "first": folder / "nowhere"}


def picture(at: Theatre, top: QWidget) -> QPixmap:
    """What is seen: a dialog or a menu over its window, the help alone."""
    if not (top.windowType() == Qt.WindowType.Popup or (isinstance(top, QDialog) and top.isModal())):
        return top.grab()
    whole = at.front.grab()
    painter = QPainter(whole)
    painter.drawPixmap(top.mapToGlobal(QPoint(0, 0)) - at.front.mapToGlobal(QPoint(0, 0)), top.grab())
    painter.end()
    return whole


def few(app: QApplication, made: Places, folder: Path) -> None:
    """The pictures for docs/screens that are not of a page as it opens."""
    for language, wanted in (("id", FEW), ("en", ENGLISH)):
        for place, names in wanted.items():
            stations = (one for one in PLACES[place] if one.name in names)
            _draw(
                app,
                made[place],
                stations,
                folder,
                {name: f"{called}-light" for name, called in names.items()},
                language,
            )


def everything(app: QApplication, made: Places, folder: Path) -> None:
    """All places: `<language>-<light|dark>-<percent>/<place>-<station>.png`."""
    for language in ("id", "en"):
        for dark in (False, True):
            for scale in (1.0, 1.5):
                into = folder / f"{language}-{'dark' if dark else 'light'}-{round(scale * 100)}"
                into.mkdir(parents=True, exist_ok=True)
                for place, stations in PLACES.items():
                    names = {one.name: f"{place}-{one.name}" for one in stations}
                    _draw(app, made[place], stations, into, names, language, dark=dark, scale=scale)


def _draw(
    app: QApplication,
    place: AppContext | Path,
    stations: Iterable[Station],
    folder: Path,
    names: Mapping[str, str],
    language: str,
    *,
    dark: bool = False,
    scale: float = 1.0,
) -> None:
    spoken: Language = "en" if language == "en" else "id"
    words.use(spoken)
    at = Theatre(app, place, dark=dark, scale=scale)
    for station in stations:
        picture(at, station.go(at)).save(str(folder / f"{names[station.name]}.png"))
        at.back()
    at.close()
    words.use("id")
