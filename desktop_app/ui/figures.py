"""Counts as people read them."""

from __future__ import annotations

from desktop_app.core.words import language


def grouped(number: int) -> str:
    """`1284` as `1.284`, in English as `1,284`."""
    english = f"{number:,}"
    return english if language() == "en" else english.replace(",", ".")
