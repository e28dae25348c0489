"""Counts as people read them."""

from desktop_app.core.show import number as grouped

__all__ = ["grouped"]
