"""The tab "Foto": pictures dropped, pasted, chosen; seen, described, taken away; what they tell offered to the record."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMenu

from desktop_app.services import photos, records
from desktop_app.ui.form.photo_viewer import PhotoViewer
from desktop_app.ui.ops import Changed
from tests.pictures import file_of, photo_of, scene
from tests.ui.form.desk import CTRL, KEY, NONE
from tests.ui.front import to_front

REPAIR = "streetlight_repair"
LEFT = Qt.MouseButton.LeftButton


class Tab:
    """The tab of one record, and what a clerk does there."""

    def __init__(self, form, uid=""):
        self.form = form
        form.open(uid) if uid else form.begin()
        QTest.mouseClick(form.view.head.tabs, LEFT, NONE, form.view.head.tabs.tabRect(1).center())
        self.tab = form.view.pages.photos
        self.settle()
        to_front(form.window)

    def settle(self):
        def quiet():
            return not self.form.ops.busy() and not self.tab._total

        self.form.qtbot.waitUntil(quiet)
        self.form.settle()

    def told(self, name):
        line = self.tab.findChild(type(self.tab._note), name)
        return line.text() if line.isVisible() else ""

    def shown(self):
        """(stage, what stands below it, whether its picture is seen) of the tiles on the screen."""
        return [
            (one.photo.stage, one._named(), one.is_shown()) for one in self.tab.tiles() if one.isVisible()
        ]

    def drag(self, mime, where, *, wait=True):
        """Drag something over the tab and let it go at that place of the window; whether it was welcome."""
        place = self.tab.mapFromGlobal(where)
        action, no_keys = Qt.DropAction.CopyAction, NONE
        entered = QDragEnterEvent(place, action, mime, LEFT, no_keys)
        entered.ignore()
        QApplication.sendEvent(self.tab.viewport(), entered)
        if not entered.isAccepted():
            return False
        QApplication.sendEvent(
            self.tab.viewport(), QDropEvent(QPointF(place), action, mime, LEFT, no_keys, QEvent.Type.Drop)
        )
        if wait:
            self.settle()
        return True

    def on(self, stage):
        section = next(one for one in self.tab._sections if one.stage == stage)
        return section.mapToGlobal(section.rect().center())

    def tile(self, place=0):
        return self.tab.tiles()[place]

    def stored(self):
        return photos.photos(self.form.ctx, self.form.view.kind.name, self.form.view.showing())


@pytest.fixture
def tab(desk, uid_of):
    def make(kind=REPAIR, uid="", size=(700, 700), holds=lambda _row: True):
        return Tab(desk(kind, size), uid or uid_of(kind, holds))

    return make


def files(tmp_path, **made):
    """Files of these contents, as they are dragged or copied."""
    mime = QMimeData()
    urls = []
    for name, data in made.items():
        path = tmp_path / name.replace("__", ".")
        path.write_bytes(data)
        urls.append(QUrl.fromLocalFile(str(path)))
    mime.setUrls(urls)
    return mime


def test_files_dropped_on_a_stage_are_photos_of_it(tab, tmp_path):
    seen = tab()
    assert seen.tab.isVisible()
    assert [one.stage for one in seen.tab._sections] == ["BEFORE", "DURING", "AFTER", "OTHER"]
    both = files(tmp_path, satu__jpg=photo_of(), dua__png=file_of(scene((300, 500)), "PNG"))
    assert seen.drag(both, seen.on("DURING"))
    assert sorted(seen.shown()) == [("DURING", "dua.png", True), ("DURING", "satu.jpg", True)]
    assert [one.here for one in seen.stored()] == [True, True]
    assert seen.form.view.head.tabs.accessibleTabName(1) == "Foto  2"
    assert seen.told("photos_problem") == seen.told("photos_note") == ""
    picture = seen.tile()._picture
    size = seen.tile().sizeHint()
    assert 0 < picture.deviceIndependentSize().width() <= size.width()


def test_a_bad_file_stops_no_other_and_each_is_told(tab, tmp_path):
    seen = tab()
    some = files(
        tmp_path,
        gif__jpg=file_of(scene(), "GIF"),
        baik__jpg=photo_of(taken="1980:01:01 00:00:00"),
        putus__jpg=photo_of()[:2000],
        web__jpg=b"<html>",
    )
    seen.drag(some, seen.on("BEFORE"))
    assert [one.file_name for one in seen.stored()] == ["baik.jpg"]
    assert seen.told("photos_problem").split("\n") == [
        "gif.jpg bukan foto, melainkan gambar GIF. Pakai JPG, PNG, WebP atau BMP.",
        "putus.jpg terpotong atau rusak. Salin ulang berkasnya, lalu tambahkan lagi.",
        "web.jpg bukan foto, melainkan halaman web (HTML). Pakai JPG, PNG, WebP atau BMP.",
    ]
    assert seen.told("photos_note") == "baik.jpg: Jam kamera salah (01/01/1980); waktu foto tidak dipakai."
    seen.drag(files(tmp_path, lagi__jpg=photo_of(colour="#ff0000")), seen.on("BEFORE"))
    assert seen.told("photos_problem") == "", "what was told before is past"


def test_what_was_copied_is_pasted_with_ctrl_v(tab, tmp_path):
    seen = tab(holds=lambda row: row.status == "CONFIRMED")
    QGuiApplication.clipboard().setImage(QImage.fromData(photo_of((900, 700))))
    assert QApplication.focusWidget() is seen.form.view.head.tabs, "one has just clicked it"
    seen.form.key(KEY.Key_V, CTRL)
    seen.settle()
    (photo,) = seen.stored()
    assert photo.stage == "AFTER", "the work is done"
    assert photo.file_name.startswith("Tempelan ")
    QGuiApplication.clipboard().setMimeData(files(tmp_path, dari_wa__jpg=photo_of(colour="#ff0000")))
    button = seen.form.find("action_add_BEFORE")
    button.setFocus()
    seen.form.key(KEY.Key_V, CTRL)
    seen.settle()
    assert seen.form.focus() == "action_add_BEFORE"
    assert next((one.stage, one.file_name) for one in seen.stored()) == ("BEFORE", "dari_wa.jpg")
    QGuiApplication.clipboard().setText("bukan foto")
    QTest.keyClick(seen.tab, KEY.Key_V, CTRL)
    assert seen.told("photos_problem").startswith("Tidak ada foto di papan klip.")
    assert len(seen.stored()) == 2


def test_a_large_pasted_picture_is_made_small(tab):
    seen = tab()
    QGuiApplication.clipboard().setImage(QImage.fromData(file_of(scene((5000, 2500)))))
    seen.tab.paste()
    seen.settle()
    (photo,) = seen.stored()
    image = QImage.fromData(photos.picture(seen.form.ctx, photo.sha256) or b"")
    assert (image.width(), image.height()) == (1600, 800)


def test_what_lies_on_the_web_is_told(tab):
    seen = tab()
    mime = QMimeData()
    mime.setUrls([QUrl("https://contoh.example/foto.jpg")])
    seen.drag(mime, seen.on("BEFORE"))
    assert seen.told("photos_problem").startswith("Foto ini masih di internet.")
    assert seen.stored() == []


def test_words_are_not_welcome(tab):
    seen = tab()
    mime = QMimeData()
    mime.setText("Jl. Mawar")
    assert not seen.drag(mime, seen.on("BEFORE"))


def test_files_are_chosen_with_the_button(tab, tmp_path, expects_dialog):
    (tmp_path / "pilih.jpg").write_bytes(photo_of())
    seen = tab()
    seen.tab._folder = str(tmp_path)
    QTest.mouseClick(seen.form.find("action_add_AFTER"), LEFT)
    dialog = seen.form.window.findChild(QFileDialog, "photo_files")
    seen.form.qtbot.waitUntil(dialog.isVisible)
    assert "*.jpg" in dialog.nameFilters()[0]
    line = dialog.findChild(QLineEdit)
    QTest.keyClicks(line, "pilih.jpg")
    QTest.keyClick(line, KEY.Key_Return)
    seen.settle()
    assert [(one.stage, one.file_name) for one in seen.stored()] == [("AFTER", "pilih.jpg")]


def test_many_are_counted_and_can_be_stopped(tab, tmp_path):
    seen = tab()
    many = files(
        tmp_path, **{f"f{n}__jpg": photo_of((1200, 900), colour=f"#{n * 20:02x}0000") for n in range(8)}
    )
    assert seen.drag(many, seen.on("BEFORE"), wait=False)
    seen.form.qtbot.waitUntil(lambda: seen.told("photos_note").startswith("Menambahkan foto 2 dari 8"))
    QTest.mouseClick(seen.tab._note._link, LEFT)
    seen.settle()
    stored = len(seen.stored())
    assert 1 <= stored < 8
    assert seen.told("photos_note") == f"Dihentikan: {8 - stored} foto tidak ditambahkan."


def test_a_record_that_is_not_stored_yet_says_so_and_can_be_stored_from_there(desk, tmp_path):
    form = desk("crew")
    seen = Tab(form)
    assert form.view.head.tabs.keys() == ["form", "photos"]
    assert not seen.drag(files(tmp_path, a__jpg=photo_of()), seen.tab.mapToGlobal(QPoint(50, 50)))
    seen.tab.paste()
    QTest.mouseClick(form.find("action_save_first"), LEFT)
    seen.settle()
    assert form.saved == [], "its name is missing"
    assert form.focus() == "name"
    form.fill("name", "Regu Foto")
    form.fill("leader", "Budi Santoso")
    QTest.mouseClick(form.view.head.tabs, LEFT, NONE, form.view.head.tabs.tabRect(1).center())
    QTest.mouseClick(form.find("action_save_first"), LEFT)
    seen.settle()
    assert len(form.saved) == 1
    assert form.view.head.tabs.chosen_key() == "photos", "one stays where one was"
    assert [one.stage for one in seen.tab._sections] == ["OTHER"]
    assert seen.drag(files(tmp_path, a__jpg=photo_of()), seen.on("OTHER"))
    assert [one.stage for one in seen.stored()] == ["OTHER"]


def test_a_record_of_another_office_shows_its_photos_and_takes_none(tab, city, tmp_path):
    record = records.new(city, "crew", {"name": "Regu Pusat"}).record
    record.site_code = "18.72.01"
    with city.store.writing("x") as writer:
        theirs = writer.add(record).uid
        values = {
            "record_kind": "crew",
            "record_uid": theirs,
            "stage": "OTHER",
            "file_name": "jauh.jpg",
            "sha256": "ab" * 32,
        }
        writer.add(records.new(city, "attachment", values).record)
    seen = tab("crew", theirs)
    assert seen.shown() == [("OTHER", "jauh.jpg", False)]
    assert seen.tile()._instead() == "Foto menyusul"
    assert not seen.drag(files(tmp_path, a__jpg=photo_of()), seen.on("OTHER"))
    assert [one.button for one in seen.tab._sections] == [None]
    seen.tile().setFocus()
    QTest.keyClick(seen.tile(), KEY.Key_Delete)
    assert seen.form.window.findChildren(QDialog) == []


def given(city, uid, *stages, **more):
    for number, stage in enumerate(stages):
        photos.add(
            city, REPAIR, uid, photo_of(colour=f"#{number * 40:02x}00ff", **more), stage, f"Foto {number}"
        )


def test_one_is_reached_opened_and_left_by_keys(tab, city, uid_of, expects_dialog):
    uid = uid_of(REPAIR)
    given(city, uid, "BEFORE", "BEFORE", "AFTER")
    seen = tab(uid=uid)
    assert [named for _, named, _ in seen.shown()] == ["Foto 0", "Foto 1", "Foto 2"]
    seen.form.view.head.tabs.setFocus()
    walked = []
    for _ in range(12):
        seen.form.key(KEY.Key_Tab)
        walked.append(seen.form.focus())
    assert [name for name in walked if name.startswith("photo_0")] == [
        f"photo_{one.uid}" for one in seen.stored()
    ]
    seen.tile(0).setFocus()
    seen.form.key(KEY.Key_Right)
    seen.form.key(KEY.Key_Right)
    assert seen.form.focus() == f"photo_{seen.stored()[2].uid}"
    seen.form.key(KEY.Key_Left)
    seen.form.key(KEY.Key_Return)
    viewer = seen.form.window.findChild(PhotoViewer)
    seen.form.qtbot.waitUntil(lambda: viewer.canvas.shows().width() == 640)
    assert viewer.caption.text() == "Foto 1"
    assert viewer._pager.text() == "2 dari 3"
    assert "Dipotret 01/11/2026 08.15" in viewer._known.text()
    assert "Posisi -5,1130; 105,3070" in viewer._known.text()
    QTest.keyClick(viewer.canvas, KEY.Key_Right)
    assert viewer.caption.text() == "Foto 2"
    QTest.keyClick(viewer.canvas, KEY.Key_Escape)
    to_front(seen.form.window)
    seen.settle()
    assert seen.form.focus() == f"photo_{seen.stored()[2].uid}", "where the other window stood"


def test_what_is_typed_below_the_large_photo_is_kept_however_it_is_left(tab, city, uid_of, expects_dialog):
    uid = uid_of(REPAIR)
    given(city, uid, "BEFORE", "BEFORE", "BEFORE")
    seen = tab(uid=uid)
    QTest.mouseClick(seen.tile(0), LEFT)
    viewer = seen.form.window.findChild(PhotoViewer)
    to_front(viewer)
    viewer.caption.setFocus()
    viewer.caption.selectAll()
    QTest.keyClicks(viewer.caption, "Tiang miring")
    QTest.keyClick(viewer.caption, KEY.Key_PageDown)
    seen.settle()
    assert viewer.caption.text() == "Foto 1"
    viewer.stage.setFocus()
    QTest.keyClick(viewer.stage, KEY.Key_End)
    viewer.caption.setFocus()
    viewer.caption.selectAll()
    QTest.keyClicks(viewer.caption, "Sesudah diganti")
    QTest.keyClick(viewer.caption, KEY.Key_Escape)
    seen.settle()
    assert {(one.stage, one.caption) for one in seen.stored()} == {
        ("BEFORE", "Tiang miring"),
        ("OTHER", "Sesudah diganti"),
        ("BEFORE", "Foto 2"),
    }
    assert [named for _, named, _ in seen.shown()] == ["Tiang miring", "Foto 2", "Sesudah diganti"]


def test_one_is_moved_to_another_stage_from_its_menu(tab, city, uid_of):
    uid = uid_of(REPAIR)
    given(city, uid, "BEFORE")
    seen = tab(uid=uid)
    seen.tile().menu.emit(seen.tile().mapToGlobal(QPoint(5, 5)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text() == "Pindahkan ke Sesudah")
    QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(action).center())
    seen.settle()
    assert [(one.stage, one.caption) for one in seen.stored()] == [("AFTER", "Foto 0")]
    assert seen.shown()[0][0] == "AFTER"


def test_one_is_taken_away_with_a_reason_and_comes_back(tab, city, uid_of, expects_dialog):
    uid = uid_of(REPAIR)
    given(city, uid, "BEFORE", "AFTER")
    seen = tab(uid=uid)
    undo: list[records.Undo] = []
    seen.form.view.undoable.connect(undo.append)
    seen.tile(1).setFocus()
    QTest.keyClick(seen.tile(1), KEY.Key_Delete)
    dialog = seen.form.window.findChild(QDialog, "reason_dialog")
    seen.form.qtbot.waitUntil(dialog.isVisible)
    QTest.keyClicks(dialog.line, "salah catatan")
    QTest.keyClick(dialog.line, KEY.Key_Return)
    seen.settle()
    assert [named for _, named, _ in seen.shown()] == ["Foto 0"]
    records.undo(city, undo[-1])
    seen.form.ops.changed.emit(Changed(frozenset({"attachment"}), undo[-1].uid))
    seen.settle()
    assert [named for _, named, _ in seen.shown()] == ["Foto 0", "Foto 1"]


def test_a_picture_that_arrives_later_appears(tab, city, uid_of):
    uid = uid_of(REPAIR)
    given(city, uid, "BEFORE")
    (photo,) = photos.photos(city, REPAIR, uid)
    picture = photos.picture(city, photo.sha256) or b""
    with city.store.writing("x") as writer:
        writer.connection.exec_driver_sql("DELETE FROM photo")
    seen = tab(uid=uid)
    assert [one[2] for one in seen.shown()] == [False]
    with city.store.writing("x") as writer:
        assert photos.take_arrived(writer, photo.sha256, picture) is None
    seen.form.ops.changed.emit(Changed(frozenset(city.registry._by_name)))
    seen.settle()
    assert [one[2] for one in seen.shown()] == [True]


def test_an_empty_place_takes_the_photos_position_by_a_click_and_not_before(tab, city, uid_of):
    uid = uid_of(REPAIR)
    seen = tab(uid=uid)
    form = seen.form
    QTest.mouseClick(form.view.head.tabs, LEFT, NONE, form.view.head.tabs.tabRect(0).center())
    for name in ("latitude", "longitude"):
        form.fill(name, "")
    given(city, uid, "BEFORE")
    seen = Tab.__new__(Tab)
    seen.form, seen.tab = form, form.view.pages.photos
    form.ops.changed.emit(Changed(frozenset({"attachment"}), uid))
    seen.settle()
    QTest.mouseClick(form.view.head.tabs, LEFT, NONE, form.view.head.tabs.tabRect(1).center())
    assert seen.told("photos_offer") == "Foto memuat posisi -5,1130; 105,3070; di catatan masih kosong."
    assert form.draft.value("latitude") is None, "nothing is taken over by itself"
    to_front(form.window)
    QTest.mouseClick(seen.tab._offering._link, LEFT)
    form.settle()
    assert form.view.head.tabs.chosen_key() == "form"
    assert form.focus() == "latitude"
    assert (form.text("latitude"), form.text("longitude")) == ("-5,1130", "105,3070")
    assert form.draft.value("coord_source") == "PHONE_PHOTO"
    assert form.save()
    assert str(form.stored().values["latitude"]) == "-5.11300000"
    QTest.mouseClick(form.view.head.tabs, LEFT, NONE, form.view.head.tabs.tabRect(1).center())
    assert seen.told("photos_offer") == ""


@pytest.mark.parametrize("size", [(480, 560), (700, 700), (1300, 800)])
def test_tiles_fill_the_width_and_nothing_is_cut_off(tab, city, uid_of, size):
    uid = uid_of(REPAIR)
    given(city, uid, *["BEFORE"] * 6)
    seen = tab(uid=uid, size=size)
    rights = [one.mapTo(seen.tab.viewport(), one.rect().topRight()).x() for one in seen.tab.tiles()]
    assert max(rights) <= seen.tab.viewport().width()
    rows = {one.y() for one in seen.tab.tiles()}
    assert len(rows) == {480: 3, 700: 2, 1300: 2}[size[0]]
    assert seen.tab.horizontalScrollBar().maximum() == 0


def test_the_tabs_have_room_before_a_step_that_is_not_the_next_one(desk, uid_of):
    form = desk(REPAIR, (480, 700))
    form.open(uid_of(REPAIR, lambda row: row.status == "IN_PROGRESS"))
    moves = [one for one in form.view.head._move_buttons if one.isVisible()]
    assert [one.objectName() for one in moves] == ["action_move_finish"]
    form.window.resize(1000, 700)
    form.settle()
    assert len([one for one in form.view.head._move_buttons if one.isVisible()]) == 2


def test_another_record_shows_its_own_photos(tab, city, uid_of):
    first = uid_of(REPAIR)
    second = uid_of(REPAIR, lambda row: row.uid != first)
    given(city, first, "BEFORE")
    seen = tab(uid=first)
    assert len(seen.shown()) == 1
    seen.form.view.open(second)
    seen.settle()
    assert seen.form.view.head.tabs.chosen_key() == "form"
    assert seen.tab._photos == []
