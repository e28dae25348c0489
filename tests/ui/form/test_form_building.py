"""A form is built in slices: nothing of it is squeezed or cut while it grows."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest

from desktop_app.ui import theme
from desktop_app.ui.form import body as bodies
from desktop_app.ui.form.editors import LineEditor
from tests.ui.form.desk import KEY


@pytest.mark.parametrize(("kind", "at_once"), [("burial", 1), ("streetlight_repair", 1), ("power_panel", 3)])
def test_no_row_is_squeezed_while_the_form_is_built(desk, kind, at_once, monkeypatch):
    # As on a slow computer: so many rows at a time, by a clock that goes on when it is looked at.
    monkeypatch.setattr(bodies, "time", SimpleNamespace(perf_counter=itertools.count().__next__))
    monkeypatch.setattr(bodies, "SLICE_S", at_once - 1)
    form = desk(kind)
    body = form.view.body
    seen: list[int] = []
    squeezed: list[tuple[str, int]] = []
    whole = theme.current().px(8)

    def look() -> None:
        page = body.widget()
        editors = [one for one in page.findChildren(LineEditor) if one.isVisible()]
        seen.append(len(editors))
        squeezed.extend((one.objectName(), one.height()) for one in editors if one.height() < whole)
        if page.height() < page.minimumSizeHint().height():
            squeezed.append(("page", page.height()))
        for one in editors:
            row = one.parentWidget()
            if one.geometry().bottom() > row.height():
                squeezed.append((one.objectName(), row.height()))

    body.grown.connect(look)
    form.view.begin()
    form.settle()
    assert len(set(seen)) > (10 if at_once == 1 else 5), "it was not built in slices"
    assert squeezed == []
    there = [one for one in body.widget().findChildren(LineEditor) if one.isVisible()]
    assert seen[-1] == len(there), "rows of the last slice were shown and laid out in a later turn"


@pytest.mark.parametrize("key", [KEY.Key_Tab, KEY.Key_Return])
def test_the_next_field_is_reached_before_it_is_built(desk, monkeypatch, key):
    monkeypatch.setattr(bodies, "SLICE_S", 0)
    form = desk()
    form.view.begin()
    assert not form.view.body.is_built()
    form.key(key)
    assert form.focus() == "channel"
