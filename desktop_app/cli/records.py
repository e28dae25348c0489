"""Commands on records: list, add, edit, move, remove, recover, history, kinds."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from desktop_app.cli.adding import Commands, command, pair, pairs, settable
from desktop_app.cli.output import note, say, say_json, table
from desktop_app.core.draft import Draft
from desktop_app.core.errors import KnownError, UsageError
from desktop_app.core.words import Words, tr
from desktop_app.records.registry import REGISTRY
from desktop_app.services import answers, history, lists, manual, records, typed
from desktop_app.services.context import AppContext

_PAGE = 50


def add_to(commands: Commands) -> None:
    """Announce the commands."""
    made = command(commands, "kinds", _kinds, tr("jenis data yang ada", "the record kinds"), alone=True)
    how = made.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true")
    how.add_argument(
        "--markdown", action="store_true", help=tr("halaman docs/records.md", "the page docs/records.md")
    )

    made = command(commands, "list", _list, tr("daftar data", "list records"))
    made.add_argument("kind", metavar="KIND")
    made.add_argument("--search", default="", metavar="TEXT")
    made.add_argument("--where", type=pair, action="append", metavar="FIELD=VALUE")
    made.add_argument("--sort", default="", metavar="FIELD")
    made.add_argument("--limit", type=int, metavar="N")
    made.add_argument("--removed", action="store_true", help=tr("yang dihapus saja", "removed ones only"))
    made.add_argument("--format", choices=("table", "csv", "json"), default="table")

    made = command(
        commands, "add", _add, tr("catat satu data; mencetak ID-nya", "add one record; prints its uid")
    )
    made.add_argument("kind", metavar="KIND")
    how = made.add_mutually_exclusive_group(required=True)
    how.add_argument("--set", dest="given", type=pair, action="append", metavar="FIELD=VALUE")
    how.add_argument(
        "--json",
        dest="file",
        metavar="FILE|-",
        help=tr("objek JSON; - = masukan baku", "a JSON object; - is standard input"),
    )

    made = _on_record(commands, "edit", _edit, tr("ubah isian", "change fields"))
    settable(made, required=True)

    made = _on_record(
        commands, "move", _move, tr("jalankan satu langkah status", "make a move along the life cycle")
    )
    made.add_argument("move", metavar="MOVE")
    settable(made)
    made.add_argument("--reason", default="", metavar="TEXT")

    made = _on_record(
        commands, "remove", _remove, tr("hapus (dapat dipulihkan)", "remove (can be recovered)")
    )
    made.add_argument("--reason", required=True, metavar="TEXT")
    _on_record(commands, "recover", _recover, tr("pulihkan yang dihapus", "recover a removed record"))
    made = _on_record(commands, "history", _history, tr("riwayat satu data", "the history of a record"))
    made.add_argument("--json", action="store_true")


def _on_record(commands: Commands, name: str, run: Any, help_: str) -> argparse.ArgumentParser:
    made = command(commands, name, run, help_)
    made.add_argument("kind", metavar="KIND")
    made.add_argument("uid", metavar="UID")
    return made


def _kinds(args: argparse.Namespace, _folder: Path) -> None:
    if args.json:
        say_json(answers.kinds(REGISTRY))
    elif args.markdown:
        print(manual.page(REGISTRY), end="")
    else:
        table(
            [tr("Jenis", "Kind"), tr("Bagian", "Section"), tr("Nama", "Name")],
            [(kind.name, kind.section, kind.label.say()) for kind in REGISTRY],
        )


def _list(args: argparse.Namespace, ctx: AppContext) -> None:
    if args.limit is not None and args.limit < 0:
        raise UsageError(Words("--limit tidak boleh negatif.", "--limit can't be negative."))
    query = answers.query(
        ctx, args.kind, search=args.search, where=pairs(args.where), sort=args.sort, removed=args.removed
    )
    kind = ctx.kind(args.kind)
    if args.format == "json":
        say_json(answers.as_json(kind, answers.found(ctx, query, args.limit)))
    elif args.format == "csv":
        sys.stdout.flush()
        for line in answers.as_csv(kind, answers.found(ctx, query, args.limit)):
            sys.stdout.buffer.write(line.encode())
    else:
        source = lists.Source(ctx)
        rows = source.first_page(query, _PAGE if args.limit is None else args.limit)
        headings = [(column.heading or lists.label(kind, column.field)).say() for column in kind.columns]
        table(["ID", *headings], [(row.uid, *(cell.text for cell in row.cells)) for row in rows])
        count = source.count(query)
        note(Words(f"{len(rows)} dari {count}", f"{len(rows)} of {count}"))


def _add(args: argparse.Namespace, ctx: AppContext) -> None:
    draft = records.new(ctx, args.kind)
    typed.fill(draft, _read_json(args.file) if args.file else dict(pairs(args.given)))
    _save(ctx, draft)


def _read_json(name: str) -> dict[str, Any]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8-sig")
        given = json.loads(text)
    except (OSError, ValueError) as wrong:
        raise KnownError(
            Words(f"{name} tidak bisa dibaca sebagai JSON.", f"{name} can't be read as JSON.")
        ) from wrong
    if not isinstance(given, dict):
        raise KnownError(Words(f"{name}: harus satu objek JSON.", f"{name}: it must be one JSON object."))
    return given


def _edit(args: argparse.Namespace, ctx: AppContext) -> None:
    draft = records.open_draft(ctx, args.kind, args.uid)
    typed.type_all(draft, dict(pairs(args.given)))
    _save(ctx, draft)


def _save(ctx: AppContext, draft: Draft) -> None:
    for finding in draft.findings():
        if finding.severity == "warning":
            note(Words(f"Peringatan: {finding.words.id}", f"Warning: {finding.words.en}"))
    say(records.save(ctx, draft).uid)


def _move(args: argparse.Namespace, ctx: AppContext) -> None:
    draft = records.open_draft(ctx, args.kind, args.uid)
    typed.type_all(draft, dict(pairs(args.given)))
    say(records.move_draft(ctx, draft, args.move, args.reason).record.status or "")


def _remove(args: argparse.Namespace, ctx: AppContext) -> None:
    say(records.remove(ctx, args.kind, args.uid, args.reason).uid)


def _recover(args: argparse.Namespace, ctx: AppContext) -> None:
    say(records.recover(ctx, args.kind, args.uid).uid)


def _history(args: argparse.Namespace, ctx: AppContext) -> None:
    records.open_draft(ctx, args.kind, args.uid)
    if args.json:
        say_json(history.as_json(history.changes(ctx, args.kind, args.uid)))
        return
    for event in history.history(ctx, args.kind, args.uid):
        reason = f" ({event.reason})" if event.reason else ""
        say(f"{event.at:%d/%m/%Y %H.%M}  {event.by}  {event.words.say()}{reason}")
        for detail in event.details:
            empty = tr("(kosong)", "(empty)")
            say(f"    {detail.label.say()}: {detail.before or empty} → {detail.after or empty}")
