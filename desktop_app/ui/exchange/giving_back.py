"""Giving a record back to its office: asked in a dialog, done in a worker. The form's menu and the review page both do it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.core.errors import KnownError
from desktop_app.services.context import AppContext
from desktop_app.ui.ops import Changed, Ops


def ask(
    ctx: AppContext,
    ops: Ops,
    owner: QWidget,
    record: tuple[str, str, str],
    field: str,
    done: Callable[[], object],
    refused: Callable[[KnownError], object],
) -> None:
    """Ask for field (`field` is proposed) and reason, and give the record back. `record`: kind, uid and what it is called."""
    from desktop_app.ui.dialogs.give_back import GiveBackDialog, fields_of

    kind, uid, title = record

    def work(name: str, reason: str) -> None:
        from desktop_app.services import reviews

        reviews.give_back(ctx, kind, uid, name, reason)

    def give(name: str, reason: str) -> None:
        ops.run(
            lambda _op: work(name, reason),
            lane="write",
            owner=owner,
            done=lambda _: done(),
            failed=refused,
            changes=Changed(frozenset({kind}), uid),
        )

    dialog = GiveBackDialog(title, fields_of(ctx.registry[kind]), field, owner.window())
    dialog.given.connect(give)
    dialog.open()
