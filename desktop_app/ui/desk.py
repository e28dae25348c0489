"""What happens around the pages: which page an entry opens, the saved lamp, undo, the person at the keyboard, drafts taken up.

What the first paint does not need is imported where it is first used: a form costs as much to load as the whole frame.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from desktop_app.core.show import number
from desktop_app.core.spec import Kind
from desktop_app.core.words import Words, tr
from desktop_app.services import status
from desktop_app.services.context import AppContext, log_file
from desktop_app.ui import keys, navigation, theme
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.ops import Changed, Latest, Ops
from desktop_app.ui.page import Page
from desktop_app.ui.pages.list_page import ListPage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from desktop_app.core.draft import Draft
    from desktop_app.core.fields import Value
    from desktop_app.core.query import Query
    from desktop_app.core.record import Record
    from desktop_app.services.drafts import Kept
    from desktop_app.services.many import Done, UndoMany
    from desktop_app.services.records import Undo
    from desktop_app.ui.exchange.taking_in import TakingIn
    from desktop_app.ui.form.record_view import RecordView
    from desktop_app.ui.help.window import HelpWindow


CATCH_UP_AFTER_MS = 2000


class Desk(QObject):
    """Fills the frame with pages once the data folder is open."""

    def __init__(self, ctx: AppContext, window: MainWindow, ops: Ops, before: Desk | None = None) -> None:
        super().__init__(window)
        self.ctx, self.window, self.ops = ctx, window, ops
        self._undo: list[Undo | UndoMany] = before._undo if before is not None else []  # noqa: SLF001  (its own kind)
        """What the status bar can take back, the last at the end; a session outlives its frames."""
        self._help: HelpWindow | None = None
        self._lists: dict[str, ListPage] = {}
        self._takes_in: TakingIn | None = None
        self._counts = Latest(ops, "slow", self)
        window.register(navigation.HOME, self._home)
        window.register(navigation.SETTINGS, self._settings)
        self.at_headquarters = ctx.settings.role == "headquarters"
        if self.at_headquarters:
            window.register(navigation.INBOX, self._inbox)
            window.register(navigation.BOARD, self._board)
            window.register(navigation.REVIEW, self._review)
        else:
            window.register(navigation.EXCHANGE, self._exchange)
        window.register(navigation.REPORTS, self._reports)
        for kind in ctx.registry:
            if kind.own_page and kind.section in (*ctx.settings.sections, navigation.SHARED):
                window.register(kind.name, partial(self._list, kind))
        window.undo_requested.connect(self.undo)
        window.status_clicked.connect(self._status_clicked)
        self._later = QTimer(self, singleShot=True, interval=CATCH_UP_AFTER_MS)
        self._later.timeout.connect(self.catch_up)
        ops.changed.connect(self._changed)
        ops.refused.connect(self._refused)
        ops.broke.connect(self._broke)
        keys.bind(keys.UNDO, window, self.undo)  # in a field it undoes the typing
        keys.bind(keys.EVERYWHERE, window, self.find_everywhere)
        keys.bind(keys.HELP, window, self.help_here)
        keys.bind(keys.SHEET, window, lambda: self.help_at("keys"))
        window.header.finder.clicked.connect(self.find_everywhere)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._reached)
        window.set_saved("saved", tr("Semua tersimpan", "All saved"))
        self._show_undo()
        self.refresh_status()

    def _changed(self, changed: Changed) -> None:
        self.refresh_status()
        if any(True for kind in changed.kinds for _ in self.ctx.registry.referring_to(kind)):
            self._later.start()

    def catch_up(self) -> None:
        """Let search words follow renamed lamps, parks, people's crews, and take in what was set aside; beside everything else."""
        from desktop_app.services import upkeep

        all_kinds = Changed(frozenset(kind.name for kind in self.ctx.registry))
        self.ops.run(
            lambda op: upkeep.catch_up(self.ctx, op),
            lane="long",
            owner=self,
            changes=lambda changed: all_kinds if changed else None,
        )

    def _refused(self, words: Words) -> None:
        from desktop_app.ui.dialogs import trouble

        trouble.refused(self.window, words)

    def _broke(self, report: str) -> None:
        from desktop_app.ui.dialogs import trouble

        trouble.tell(self.window, report, log_file(self.ctx.place))

    # ---- pages

    def _home(self) -> Page:
        from desktop_app.ui.pages.home_page import HomePage

        page = HomePage(self.ctx, self.ops)
        page.open_list.connect(self.open_list)
        page.open_page.connect(self.window.open_page)
        page.open_record.connect(self.open_record)
        page.begin.connect(self.begin)
        page.go_on.connect(self.go_on)
        page.practice_asked.connect(self.window.practice_asked)
        return page

    def _settings(self) -> Page:
        from desktop_app.ui.pages.settings_page import SettingsPage

        page = SettingsPage(self.ctx, self.ops)
        page.window_changed.connect(self._dress_anew)
        page.about_asked.connect(self.about)
        page.practice_asked.connect(self.window.practice_asked)
        page.practice_left.connect(self.window.practice_left)
        page.practice_cleared.connect(self.window.practice_cleared)
        self.window.practice_gone.connect(page.show_practice)
        return page

    def _exchange(self) -> Page:
        from desktop_app.ui.pages.send_page import SendPage

        page = SendPage(self.ctx, self.ops)
        page.open_record.connect(self.open_record)
        page.taking_in.restart_asked.connect(self.window.restart_asked)
        self._takes_in = page.taking_in
        return page

    def _inbox(self) -> Page:
        from desktop_app.ui.pages.inbox_page import InboxPage

        page = InboxPage(self.ctx, self.ops)
        page.taking_in.restart_asked.connect(self.window.restart_asked)
        self._takes_in = page.taking_in
        return page

    def take_in(self, files: Sequence[Path]) -> None:
        """Receive packages on the page for that."""
        opened = self.window.open_page(navigation.INBOX if self.at_headquarters else navigation.EXCHANGE)
        if opened and self._takes_in is not None:
            self._takes_in.read(files)

    def _board(self) -> Page:
        from desktop_app.ui.pages.board_page import BoardPage

        page = BoardPage(self.ctx, self.ops)
        page.inbox_asked.connect(lambda: self.window.open_page(navigation.INBOX))
        return page

    def _review(self) -> Page:
        from desktop_app.ui.pages.review_page import ReviewPage

        page = ReviewPage(self.ctx, self.ops)
        page.open_record.connect(self.open_record)
        return page

    def _reports(self) -> Page:
        from desktop_app.ui.pages.later_page import LaterPage

        return LaterPage(
            Words("Laporan", "Reports"),
            "chart-box-outline",
            Words(
                "Laporan cetak belum ada di versi ini", "Printed reports are not there yet in this version"
            ),
            Words(
                "Untuk rekap di Excel, buka daftarnya lalu tekan Ctrl+E.",
                "For figures in Excel, open the list and press Ctrl+E.",
            ),
        )

    def _list(self, kind: Kind) -> Page:
        page = ListPage(
            self.ctx, self.ops, kind, lambda room: self._record_view(kind, room), parent=self.window.stack
        )
        page.undoable.connect(self.can_undo)
        self._lists[kind.name] = page
        return page

    def _record_view(self, kind: Kind, room: QWidget) -> RecordView:
        from desktop_app.ui.form.record_view import RecordView

        view = RecordView(self.ctx, self.ops, kind, room)
        view.lamp.connect(self.window.set_saved)
        view.undoable.connect(self.can_undo)
        view.open_other.connect(self.open_record)
        return view

    def open_record(self, kind: str, uid: str, field: str = "") -> None:
        """Show one record on the page of its kind, with the cursor in a field (else the first)."""
        if self.window.open_page(kind):
            self._lists[kind].open_record(uid, field)

    def open_list(self, query: Query) -> None:
        """Show the list of a question that was put elsewhere."""
        if self.window.open_page(query.kind):
            self._lists[query.kind].show_only(query)

    def find_everywhere(self) -> None:
        """Ctrl+K: the box that looks at all kinds at once."""
        from desktop_app.ui.finding.everywhere import Everywhere

        box = Everywhere(self.ctx, self.ops, self.window)
        box.chosen.connect(self.open_record)
        box.listed.connect(self.open_list)
        box.about_asked.connect(self.about)
        box.open_over(self.window)

    def about(self) -> None:
        """Tentang Pelita."""
        from desktop_app.ui.dialogs.about import AboutDialog

        AboutDialog(self.ctx, self.window).open()

    def begin(self, kind: str, known: Mapping[str, Value]) -> None:
        """A new record, with what is known of it already."""
        if self.window.open_page(kind):
            page = self._lists[kind]
            if known:
                from desktop_app.services import home

                page.take_up(home.begun(self.ctx, kind, known))
            else:
                page.begin()

    def go_on(self, kept: Kept) -> None:
        """Take a draft up again, with the cursor where it was."""
        from desktop_app.services import drafts

        self.ops.run(
            lambda _op: drafts.take_up(self.ctx, kept),
            lane="quick",
            owner=self,
            done=lambda draft: self._went_on(kept, draft),
        )

    def _went_on(self, kept: Kept, draft: Draft) -> None:
        if self.window.open_page(kept.kind):
            self._lists[kept.kind].take_up(draft, kept.field)

    def offer_draft(self) -> bool:
        """After a crash or a power cut: back on the newest draft, which says so itself. True when there was one."""
        from desktop_app.services import drafts

        kept = drafts.newest(self.ctx)
        if kept is None:
            return False
        self.go_on(kept)
        return True

    # ---- undo

    def can_undo(self, token: Undo | UndoMany | None) -> None:
        """Remember what the status bar can undo; the session long."""
        if token is not None:
            self._undo.append(token)
        self._show_undo()

    def _show_undo(self) -> None:
        last = self._undo[-1].did if self._undo else ""
        words = {
            "": "",
            "added": tr("Urungkan simpan terakhir", "Undo the last save"),
            "changed": tr("Urungkan simpan terakhir", "Undo the last save"),
            "removed": tr("Urungkan penghapusan", "Undo the removal"),
            "many": tr("Urungkan perubahan banyak catatan", "Undo the change of many records"),
        }
        self.window.set_undo(words[last])

    def undo(self) -> None:
        """Take back the last save or removal."""
        from desktop_app.services import many, records

        if not self._undo:
            return
        token = self._undo.pop()
        self._show_undo()
        if isinstance(token, many.UndoMany):
            self._undo_many(token)
            return

        def undone(now: Record) -> None:
            self._undo[:] = many.still_undone(self._undo, token.kind, {(now.uid, token.was): now.version})
            self.window.set_saved("saved", tr("Diurungkan", "Undone"))

        self.ops.run(
            lambda _op: records.undo(self.ctx, token),
            lane="write",
            owner=self,
            done=undone,
            failed=lambda refused: self.window.set_saved("failed", refused.words.say()),
            changes=Changed(frozenset({token.kind}), token.uid, by=self),
        )

    def _undo_many(self, token: UndoMany) -> None:
        """One deed on many records; those that were changed since stay, and their number is told."""
        from desktop_app.services import many

        def undone(done: Done) -> None:
            self._undo[:] = many.still_undone(self._undo, token.kind, many.stands_again(done))
            back, kept = number(len(done.done)), number(len(done.refused))
            words = tr(f"{back} catatan diurungkan", f"{back} records undone")
            if done.refused:
                words += tr(f", {kept} sudah diubah lagi", f", {kept} changed since")
            self.window.set_saved("failed" if done.refused else "saved", words)

        self.ops.run(
            lambda op: many.undo(self.ctx, token, op),
            lane="write",
            owner=self,
            done=undone,
            changes=Changed(frozenset({token.kind}), by=self),
        )

    # ---- status bar and person

    def refresh_status(self) -> None:
        """Count what is unsent and tell of the last backup, in a worker."""
        self._counts.run(lambda _op: status.status(self.ctx), self._show_status)

    def _show_status(self, now: status.Status) -> None:
        self.window.set_status(
            backup=now.backup.say(), person=self.ctx.person or tr("Pilih petugas", "Choose person")
        )
        if self.at_headquarters:
            self._show_headquarters(now)
        else:
            unsent = number(now.unsent)
            self.window.set_status(
                unsent=tr(f"{unsent} belum terkirim", f"{unsent} unsent"), receipt=now.receipt.say()
            )
            self.window.set_count(
                navigation.EXCHANGE, now.returned or now.unsent or None, urgent=bool(now.returned)
            )
        for kind, count in now.open.items():
            self.window.set_count(kind, count or None)

    def _show_headquarters(self, now: status.Status) -> None:
        review = now.conflicts + now.flagged
        self.window.set_status(
            waiting=tr(f"{number(now.waiting)} paket disisihkan", f"{number(now.waiting)} packages set aside")
            if now.waiting
            else "",
            review=tr(f"{number(review)} tinjauan", f"{number(review)} to review"),
        )
        self.window.set_count(navigation.INBOX, now.waiting or None)
        self.window.set_count(navigation.REVIEW, review or None, urgent=bool(now.conflicts))

    def _status_clicked(self, item: str) -> None:
        pages = {
            "unsent": navigation.EXCHANGE,
            "receipt": navigation.EXCHANGE,
            "waiting": navigation.INBOX,
            "review": navigation.REVIEW,
            "backup": navigation.SETTINGS,
            "practice": navigation.SETTINGS,
        }
        if item == "person":
            self._person_menu()
        elif item == "help":
            self.help_here()
        elif item in pages:
            self.window.open_page(pages[item])

    # ---- help

    def help_here(self) -> None:
        """F1: the help of the field or the page where the cursor is, beside the window."""
        from desktop_app.ui.help.place import address

        self.help_at(address(self.window))

    def help_at(self, address: str) -> None:
        """Open the help at a page."""
        if self._help is None:
            from desktop_app.ui.help.window import HelpWindow

            self._help = HelpWindow(self.ctx, self.window)
        self._help.open_at(address)

    def _reached(self, _before: QWidget | None, now: QWidget | None) -> None:
        """A dialog over this window has help, too: F1 is bound in it when it is first reached."""
        dialog = now.window() if now is not None else None
        if not isinstance(dialog, QDialog) or dialog.property("helps"):
            return
        over = dialog.parentWidget()
        while over is not None and over.window() is not self.window:
            over = over.window().parentWidget()  # a dialog over a dialog
        if over is not None:
            dialog.setProperty("helps", True)
            keys.bind(keys.HELP, dialog, lambda: self._help_in(dialog))

    def _help_in(self, dialog: QDialog) -> None:
        """The dialog holds back all windows but those that belong to it: its help is one of these."""
        from desktop_app.ui.help.place import address_in
        from desktop_app.ui.help.window import HelpWindow

        wanted = address_in(dialog, self.window)
        help_ = dialog.findChild(HelpWindow) or HelpWindow(self.ctx, dialog)
        help_.open_at(wanted)

    def _person_menu(self) -> None:
        from desktop_app.services import people

        menu = QMenu(self.window)
        menu.setObjectName("person_menu")
        for name in people.people(self.ctx):
            menu.addAction(name).triggered.connect(lambda _checked=False, name=name: self._choose(name))
        menu.addSeparator()
        menu.addAction(tr("Nama baru…", "New name…")).triggered.connect(self._new_person)
        place = self.window.status.items["person"]
        menu.popup(place.mapToGlobal(place.rect().topLeft()) - QPoint(0, menu.sizeHint().height()))

    def _choose(self, name: str) -> None:
        from desktop_app.services import people

        self.ops.run(
            lambda _op: people.choose(self.ctx, name),
            lane="write",
            owner=self,
            done=lambda _: self.refresh_status(),
        )

    def _new_person(self) -> None:
        from desktop_app.ui.dialogs.name import NameDialog

        dialog = NameDialog(self.window)
        dialog.given.connect(self._choose)
        dialog.open()

    # ---- looks

    def _dress_anew(self) -> None:
        """Language, sections or looks have changed: colours at once, words by building the window anew."""
        app = QApplication.instance()
        if isinstance(app, QApplication) and theme.current().dark != self.ctx.settings.dark:
            theme.apply(app, dark=self.ctx.settings.dark, practice=self.ctx.practice)
        self.window.set_office(self.ctx.settings.office_name)
        QTimer.singleShot(0, self.window, self.window.rebuild_requested.emit)
