"""Making another office responsible for records: asked in a dialog, done in a worker. The form's menu and a list's selection both do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words
from desktop_app.services.context import AppContext
from desktop_app.ui.ops import Changed, Op, Ops

AT_ONCE = 5_000
"""A village's register and more."""
DOING = Words("Memindahkan tanggung jawab", "Moving records to another office")


def ask(
    ctx: AppContext,
    ops: Ops,
    owner: QWidget,
    records: tuple[str, Sequence[str], str],
    done: Callable[[Words], object],
    refused: Callable[[KnownError], object],
    *,
    adopts: bool = False,
    watch: Callable[[Op, Words], object] | None = None,
) -> None:
    """Ask for the office and the reason, and make it responsible. `records`: their kind, their uids, and what they are called.

    `adopts`: headquarters itself is proposed. `done` is told what happened; `watch` is given the work, should it take long.
    """
    from desktop_app.services import responsibility
    from desktop_app.ui.dialogs.responsible import ResponsibleDialog

    kind, uids, title = records
    only = uids[0] if len(uids) == 1 else None

    def give(code: str, reason: str) -> None:
        op = ops.run(
            lambda op: responsibility.give(ctx, kind, uids, code, reason, op),
            lane="write",
            owner=owner,
            done=lambda given: done(given.words),
            failed=refused,
            changes=Changed(frozenset({kind}), only),
        )
        if watch is not None:
            watch(op, DOING)

    proposed = responsibility.headquarters(ctx) if adopts else None
    dialog = ResponsibleDialog(
        ops, lambda text: responsibility.offices(ctx, text), title, proposed, owner.window()
    )
    dialog.given.connect(give)
    dialog.open()
