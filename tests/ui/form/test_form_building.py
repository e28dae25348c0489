"""A form is built in slices: nothing of it is squeezed or cut while it grows."""

from __future__ import annotations

import pytest

from desktop_app.ui import theme
from desktop_app.ui.form import body as bodies
from desktop_app.ui.form.editors import LineEditor
from tests.ui.form.desk import KEY


@pytest.mark.parametrize("kind", ["burial", "streetlight_repair"])
def test_no_row_is_squeezed_while_the_form_is_built(desk, kind, monkeypatch):
    monkeypatch.setattr(bodies, "SLICE_S", 0)  # as on a slow computer: one row at a time
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
    assert len(set(seen)) > 10, "it was not built in slices"
    assert squeezed == []


@pytest.mark.parametrize("key", [KEY.Key_Tab, KEY.Key_Return])
def test_the_next_field_is_reached_before_it_is_built(desk, monkeypatch, key):
    monkeypatch.setattr(bodies, "SLICE_S", 0)
    form = desk()
    form.view.begin()
    assert not form.view.body.is_built()
    form.key(key)
    assert form.focus() == "channel"
