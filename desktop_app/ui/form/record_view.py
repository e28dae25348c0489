"""One record on the screen: head, form, foot; saving, moving on in its life cycle, and keeping what is typed.

It stands beside the list, or is the whole page in a narrow window. Everything that touches the store goes through `ops`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.draft import Draft
from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Value
from desktop_app.core.rules import Finding
from desktop_app.core.spec import Kind, Move
from desktop_app.core.words import tr
from desktop_app.services import forms, records
from desktop_app.services.context import AppContext
from desktop_app.ui import keys, theme
from desktop_app.ui.form import asking
from desktop_app.ui.form.asker import Asker
from desktop_app.ui.form.asking import Ready
from desktop_app.ui.form.body import FormBody
from desktop_app.ui.form.carrying import Carrying
from desktop_app.ui.form.compare_card import CompareCard
from desktop_app.ui.form.comparing import Comparing
from desktop_app.ui.form.deeds import Deeds
from desktop_app.ui.form.doubling import Doubling
from desktop_app.ui.form.footer import FormFooter
from desktop_app.ui.form.head import RecordHead
from desktop_app.ui.form.keeper import DraftKeeper
from desktop_app.ui.form.known import Known
from desktop_app.ui.form.messages import Notice
from desktop_app.ui.form.moving import MoveCard
from desktop_app.ui.form.parking import Parking
from desktop_app.ui.form.pasting import Pasting
from desktop_app.ui.form.record_pages import RecordPages
from desktop_app.ui.form.returning import Returning
from desktop_app.ui.form.stepping import Stepping
from desktop_app.ui.form.storing import Storing, is_stale, refusal
from desktop_app.ui.ops import Changed, Latest, Ops
from desktop_app.ui.widgets.labels import Hairline
from desktop_app.ui.working import Working

CHECK_AFTER_MS = 250
"""So long after the last keystroke the rules are asked."""


class RecordView(QWidget):
    """Opens, shows and saves records of one kind: `begin`, `open`, `take_up`, `save`, `leave`, `keep_now`, `showing`."""

    closed = Signal()
    """Esc or the cross: back to the list; what was typed is kept as a draft."""
    stepped = Signal(int)
    """The pager: the record before (-1) or after (+1)."""
    shown = Signal(str)
    """The uid of the record that is on the screen now."""
    saved = Signal(str)
    """The uid of a record that was just stored."""
    lamp = Signal(str, str)
    """The state of the saved lamp (`widgets.status.LampState`) and its words."""
    undoable = Signal(object)
    """`services.records.Undo`, or None: what the status bar can take back."""
    open_other = Signal(str, str)
    """Kind and uid of another record to show: a link in a message, a relative."""
    ask_remove = Signal(str, str)
    """Kind and uid: the owner asks for the reason and removes."""

    def __init__(self, ctx: AppContext, ops: Ops, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.ops, self.kind = ctx, ops, kind
        self.draft: Draft | None = None
        self._alone = False
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._asker = Asker(ctx, ops, self)
        self._checks = Latest(ops, "quick", self)
        self._opening = Latest(ops, "quick", self)
        self._keeper = DraftKeeper(ctx, ops, self)
        self._storing = Storing(ctx, ops, self._asker, self)
        self._check_soon = QTimer(self, singleShot=True, interval=CHECK_AFTER_MS)
        self.head = RecordHead(kind)
        self.card = MoveCard(self._asker)
        self.returning = Returning(self, ctx, ops)
        self.notice, self.hint = Notice("record_notice"), Notice("doubles_notice")
        self.working = Working()
        self.beside = CompareCard()
        self.body = FormBody(kind, self._asker)
        self.footer = FormFooter()
        self.pages = RecordPages(ctx, ops, self.body)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        over = (self.head, Hairline(), self.returning.banner, self.notice, self.hint)
        cards = (self.working, self.card, self.beside)
        for widget in (*over, *cards, self.pages, Hairline(), self.footer):
            box.addWidget(widget, 1 if widget is self.pages else 0)
        self.carrying = Carrying(self, ctx, ops)
        self.deeds = Deeds(self, ctx, ops)
        self.parking = Parking(self, ctx, ops)
        self.pasting = Pasting(self, ctx, ops)
        self.comparing = Comparing(self, ctx, ops)
        self.stepping = Stepping(self)
        self.doubling = Doubling(self, ctx, ops)
        self.restyle()
        theme.changed.connect(self.restyle)
        self._connect()
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes through the head, the fields as they stand on the slip, and the foot."""
        foot = (self.footer.park_button, self.footer.save_new_button, self.footer.save_button)
        stops = [*self.head.tab_stops(), *self.card.tab_stops(), *self.pages.tab_stops(), *foot]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        for line in (self.notice, self.hint):
            line.setContentsMargins(look.px(6), look.px(1), look.px(6), look.px(1))
        self._fold()

    def _connect(self) -> None:
        self.head.closed.connect(self.leave)
        self.head.stepped.connect(self.stepped)
        self.head.tab_chosen.connect(self.show_tab)
        self.body.grown.connect(self._order_tabs)
        self.card.asked.connect(self._order_tabs)
        self.pages.photos.remade.connect(self._order_tabs)
        self.body.edited.connect(self._edited)
        self.body.left.connect(lambda _name: self.check())
        self.body.jump.connect(lambda see: self.comparing.look(*see))
        self.body.last_entered.connect(self.footer.save_button.setFocus)
        self.footer.jump.connect(self._jump_to)
        self.footer.save.connect(self.save)
        self.footer.save_and_new.connect(lambda: self.save(then_new=True))
        self.pages.counted.connect(self.head.set_count)
        self.pages.open_other.connect(self.open_other)
        self.pages.photos.save_wanted.connect(self.save)
        self.pages.photos.undoable.connect(self.undoable)
        self.pages.taken_over.connect(self._taken_over)
        self.ops.changed.connect(self._changed_elsewhere)
        self._keeper.lamp.connect(self.lamp)
        self._asker.lamp.connect(self.lamp)
        self._asker.undoable.connect(self.undoable)
        self._storing.stopped.connect(self._stopped)
        self._storing.stored.connect(self._stored)
        self._storing.failed.connect(self._refused)
        self._check_soon.timeout.connect(self.check)
        keys.bind(keys.SAVE_NEW, self, lambda: self.save(then_new=True))
        keys.bind(keys.SAVE, self, self.save)
        keys.bind(keys.FOLLOW, self, self.body.follow_link)

    # ---- showing records

    def begin(self, given: Mapping[str, Value] | None = None) -> None:
        """A new record, with the cursor in its first field."""
        self._leave_old()
        self._show(asking.begin(self.ctx, self.kind.name, {**self.carrying.given(), **(given or {})}))
        self.body.focus_first()

    def open(self, uid: str, field: str = "") -> None:
        """A stored record; what was typed into it and not saved is still there. The cursor goes into `field`, or the first."""
        self._leave_old()
        self._opening.run(
            lambda _op: asking.open_record(self.ctx, self.kind.name, uid),
            lambda ready: self._opened(ready, field),
            self._refused,
        )

    def take_up(self, draft: Draft, field: str = "") -> None:
        """A draft of an earlier hour, with the cursor where it was."""
        self._leave_old()

        def ready(_op: object) -> Ready:
            return Ready(asking.made_ready(self.ctx, draft), field, taken_up=True)

        self._opening.run(ready, lambda ready: self._opened(ready, field), self._refused)

    def _leave_old(self) -> None:
        self._keeper.let_go()
        self._opening.drop()
        self._checks.drop()
        self._asker.drop()
        self._check_soon.stop()

    def _opened(self, ready: Ready, field: str) -> None:
        self._show(ready.draft, on_shelf=ready.taken_up)
        if ready.taken_up and ready.draft.changed():
            self.lamp.emit(
                "draft", tr("Konsep dipulihkan, lanjutkan mengetik", "Draft recovered, go on typing")
            )
        if field and field != ready.field:
            self.body.focus_field(field)
        else:
            self.body.go_to(ready.draft.spot)

    def _show(self, draft: Draft, *, on_shelf: bool = False) -> None:
        same = self.draft is not None and self.draft.record.uid == draft.record.uid
        tab = self.head.tabs.chosen_key() if same else "form"
        self.draft = draft
        self._storing.warned = set()
        self._keeper.watch(draft, self.body.spot, on_shelf=on_shelf)
        self.card.hide()
        self.comparing.hide()
        self.doubling.begin()
        self.notice.clear()
        self.body.show_draft(draft)
        refused = refusal(self.ctx, draft)
        closed = refused is not None or draft.record.removed_at is not None
        self.body.set_read_only(read_only=closed)
        self.footer.setVisible(not closed)
        if refused is not None:
            self.notice.show_message("hint", refused.say())
        self.footer.show_findings([])
        self.returning.show_draft(draft)
        self._show_head()
        self.show_tab(tab)
        self.carrying.begun(draft)
        self.facts_wanted()
        self.check()
        self.shown.emit(draft.record.uid)

    def shown_anew(self) -> None:
        """The draft on the screen stands upon another version of its record."""
        if self.draft is not None:
            self.body.show_draft(self.draft)
            self._show_head()
            self._keeper.touched()
            self.check()

    def _show_head(self) -> None:
        draft = self.draft
        if draft is None:
            return
        new = draft.base is None
        title = forms.title(self.ctx, draft)
        named = title or (
            tr(f"{self.kind.id} baru", f"New {self.kind.en.lower()}") if new else self.kind.label.say()
        )
        mine = refusal(self.ctx, draft) is None
        self.head.show_record(named, draft, self.ctx.settings.zone, steps=mine)
        self.pages.show_record(draft, may_change=mine)
        self._order_tabs()

    def show_tab(self, key: str) -> None:
        """Bring one of its tabs to the front."""
        self.head.tabs.choose(key)
        self.pages.show_page(key)

    def _taken_over(self, name: str) -> None:
        self._edited("")
        self.show_tab("form")
        self.body.focus_field(name)

    def set_narrow(self, narrow: bool) -> None:
        """The form is the whole page: a back arrow and the pager instead of the cross."""
        self.head.set_narrow(narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window folds the stepper."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        low = self.window().height() < theme.current().px(160)
        self.head.set_low(low)
        self.footer.set_low(low)

    # ---- checking

    def check(self) -> None:
        """Ask the rules about the record as it stands, in a worker; the newest answer counts."""
        self._check_soon.stop()
        if self.draft is not None and not self._storing.busy:
            snapshot = self.draft.at(self.draft.where)
            self._checks.run(lambda _op: forms.check(self.ctx, snapshot), self._checked)

    def _checked(self, checked: forms.Checked) -> None:
        self.body.show_figures(checked.figures)
        self.body.show_findings([*self.returning.findings(), *checked.findings])
        shown = self.body.shown_findings()
        self._storing.warned |= {one.code for one in shown if one.severity == "warning"}
        self.footer.show_findings(shown)

    def facts_wanted(self) -> None:
        """What the form wants to know of other records comes from a worker; then the form looks again."""
        draft = self.draft
        if draft is not None and isinstance(draft.where.lookup, Known):
            self._asker.facts(draft.where.lookup, lambda: self._learnt(draft))

    def _learnt(self, draft: Draft) -> None:
        if draft is not self.draft:
            return
        untouched = not draft.changed()
        if draft.waiting:
            self._check_soon.start()  # what was said of a field may no longer be true once it is filled
        draft.fill_waiting()
        draft.refresh()
        if untouched and not draft.changed():
            draft.opened = draft.snapshot()
        self.body.refresh_others()
        self._show_title()
        self.facts_wanted()

    def _show_title(self) -> None:
        if self.draft is not None:
            title = forms.title(self.ctx, self.draft)
            if title:
                self.head.set_title(title)

    def _edited(self, name: str) -> None:
        self._keeper.touched()
        self.facts_wanted()
        self._check_soon.start()
        if not name or name in self.kind.title:
            self._show_title()

    def _jump_to(self, finding: Finding) -> None:
        self.show_tab("form")
        self.body.focus_field(finding.field, finding.line)

    def is_storing(self) -> bool:
        """Whether a save is under way."""
        return self._storing.busy

    def settled(self, do: Callable[[], object]) -> None:
        """Call `do` when no typed name is being looked up any more."""
        self._asker.when_settled(do)

    def put_aside(self) -> None:
        """Somebody else keeps what is on the screen: on to the next new record, or back to the list."""
        new = self.draft is not None and self.draft.base is None
        self._keeper.put_aside()
        if new and not self._alone:
            self.begin()
        else:
            self._go()

    def keep_now(self) -> None:
        """Write the draft down without waiting for the next pause."""
        self._keeper.keep_now()

    # ---- saving

    def save(self, *, then_new: bool = False) -> None:
        """Check everything and save; errors, and warnings that nobody has seen yet, come first. An open card's step is made."""
        draft = self.draft
        if self.card.isVisible():
            self.card.confirm()
            return
        if draft is None or self._storing.busy or self.footer.isHidden():
            return
        self.body.finish_typing()
        self._wait()
        self._storing.save(draft, then_new=then_new and not self._alone)

    def _wait(self) -> None:
        self._check_soon.stop()
        self._checks.drop()

    def _stopped(self, checked: forms.Checked) -> None:
        self._storing.over()
        if self.draft is not None:
            self.body.show_figures(checked.figures)
            self._show_problems(checked.findings)

    def _show_problems(self, findings: list[Finding]) -> None:
        """Show all findings, and go to the first of those that stop: errors, else warnings that nobody has seen."""
        errors = [one for one in findings if one.severity == "error"]
        stopping = errors or [one for one in findings if one.code not in self._storing.warned]
        self._storing.warned |= {one.code for one in findings if one.severity == "warning"}
        self.body.show_findings(findings)
        self.body.show_all_findings()
        self.footer.show_findings(findings)
        homeless = self.body.homeless(findings)
        if homeless:
            self.notice.show_message(homeless[0].severity, homeless[0].words.say())
        else:
            self.notice.clear()
        placed = [one for one in stopping if one not in homeless]
        if placed:
            self._jump_to(placed[0])
        unread = tr(
            "Belum disimpan: baca peringatannya, lalu simpan lagi", "Not saved: read the warning, save again"
        )
        self.lamp.emit(
            "draft", tr("Konsep saja, ada kesalahan", "Draft only, there are errors") if errors else unread
        )

    def _stored(self, saved: records.Saved, draft: Draft, then_new: bool) -> None:
        self._keeper.saved(draft)
        self.carrying.stored(saved.record)
        now = self.ctx.clock().astimezone(self.ctx.settings.zone)
        if draft is self.draft:
            cursor = self.body.where()
            if then_new:
                self.begin()
            else:
                self._show(Draft.of(self.kind, saved.record, draft.where, draft.new_uid, draft.resolve))
                self.body.set_cursor(cursor)
        self.lamp.emit("saved", f"{tr('Tersimpan', 'Saved')} {now:%H.%M.%S}")
        self.undoable.emit(saved.undo)
        self.saved.emit(saved.uid)
        self._storing.over(stored=True)

    def _refused(self, refused: KnownError) -> None:
        """Nothing was stored: told where it can be put right."""
        self._storing.over()
        found: list[Finding] = getattr(refused, "findings", [])
        if self.draft is not None and is_stale(refused):
            self.comparing.both_changed(self.draft, refused.theirs)  # type: ignore[attr-defined]
        elif self.card.isVisible():
            self.card.refuse(refused.words, found)
        elif self.draft is not None and found and self.body.homeless(found) != found:
            self._show_problems(found)
        else:
            self.notice.show_message("error", refused.words.say())
            self.lamp.emit("failed", tr("Belum tersimpan", "Not saved"))

    def make_step(self, move: Move, asked: Draft, reason: str) -> None:
        """Make a step of the life cycle with what was asked for it."""
        if self.draft is not None and not self._storing.busy:
            self._wait()
            self._storing.move(self.draft, asked, move, reason)

    # ---- leaving

    def leave(self) -> None:
        """Back to the list; what was typed stays as a draft."""
        self.body.finish_typing()
        self._asker.when_settled(self._go)

    def throw_away(self) -> None:
        """A draft that was never a record goes for good, and with it the view."""
        if self.draft is not None:
            self._keeper.saved(self.draft)
            self.draft = None
            self.lamp.emit("saved", tr("Konsep dibuang", "Draft thrown away"))
            self.closed.emit()

    def _go(self) -> None:
        self._leave_old()
        self.draft = None
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _changed_elsewhere(self, changed: Changed) -> None:
        draft = self.draft
        if changed.by is self or draft is None:
            return
        mine = self.kind.name in changed.kinds and changed.uid in (None, draft.record.uid)
        if mine and draft.base is not None and not draft.changed():
            self._reopen(draft.record.uid)
        if isinstance(draft.where.lookup, Known):
            draft.where.lookup.doubt()
            self.facts_wanted()

    def _reopen(self, uid: str) -> None:
        """The same record as it is stored now, the cursor where it is."""
        cursor, focused = self.body.where(), self.body.has_focus()

        def show(ready: Ready) -> None:
            now = self.draft  # as it was: then what was just told about it stays
            if now and now.record.uid == uid and not now.changed() and ready.draft.base != now.base:
                self._show(ready.draft, on_shelf=ready.taken_up)
                if focused:
                    self.body.set_cursor(cursor)

        self._opening.run(lambda _op: asking.open_record(self.ctx, self.kind.name, uid), show, self._refused)

    def make_alone(self) -> None:
        """This one record is wanted on the way to another: no next one follows it, and none is made on the way to it."""
        self._alone, self._asker.makes_new = True, False
        self.footer.save_new_button.hide()

    def showing(self) -> str:
        """The uid of the record that is shown, or nothing."""
        return self.draft.record.uid if self.draft is not None else ""
