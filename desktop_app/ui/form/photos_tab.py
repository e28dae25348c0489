"""The tab "Foto" of a record: pictures before, during and after the work; added by button, drop or paste, one after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QPoint, QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageReader,
    QKeyEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from desktop_app.core.errors import KnownError
from desktop_app.core.spec import Kind
from desktop_app.core.words import Words, tr
from desktop_app.services import photos
from desktop_app.services.context import AppContext
from desktop_app.services.photos import STAGES, Added, Offer, Photo
from desktop_app.services.records import Saved
from desktop_app.ui import keys, theme
from desktop_app.ui.dialogs.reason import ReasonDialog
from desktop_app.ui.form import photo_intake
from desktop_app.ui.form.photo_intake import Source
from desktop_app.ui.form.photo_tiles import ARROWS, PhotoTile, StageSection, thumbnail_size
from desktop_app.ui.form.photo_viewer import PhotoViewer
from desktop_app.ui.form.tabs import RecordTab
from desktop_app.ui.ops import Changed, Latest, Ops
from desktop_app.ui.widgets.buttons import Button
from desktop_app.ui.widgets.cards import EmptyState
from desktop_app.ui.widgets.labels import MessageLine, Severity

_AT_ONCE = 4
"""So many pictures are made ready at a stretch: the first are seen soon, and who leaves waits for no more."""

Thumbnails = dict[str, QImage | None]


def thumbnail(data: bytes | None, room: QSize) -> QImage | None:
    """A picture scaled so that it fills `room` (pixels of the screen); for a worker."""
    if data is None:
        return None
    source = QBuffer()
    source.setData(data)
    reader = QImageReader(source)
    reader.setScaledSize(reader.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    image = (
        reader.read()
    )  # an eighth of a JPEG is unfolded in a fraction of the time that the whole one takes
    return None if image.isNull() else image


class PhotosTab(RecordTab):
    """`show_record` or `show_new`; then it adds, shows and removes by itself. What concerns the record's form is told by signals."""

    offered = Signal(object)
    """`services.photos.Offer` that somebody takes: place or time of a photo for empty fields of the record."""
    save_wanted = Signal()
    """The record is new, and somebody wants to store it so that photos can be added."""
    remade = Signal()
    """Other tiles stand there now."""
    undoable = Signal(object)
    """`services.records.Undo` of a photo that was taken away."""

    def __init__(self, ctx: AppContext, ops: Ops, kind: Kind) -> None:
        self._uid = ""
        self._may_change = False
        self.ask_offer: Callable[[Sequence[Photo]], Offer | None] = lambda _photos: None
        """What the photos know and the record doesn't; the owner puts its draft in."""
        self.ask_stage: Callable[[], str] = lambda: "OTHER"
        """The stage of a photo that is taken now."""
        self._offer: Offer | None = None
        self._photos: list[Photo] = []
        self._sections: list[StageSection] = []
        self._pictures: dict[str, QPixmap | None] = {}
        self._adding: deque[tuple[str, str, Source]] = deque()
        self._total = 0
        self._told: list[tuple[Severity, str]] = []
        self._viewer: PhotoViewer | None = None
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        super().__init__(ctx, ops, kind, "tab_photos", tr("Foto", "Photos"))
        self.ops = ops
        self._thumbnails = Latest(ops, "slow", self)
        self._problem = self._message("photos_problem")
        self._note = self._message("photos_note")
        self._note.link_clicked.connect(self._stop_adding)
        self._offering = self._message("photos_offer")
        self._offering.link_clicked.connect(self._take_offer)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        keys.bind(keys.PHOTO_PASTE, self, self.paste)  # wherever the cursor is, but in a field
        ops.changed.connect(self._changed)

    def _message(self, name: str) -> MessageLine:
        line = MessageLine()
        line.setObjectName(name)
        self._column.addWidget(line)
        return line

    # ---- which record

    def show_new(self) -> None:
        """A record that is not stored yet: photos come after."""
        self._begin("", may_change=False)
        self._arrived(0)

    def show_record(self, uid: str, *, may_change: bool = True) -> None:
        """Ask for the photos of a stored record and show them."""
        if uid != self._uid:
            self._pictures.clear()
            self._photos = []
        self._begin(uid, may_change=may_change)
        self._ask()

    def _begin(self, uid: str, *, may_change: bool) -> None:
        if uid != self._uid:
            self._tell_elsewhere()
            for line in (self._problem, self._note, self._offering):
                line.clear()
        self._uid, self._may_change = uid, may_change
        self._asks.drop()
        self._thumbnails.drop()

    def _ask(self) -> None:
        uid = self._uid
        self._asks.run(lambda _op: photos.photos(self.ctx, self.kind.name, uid), self._answered)

    def _answered(self, found: list[Photo]) -> None:
        self._photos = found
        self._arrived(len(found))
        self.look_for_offer()
        if self._viewer is not None:
            self._viewer.show_photos(found)

    def _changed(self, changed: Changed) -> None:
        if photos.KIND in changed.kinds and self._uid:
            self._ask()

    # ---- what is shown

    def _make(self) -> None:
        focused = QApplication.focusWidget()
        name = focused.objectName() if focused and self.isAncestorOf(focused) else ""
        super()._make()
        self._arrange()
        for one in self.tab_stops():
            if name and one.objectName() == name:
                one.setFocus()
        self.remade.emit()
        self._load()

    def _fill(self) -> Iterator[QWidget]:
        self._sections = []
        if not self._uid:
            yield self._not_yet()
            return
        stages = [code.code for code in STAGES]
        stages += sorted({one.stage for one in self._photos} - set(stages))  # a newer office's
        wanted = photos.stages(self.kind)
        for stage in stages:
            mine = [one for one in self._photos if one.stage == stage]
            if mine or stage in wanted:
                yield self._section(stage, mine, alone=len(wanted) == 1)

    def _not_yet(self) -> QWidget:
        button = Button(
            tr("Simpan catatan", "Save the record"),
            "outlined",
            "content-save-outline",
            name="action_save_first",
        )
        button.clicked.connect(self.save_wanted)
        return EmptyState(
            "image-multiple-outline",
            tr("Simpan dahulu", "Save first"),
            tr(
                "Foto disimpan bersama catatannya. Simpan catatan ini, lalu tambahkan fotonya di sini.",
                "Photos are kept with their record. Save this record, then add its photos here.",
            ),
            [button],
        )

    def _section(self, stage: str, mine: Sequence[Photo], *, alone: bool) -> StageSection:
        heading = self.kind_words().say() if alone and stage == "OTHER" else STAGES.words(stage).say()
        section = StageSection(stage, heading, mine, self.ctx.settings.zone, may_change=self._may_change)
        section.add.connect(self.choose_files)
        section.opened.connect(self.open_photo)
        section.removal.connect(self.ask_removal)
        section.menu.connect(self._menu)
        self._sections.append(section)
        return section

    def kind_words(self) -> Words:
        """What the photos are called where they are not sorted by stage."""
        return self.ctx.kind(photos.KIND).plural

    def tiles(self) -> list[PhotoTile]:
        """The photos on the screen, in order."""
        return [tile for section in self._sections for tile in section.tiles]

    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        stops: list[QWidget] = []
        for section in self._sections:
            stops += [*([section.button] if section.button else []), *section.tiles]
        return stops

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many tiles side by side as fit."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margins = self._column.contentsMargins()
        room = min(self.viewport().width(), self._page.maximumWidth()) - margins.left() - margins.right()
        for section in self._sections:
            section.arrange(room)

    def _load(self) -> None:
        """Make the next few thumbnails ready in a worker."""
        for tile in self.tiles():
            if tile.photo.here and tile.photo.sha256 in self._pictures:
                tile.show_picture(self._pictures[tile.photo.sha256])
        missing = [one.sha256 for one in self._photos if one.here and one.sha256 not in self._pictures]
        if not missing:
            return
        some, room = list(dict.fromkeys(missing))[:_AT_ONCE], thumbnail_size() * self.devicePixelRatioF()

        def work(_op: object) -> Thumbnails:
            return {sha: thumbnail(photos.picture(self.ctx, sha), room) for sha in some}

        self._thumbnails.run(work, self._loaded)

    def _loaded(self, made: Thumbnails) -> None:
        for sha, image in made.items():
            picture = None if image is None else QPixmap.fromImage(image)
            if picture is not None:
                picture.setDevicePixelRatio(self.devicePixelRatioF())
            self._pictures[sha] = picture
        self._load()

    def restyle(self) -> None:
        """Another text size, other thumbnails."""
        super().restyle()
        self._pictures.clear()
        if self._uid and self.isVisible():
            self._make()

    # ---- adding

    def choose_files(self, stage: str) -> None:
        """Ask for files, several at once."""
        if not self._may_change:
            return
        dialog = QFileDialog(self.window(), tr("Tambah foto", "Add photos"), self._folder)
        dialog.setObjectName("photo_files")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        endings = " ".join(f"*{end}" for end in photos.FILES)
        dialog.setNameFilters(
            [tr(f"Foto ({endings})", f"Photos ({endings})"), tr("Semua berkas (*)", "All files (*)")]
        )
        dialog.filesSelected.connect(partial(self._chosen, stage))
        dialog.open()

    def _chosen(self, stage: str, names: list[str]) -> None:
        files = [Path(name) for name in names]
        if files:
            self._folder = str(files[0].parent)
        self.add([Source(file.name, file=file) for file in files], stage)

    def add(self, given: Sequence[Source], stage: str) -> None:
        """Add these to the record that is shown, one after the other; a bad one stops no other."""
        if not self._may_change:
            return
        idle = not self._total
        if idle:
            self._told = []
            self._problem.clear()
            self._note.clear()
        self._adding.extend((self._uid, stage, one) for one in given)
        self._total += len(given)
        if idle:
            self._add_next()

    def _add_next(self) -> None:
        if not self._adding:
            self._added_all()
            return
        uid, stage, source = self._adding.popleft()
        if self._total > 1 and uid == self._uid:
            now = self._total - len(self._adding)
            words = tr(f"Menambahkan foto {now} dari {self._total}…", f"Adding photo {now} of {self._total}…")
            self._note.show_message("hint", words, tr("Berhenti", "Stop"))
        self.ops.run(
            lambda _op: photos.add(self.ctx, self.kind.name, uid, source.content(), stage),
            lane="slow",
            owner=self,
            done=partial(self._one_added, source),
            failed=self._one_refused,
            stopped=self._stop_adding,
            changes=lambda added: Changed(frozenset({photos.KIND}), added.uid, by=self),
        )

    def _one_added(self, source: Source, added: Added) -> None:
        named = f"{source.name}: " if source.name else ""
        self._told += [("hint", named + note.say()) for note in added.notes]
        self._add_next()

    def _one_refused(self, refused: KnownError) -> None:
        self._told.append(("error", refused.words.say()))
        self._add_next()

    def _stop_adding(self) -> None:
        if self._adding:
            left = len(self._adding)
            words = tr(
                f"Dihentikan: {left} foto tidak ditambahkan.", f"Stopped: {left} photos were not added."
            )
            self._told.append(("hint", words))
            self._adding.clear()

    def _added_all(self) -> None:
        self._total = 0
        for severity, line in (("error", self._problem), ("hint", self._note)):
            said = [words for how, words in self._told if how == severity]
            line.show_message("error" if severity == "error" else "hint", "\n".join(said))
        self.ensureWidgetVisible(self._problem)

    def _tell_elsewhere(self) -> None:
        """Another record is shown: what was not taken of the one before is told where it can't be overlooked."""
        refused = [words for severity, words in self._told if severity == "error"]
        if refused and self._total:
            said = "\n".join(refused)
            self._told = []
            self.ops.refused.emit(Words(said, said))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys go from photo to photo."""
        tiles = self.tiles()
        places = [place for place, tile in enumerate(tiles) if tile.hasFocus()]
        if event.key() in ARROWS and places:
            place = places[0] + ARROWS[Qt.Key(event.key())]
            if 0 <= place < len(tiles):
                tiles[place].setFocus()
                self.ensureWidgetVisible(tiles[place])
            return
        super().keyPressEvent(event)

    def paste(self) -> None:
        """Add what is on the clipboard, to the stage where the cursor is, or to the likely one."""
        focused = QApplication.focusWidget()
        here = [one.stage for one in self._sections if focused and one.isAncestorOf(focused)]
        self._take(
            lambda: photo_intake.sources(QGuiApplication.clipboard().mimeData()), here[0] if here else ""
        )

    def _take(self, ask: Callable[[], list[Source]], stage: str) -> None:
        if not self._may_change:
            return
        try:
            found = ask()
        except KnownError as refused:
            self._problem.show_message("error", refused.words.say())
            return
        self.add(found, stage or self.ask_stage())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures may be dropped on a record that can be changed."""
        if self._may_change and photo_intake.may_have(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped to the stage on which it was."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        place = self.viewport().mapToGlobal(event.position().toPoint())
        hit = [one.stage for one in self._sections if one.rect().contains(one.mapFromGlobal(place))]
        mime = event.mimeData()
        self._take(lambda: photo_intake.sources(mime), hit[0] if hit else "")

    # ---- what can be done with a photo

    def open_photo(self, photo: Photo) -> None:
        """Show it large."""
        viewer = PhotoViewer(
            self.ctx, self.ops, self._photos, photo.uid, may_change=self._may_change, parent=self.window()
        )
        viewer.described.connect(self._describe)
        viewer.removal.connect(self.ask_removal)
        viewer.finished.connect(lambda: self._viewer_closed(viewer))
        self._viewer = viewer
        viewer.open()

    def _viewer_closed(self, viewer: PhotoViewer) -> None:
        self._viewer = None
        last = viewer.uid()
        for tile in self.tiles():
            if tile.photo.uid == last:
                tile.setFocus()

    def _describe(self, uid: str, stage: str, caption: str) -> None:
        self.ops.run(
            lambda _op: photos.describe(self.ctx, uid, stage=stage, caption=caption),
            lane="write",
            owner=self,
            failed=lambda refused: self._problem.show_message("error", refused.words.say()),
            changes=Changed(frozenset({photos.KIND}), uid, by=self),
        )

    def _menu(self, photo: Photo, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("photo_menu")
        menu.addAction(theme.icon("eye-outline"), tr("Buka", "Open")).triggered.connect(
            lambda: self.open_photo(photo)
        )
        if self._may_change:
            for code in STAGES:
                if code.code != photo.stage and code.code in photos.stages(self.kind):
                    words = tr(f"Pindahkan ke {code.words.id}", f"Move to {code.words.en}")
                    describe = partial(self._describe, photo.uid, code.code, photo.caption)
                    menu.addAction(words).triggered.connect(lambda _checked=False, do=describe: do())
            menu.addSeparator()
            menu.addAction(theme.icon("trash-can-outline", "bad"), tr("Hapus…", "Remove…")).triggered.connect(
                lambda: self.ask_removal(photo)
            )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def ask_removal(self, photo: Photo) -> None:
        """Ask why a photo is to go."""
        if not self._may_change:
            return
        named = photo.caption or photo.file_name
        dialog = ReasonDialog(
            tr("Hapus foto ini?", "Remove this photo?"),
            tr(
                f"{named}: fotonya tidak tampil lagi, tetapi tetap tersimpan dan penghapusannya dapat diurungkan.",
                f"{named}: it is no longer shown, but it is kept, and the removal can be undone.",
            ),
            tr("Hapus", "Remove"),
            self._viewer or self.window(),
        )
        dialog.given.connect(lambda reason: self._remove(photo, reason))
        dialog.open()

    def _remove(self, photo: Photo, reason: str) -> None:
        self.ops.run(
            lambda _op: photos.remove(self.ctx, photo.uid, reason),
            lane="write",
            owner=self,
            done=self._removed,
            failed=lambda refused: self._problem.show_message("error", refused.words.say()),
            changes=Changed(frozenset({photos.KIND}), photo.uid, by=self),
        )

    def _removed(self, saved: Saved) -> None:
        self.undoable.emit(saved.undo)

    # ---- what the record may take over

    def look_for_offer(self) -> None:
        """Offer what the photos know and the record doesn't; nothing is taken over by itself."""
        self._offer = self.ask_offer(self._photos) if self._may_change and self._photos else None
        if self._offer is None:
            self._offering.clear()
            return
        words = self._offer.words
        self._offering.show_message(
            "hint",
            tr(
                f"Foto memuat {words.id}; di catatan masih kosong.",
                f"The photos tell {words.en}; the record does not yet.",
            ),
            tr("Pakai di catatan", "Use in the record"),
        )

    def _take_offer(self) -> None:
        if self._offer is not None:
            self.offered.emit(self._offer)
