"""One record on the screen: head, form, foot; saving, moving on in its life cycle, and keeping what is typed.

It stands beside the list, or is the whole page in a narrow window. Everything that touches the store goes through `ops`.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.core import fields as f
from desktop_app.core.draft import Draft
from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Value
from desktop_app.core.rules import Finding
from desktop_app.core.spec import Kind, Move
from desktop_app.core.words import tr
from desktop_app.services import drafts, forms, records, references
from desktop_app.services.context import AppContext
from desktop_app.ui.form.body import FormBody
from desktop_app.ui.form.editors import LineEditor
from desktop_app.ui.form.footer import FormFooter
from desktop_app.ui.form.head import RecordHead, steps_of
from desktop_app.ui.form.moving import MoveCard
from desktop_app.ui.form.picking import Pick
from desktop_app.ui.form.tabs import HistoryTab, RelatedTab
from desktop_app.ui.ops import Changed, Latest, Ops
from desktop_app.ui.widgets.labels import Hairline, MessageLine
from desktop_app.ui.widgets.tabs import Tab

KEEP_AFTER_MS = 400  # a keystroke is in the draft well within a second
LOW = 640


class RecordView(QWidget):
    """Opens, shows and saves records of one kind.

    `lamp` tells the state of the saved lamp and its words; `undoable` carries what the status bar can undo;
    `open_other` asks for another record to be shown (a link in a message, a child).
    """

    closed = Signal()
    stepped = Signal(int)
    saved = Signal(str)  # uid
    removed = Signal(str)
    lamp = Signal(str, str)
    undoable = Signal(object)
    open_other = Signal(str, str)
    ask_remove = Signal(str, str)  # kind, uid: the owner asks for the reason

    def __init__(self, ctx: AppContext, ops: Ops, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.ops, self.kind = ctx, ops, kind
        self.draft: Draft | None = None
        self._busy = False
        self._warned: set[str] = set()
        self._findings: list[Finding] = []
        self._checks = Latest(ops, "quick", self)
        self._looks = Latest(ops, "quick", self)
        self._opening = Latest(ops, "quick", self)
        self._keep = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._keep.timeout.connect(self.keep_now)
        self.head = RecordHead(kind)
        self.card = MoveCard()
        self.notice = MessageLine()
        self.notice.setObjectName("record_notice")
        self.body = FormBody(kind, self._look_up, self._cell_look_up)
        self.footer = FormFooter()
        self.history = HistoryTab(ctx, ops, kind)
        self.related = RelatedTab(ctx, ops, kind)
        self.pages = QStackedWidget()
        for page in (self.body, self.history, self.related):
            self.pages.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for widget in (self.head, Hairline(), self.notice, self.card, self.pages, Hairline(), self.footer):
            box.addWidget(widget, 1 if widget is self.pages else 0)
        self._connect()

    def _connect(self) -> None:
        self.head.closed.connect(self.leave)
        self.head.stepped.connect(self.stepped)
        self.head.moved.connect(self._begin_move)
        self.head.tab_chosen.connect(self._show_tab)
        self.head.duplicated.connect(self._duplicate)
        self.head.removed.connect(lambda: self.draft and self.draft.base and self.ask_remove.emit(self.kind.name, self.draft.record.uid))
        self.head.recovered.connect(self._recover)
        self.body.edited.connect(self._edited)
        self.body.left.connect(lambda _name: self.check())
        self.body.jump.connect(lambda see: self.open_other.emit(*see))
        self.body.last_entered.connect(self.footer.save_button.setFocus)
        self.card.edited.connect(self._edited)
        self.card.confirmed.connect(self._make_move)
        self.card.cancelled.connect(self._cancel_move)
        self.footer.jump.connect(lambda finding: self.body.focus_field(finding.field, finding.line))
        self.footer.save.connect(self.save)
        self.footer.save_and_new.connect(lambda: self.save(then_new=True))
        self.related.open_other.connect(self.open_other)
        self.ops.changed.connect(self._changed_elsewhere)

    # ---- showing records

    def begin(self, given: Mapping[str, Value] | None = None) -> None:
        """A new record, with the cursor in its first field."""
        self.keep_now()
        self._show(records.new(self.ctx, self.kind.name, dict(given or {})))
        self.body.focus_first()

    def open(self, uid: str, field: str = "") -> None:
        """A stored record; what was typed into it and not saved is still there."""
        self.keep_now()
        self._opening.run(lambda _op: records.open_draft(self.ctx, self.kind.name, uid), lambda draft: self._opened(draft, field), self._refused)

    def take_up(self, draft: Draft, field: str = "") -> None:
        """A draft of an earlier hour, with the cursor where it was."""
        self._opened(draft, field)

    def _opened(self, draft: Draft, field: str) -> None:
        self._show(draft)
        if draft.changed():
            self.lamp.emit("draft", tr("Konsep, belum disimpan", "Draft, not saved yet"))
            self.check()
        if field:
            self.body.focus_field(field)

    def _show(self, draft: Draft) -> None:
        self.draft = draft
        self._warned, self._findings = set(), []
        self.card.hide()
        self.notice.clear()
        self._show_tab("form")
        self.body.show_draft(draft)
        self.body.set_read_only(draft.record.removed_at is not None)
        self.footer.setVisible(draft.record.removed_at is None)
        self.footer.show_findings([])
        self._show_head()
        self.check()

    def _show_head(self) -> None:
        draft = self.draft
        if draft is None:
            return
        record, settings = draft.record, self.ctx.settings
        steps = steps_of(self.kind, record, settings.zone, draft.where.today.year)
        title = forms.title(self.ctx, draft) or tr(f"{self.kind.id} baru", f"New {self.kind.en.lower()}")
        self.head.show_record(title, record, steps)
        tabs = [Tab("form", tr("Isian", "Form"))]
        if draft.base is not None:
            tabs += [Tab("history", tr("Riwayat", "History")), Tab("related", tr("Terkait", "Related"))]
        self.head.set_tabs(tabs)
        self.head.set_low(self.window().height() < LOW)

    def _show_tab(self, key: str) -> None:
        if self.draft is None:
            return
        pages: dict[str, QWidget] = {"form": self.body, "history": self.history, "related": self.related}
        self.pages.setCurrentWidget(pages[key])
        if key == "history":
            self.history.show_record(self.draft.record.uid)
        elif key == "related":
            self.related.show_record(self.draft.record.uid)

    def set_narrow(self, narrow: bool) -> None:
        """The form is the whole page."""
        self.head.set_narrow(narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window folds the stepper."""
        super().resizeEvent(event)
        low = self.window().height() < LOW
        self.head.set_low(low)
        self.footer.set_low(low)

    # ---- looking things up

    def _look_up(self, field: f.Reference, text: str, editor: LineEditor) -> None:
        if self.draft is not None:
            self._ask(field, text, editor, self.draft.among(field))

    _cell_look_up = _look_up

    def _ask(self, field: f.Reference, text: str, editor: LineEditor, among: Mapping[str, Value]) -> None:
        def show(found: list[references.Candidate]) -> None:
            editor.offer([Pick(one.uid, one.title, one.subtitle, one.code) for one in found])

        self._looks.run(lambda _op: references.candidates(self.ctx, field, text, among), show)

    def check(self) -> None:
        """Ask the rules about the record as it stands, in a worker; the newest answer counts."""
        if self.draft is not None:
            snapshot = self.draft.at(self.draft.where)
            self._checks.run(lambda _op: forms.check(self.ctx, snapshot), self._checked)

    def _checked(self, checked: forms.Checked) -> None:
        self._findings = checked.findings
        for name, text in checked.figures.items():
            self.body.show_figure(name, text)
        self.body.show_findings(checked.findings)
        shown = self.body.shown_findings()
        self._warned |= {finding.code for finding in shown if finding.severity == "warning"}
        self.footer.show_findings(shown)

    # ---- keeping what is typed

    def _edited(self, _name: str) -> None:
        self.lamp.emit("saving", tr("Menyimpan konsep…", "Keeping the draft…"))
        self._keep.start()

    def keep_now(self) -> None:
        """Write the draft down, if there is anything in it that is not stored."""
        self._keep.stop()
        draft = self.draft
        if draft is None or draft.record.removed_at is not None:
            return
        if draft.changed():
            drafts.keep(self.ctx, draft, self.body.focused_field())
            self.lamp.emit("draft", tr("Konsep tersimpan", "Draft kept"))

    # ---- saving

    def save(self, *, then_new: bool = False) -> None:
        """Check everything and save; errors and unseen warnings come first."""
        draft = self.draft
        if draft is None or self._busy:
            return
        focus = self.focusWidget()
        if isinstance(focus, LineEditor):
            focus.left.emit()
        self._busy = True
        snapshot = draft.at(draft.where)
        self._checks.drop()
        self.ops.run(lambda _op: forms.check(self.ctx, snapshot), lane="quick", owner=self, done=lambda checked: self._save_checked(checked, then_new), failed=self._refused)

    def _save_checked(self, checked: forms.Checked, then_new: bool) -> None:
        self._busy = False
        self._findings = checked.findings
        unseen = [finding for finding in checked.findings if finding.severity == "warning" and finding.code not in self._warned]
        errors = [finding for finding in checked.findings if finding.severity == "error"]
        self.body.show_findings(checked.findings)
        self.body.show_all_findings()
        self.footer.show_findings(checked.findings)
        self._warned |= {finding.code for finding in checked.findings if finding.severity == "warning"}
        first = (errors or unseen)[:1]
        if first:
            self.body.focus_field(first[0].field, first[0].line)
            if errors:
                self.lamp.emit("draft", tr("Konsep saja, ada kesalahan", "Draft only, there are errors"))
            return
        self._store(then_new)

    def _store(self, then_new: bool) -> None:
        draft = self.draft
        if draft is None:
            return
        self._busy = True
        self._keep.stop()
        uid = draft.record.uid
        snapshot = draft.at(draft.where)
        self.ops.run(
            lambda _op: records.save(self.ctx, snapshot),
            lane="write",
            owner=self,
            done=lambda saved: self._stored(saved, draft, then_new),
            failed=self._not_stored,
            changes=Changed(frozenset({self.kind.name}), uid, by=self),
        )

    def _stored(self, saved: records.Saved, draft: Draft, then_new: bool) -> None:
        self._busy = False
        drafts.drop(self.ctx, draft)
        self.lamp.emit("saved", tr("Tersimpan", "Saved") + self.ctx.clock().astimezone(self.ctx.settings.zone).strftime(" %H.%M.%S"))
        self.undoable.emit(saved.undo)
        self.draft = None
        self.saved.emit(saved.uid)
        if then_new:
            self.begin()
        else:
            self.open(saved.uid)

    def _not_stored(self, refused: KnownError) -> None:
        self._busy = False
        theirs = getattr(refused, "theirs", None)
        if theirs is not None and self.draft is not None:
            both = self.draft.rebase(theirs)
            self.body.show_draft(self.draft)
            self.check()
            labels = ", ".join(self.kind.by_name[name].label.say() for name in both)
            more = tr(f" Periksa: {labels}.", f" Look at: {labels}.") if both else ""
            words = tr(
                "Catatan ini baru diubah orang lain; isian Anda dipasang di atas versi terbaru. Simpan sekali lagi.",
                "Somebody else has just changed this record; your entries were put on the newest version. Save once more.",
            )
            self.notice.show_message("warning", words + more)
            return
        self._refused(refused)

    def _refused(self, refused: KnownError) -> None:
        self._busy = False
        self.notice.show_message("error", refused.words.say())
        self.lamp.emit("failed", tr("Belum tersimpan", "Not saved"))

    # ---- the life cycle

    def _begin_move(self, move: Move) -> None:
        if self.draft is None or self._busy:
            return
        self.notice.clear()
        if move.asks or move.reason:
            self.card.ask(move, self.draft, self._look_up)
        else:
            self._make_move(move, "")

    def _cancel_move(self) -> None:
        self.card.hide()
        self.body.refresh()
        self.body.focus_first()

    def _make_move(self, move: Move, reason: str) -> None:
        draft = self.draft
        if draft is None or self._busy:
            return
        self._busy = True
        snapshot = draft.at(draft.where)
        self.ops.run(
            lambda _op: forms.save_and_move(self.ctx, snapshot, move.name, reason),
            lane="write",
            owner=self,
            done=lambda saved: self._stored(saved, draft, then_new=False),
            failed=self._move_refused,
            changes=Changed(frozenset({self.kind.name}), draft.record.uid, by=self),
        )

    def _move_refused(self, refused: KnownError) -> None:
        self._busy = False
        found: list[Finding] = getattr(refused, "findings", [])
        if self.card.isVisible():
            self.card.refuse(refused.words, found)
        else:
            self.notice.show_message("error", refused.words.say())
        if found and not self.card.isVisible():
            self.body.show_findings(found)
            self.body.show_all_findings()
            self.footer.show_findings(found)
            self.body.focus_field(found[0].field, found[0].line)

    def _duplicate(self) -> None:
        draft = self.draft
        if draft is not None:
            given = {field.name: draft.value(field.name) for field in self.kind.stored_fields if not field.hidden and not field.unique}
            self.begin({name: value for name, value in given.items() if value is not None})

    def _recover(self) -> None:
        draft = self.draft
        if draft is not None:
            self.ops.run(
                lambda _op: records.recover(self.ctx, self.kind.name, draft.record.uid),
                lane="write",
                owner=self,
                done=lambda _: self.open(draft.record.uid),
                failed=self._refused,
                changes=Changed(frozenset({self.kind.name}), draft.record.uid, by=self),
            )

    # ---- leaving

    def leave(self) -> None:
        """Back to the list; what was typed stays as a draft."""
        self.keep_now()
        self.draft = None
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _changed_elsewhere(self, changed: Changed) -> None:
        if changed.by is self or self.draft is None or self.kind.name not in changed.kinds:
            return
        if changed.uid in (None, self.draft.record.uid) and self.draft.base is not None and not self.draft.changed():
            self.open(self.draft.record.uid)

    def showing(self) -> str:
        """The uid of the record that is shown, or nothing."""
        return self.draft.record.uid if self.draft is not None else ""


