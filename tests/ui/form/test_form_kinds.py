"""The form of every kind opens, keeps its looks in every width, and stores what its own sample says, typed field by field."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit

from desktop_app.core import words
from desktop_app.core.query import Query
from desktop_app.records.registry import REGISTRY
from desktop_app.services import demo, forms, records
from tests.ui.form.desk import CTRL, KEY, Desk

KINDS = [kind.name for kind in REGISTRY]


@pytest.fixture(scope="module")
def filled(city_folder, tmp_path_factory):
    """An office with some records of every kind."""
    import shutil

    from tests.ui.city import opened

    folder = tmp_path_factory.mktemp("filled") / "data"
    shutil.copytree(city_folder, folder)
    ctx = opened(folder)
    demo.fill(ctx, 300, seed=5)
    yield ctx
    ctx.close()


def sound(ctx, name):
    """A record that this office may change."""
    with ctx.store.reading() as reader:
        rows = reader.first(Query(name), 200)
    wrong: list[str] = []
    for row in rows:
        draft = records.open_draft(ctx, name, row.uid)
        draft.type("notes", "x")
        wrong = [one.words.id for one in forms.check(ctx, draft).findings if one.severity == "error"]
        if row.site_code in ("", ctx.settings.site_code) and not wrong:
            return row.uid
    return pytest.fail(f"none of {len(rows)} records of {name} may be changed: {wrong}")


@pytest.mark.parametrize("name", KINDS)
def test_the_form_of_every_kind_opens_new_and_shows_what_it_needs(name, desk):
    form = desk(name)
    form.begin()
    kind = form.view.kind
    names = [name for name, _ in form.view.body.editors()]
    assert form.focus() == names[0]
    for field in kind.fields:
        if not field.hidden:
            editor = form.view.body._fields.editor(field.name)
            assert editor.objectName() == field.name
            assert editor.accessibleName().startswith(field.label.id)
            assert editor.isHidden() != form.draft.relevant(field.name)
    assert not form.draft.changed()
    form.key(KEY.Key_S, CTRL)
    form.settle()
    required = [
        field.name
        for field in kind.stored_fields
        if form.draft.relevant(field.name) and form.draft.required(field.name)
    ]
    missing = [field for field in required if form.draft.value(field) is None]
    for field in missing:
        assert form.message(field)[0] == "error"
    assert (form.saved == []) == bool([one for one in form.problems() if one[0] == "error"])


# Regions are headquarters' own; photos and conflicts are worked with on the pages of other records.
@pytest.mark.parametrize("name", [kind.name for kind in REGISTRY if kind.own_page and kind.name != "region"])
def test_a_stored_record_of_every_kind_opens_unchanged_and_a_change_is_saved(name, filled, ops, qtbot):
    form = Desk(filled, ops, qtbot, name)
    uid = sound(filled, name)
    form.open(uid)
    assert form.draft.record.uid == uid
    assert not form.draft.changed()
    for field in form.view.kind.references:
        if not field.hidden and form.draft.value(field.name) is not None:
            shown = form.view.body._fields.editor(field.name).text()
            assert shown not in ("", form.draft.value(field.name)), "names, not ids"
    form.fill("notes", "Diperiksa lagi")
    assert form.draft.changes() == {"notes": "Diperiksa lagi"}
    assert form.save(), form.problems()
    assert form.stored().values["notes"] == "Diperiksa lagi"
    assert not form.draft.changed()
    assert form.text("notes") == "Diperiksa lagi"


def test_a_record_of_headquarters_can_be_read_only_and_says_whose_it_is(filled, ops, qtbot):
    form = Desk(filled, ops, qtbot, "region")
    with filled.store.reading() as reader:
        form.open(reader.first(Query("region"), 1)[0].uid)
    assert form.text("name") != ""
    assert not form.find("name").isEnabled()
    assert not form.view.footer.isVisible()
    assert "18.72" in form.view.notice.text()


SIZES = [(440, 600), (600, 630), (1017, 470)]


@pytest.mark.parametrize(("language", "sizes"), [("id", SIZES), ("en", SIZES[::-1])])
@pytest.mark.parametrize(
    "name", ["streetlight_repair", "burial", "plot_permit", "grave_plot", "tree_request"]
)
def test_nothing_is_wider_than_the_form(name, language, sizes, desk, qtbot):
    """In a window that opens small and is made larger, and in one that is made smaller."""
    words.use(language)
    form = desk(name, sizes[0])
    form.begin()
    for size in sizes:
        form.window.resize(*size)
        qtbot.waitUntil(lambda size=size: form.view.body.width() == size[0])
        form.settle()
        nothing_is_wider(form, size)


def nothing_is_wider(form, size):
    body = form.view.body
    assert body.horizontalScrollBar().maximum() == 0
    assert form.window.minimumSizeHint().width() <= size[0]
    for one in form.view.findChildren(QLineEdit):
        if one.isVisible() and one.objectName() in form.view.kind.by_name:
            assert one.height() == 32
            right = one.mapTo(body, one.rect().topRight()).x()
            assert right <= body.viewport().width(), one.objectName()
