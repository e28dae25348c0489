"""The chip beside the filters that keeps a list under a name and brings it back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from desktop_app.core.words import tr
from desktop_app.ui.widgets import MenuChip

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.core.errors import KnownError
    from desktop_app.core.query import Query
    from desktop_app.services.views import View
    from desktop_app.ui.pages.list_page import ListPage

T = TypeVar("T")
_LETTERS = 22


class ViewsChip(MenuChip):
    """A menu of the person's views of this list. The chip bears the name of the view that is shown, until anything is asked anew."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(tr("Tampilan", "Views"), name="views")
        self._page, self._ctx = page, page.ctx
        self._name = ""
        self._asks: Query | None = None  # what the view of that name asks
        self.setToolTip(
            tr(
                "Simpan dan buka lagi pencarian, saringan, urutan dan kolom",
                "Keep and reopen search, filters, order and columns",
            )
        )

    def open_menu(self) -> None:
        """Read the views, then open the menu."""
        from desktop_app.services import views

        kind = self._page.kind.name
        self._run(lambda: views.views(self._ctx, kind), self._open_with)

    def follow(self) -> None:
        """The list is asked anew: tell whether it still is the view."""
        shown = self._asks is not None and _same(self._page.query(), self._asks)
        self.set_words(_short(self._name) if shown else tr("Tampilan", "Views"))
        self.set_on(shown)

    def show_view(self, view: View) -> None:
        """Bring a view back: its question, order and columns."""
        self._call(view.name, view.query)
        self._page.show_view(view)

    # --- the menu

    def _open_with(self, found: list[View]) -> None:
        menu, now = self.menu(), next((view for view in found if view.name == self._name), None)
        columns = self._page.view.layout_of_columns.kept()
        menu.clear()
        menu.setObjectName("views_menu")
        for view in found:
            action = menu.addAction(view.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(view is now and self.is_on())
            action.triggered.connect(lambda _checked=False, view=view: self.show_view(view))
        if not found:
            none = menu.addAction(tr("Belum ada tampilan tersimpan", "No saved views yet"))
            none.setEnabled(False)
        menu.addSeparator()
        self._entry("keep_view", tr("Simpan tampilan ini…", "Keep this view…"), self._ask_name)
        if now is not None:
            name = now.name
            if not self.is_on() or columns != now.columns:
                words = tr(f"Perbarui “{name}”", f"Update “{name}”")
                self._entry("update_view", words, lambda: self._keep(name, replace=True))
            self._entry("rename_view", tr(f"Ganti nama “{name}”…", f"Rename “{name}”…"), self._ask_other_name)
            self._entry("drop_view", tr(f"Hapus “{name}”", f"Delete “{name}”"), self._drop)
        super().open_menu()

    def _entry(self, name: str, words: str, do: Callable[[], None]) -> None:
        action = self.menu().addAction(words.replace("&", "&&"))
        action.setObjectName(name)
        action.triggered.connect(lambda _checked=False: do())

    def _ask_name(self) -> None:
        from desktop_app.ui.finding.view_name import ViewName

        words = tr(
            "Pencarian, saringan, urutan dan kolom yang sekarang tampil disimpan dengan nama ini.",
            "The present search, filters, order and columns are kept under this name.",
        )
        dialog = ViewName(tr("Simpan tampilan", "Keep the view"), words, "", self.window())
        dialog.given.connect(self._keep)
        dialog.open()

    def _ask_other_name(self) -> None:
        from desktop_app.services import views
        from desktop_app.ui.finding.view_name import ViewName

        old, kind = self._name, self._page.kind.name
        dialog = ViewName(tr("Ganti nama tampilan", "Rename the view"), "", old, self.window())
        dialog.given.connect(
            lambda new: self._run(
                lambda: views.rename(self._ctx, kind, old, new), lambda name: self._call(name, self._asks)
            )
        )
        dialog.open()

    def _keep(self, name: str, *, replace: bool = False) -> None:
        from desktop_app.services import views

        query, columns = self._page.query(), self._page.view.layout_of_columns.kept()
        self._run(
            lambda: views.keep(self._ctx, query, columns, name, replace=replace),
            lambda kept: self._call(kept, query),
        )

    def _drop(self) -> None:
        from desktop_app.services import views

        name, kind = self._name, self._page.kind.name
        self._run(lambda: views.drop(self._ctx, kind, name), lambda _none: self._call("", None))

    def _call(self, name: str, asks: Query | None) -> None:
        self._name, self._asks = name, asks
        self.follow()

    def _run(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        refuse: Callable[[KnownError], object] = self._page.refuse
        self._page.ops.run(lambda _op: work(), lane="draft", owner=self, done=done, failed=refuse)


def _short(name: str) -> str:
    """A long name leaves room for the filters; the menu has all of it."""
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1].rstrip()}…"


def _same(one: Query, other: Query) -> bool:
    """Whether two questions are the same; what is overdue is asked as of now, so its moments differ."""
    late = (one.overdue is None) == (other.overdue is None)
    return late and replace(one, overdue=None) == replace(other, overdue=None)
