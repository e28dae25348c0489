"""Slips as a clerk would type them."""

from __future__ import annotations

import re

from desktop_app.core.draft import Draft
from desktop_app.services import records, typed
from desktop_app.services.context import AppContext

REPAIR = {
    "received_at": "20/11/2026 19.30",
    "channel": "whatsapp",
    "category": "lampu padam",
    "points_reported": "2",
    "reporter_name": "Bu Sri",
    "reporter_phone": "0812-3456-7890",
    "street_name": "jl mawar",
    "village_code": "Imopuro",
    "rt": "3",
    "rw": "5",
    "latitude": "-5,1167, 105,3000",
    "coord_source": "GPS",
}


def repair(ctx: AppContext, **changed: str) -> Draft:
    draft = records.new(ctx, "streetlight_repair")
    typed.fill(draft, REPAIR | changed)
    return draft


def crew_draft(ctx: AppContext, **given: str) -> Draft:
    draft = records.new(ctx, "crew")
    typed.fill(draft, {"leader": "Suryanto"} | given)
    return draft


def crew(ctx: AppContext, name: str = "Regu 1") -> str:
    return records.save(ctx, crew_draft(ctx, name=name)).uid


def as_excel_reads(text: object) -> str:
    """Excel's own reading of `_x000D_` in a cell."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), str(text or ""))
