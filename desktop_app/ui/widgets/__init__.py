"""The components of the window, one module a family. Pages import from here.

What the first window doesn't show is imported from its own module (`choices`, `stepper`): loading it would delay the first paint.
"""

from desktop_app.ui.widgets.buttons import Button, Chip, IconButton, MenuChip
from desktop_app.ui.widgets.cards import Banner, Card, EmptyState
from desktop_app.ui.widgets.labels import ElidedLabel, Hairline, Label, MessageLine, SectionHeading
from desktop_app.ui.widgets.nav import NavButton, RailButton
from desktop_app.ui.widgets.pill import Pill, paint_pill, paint_shape, pill_height, pill_width
from desktop_app.ui.widgets.quiet_header import QuietHeader
from desktop_app.ui.widgets.search import SearchBox
from desktop_app.ui.widgets.status import Bar, Lamp, Progress
from desktop_app.ui.widgets.tabs import Tab, TabStrip

__all__ = [
    "Banner",
    "Bar",
    "Button",
    "Card",
    "Chip",
    "ElidedLabel",
    "EmptyState",
    "Hairline",
    "IconButton",
    "Label",
    "Lamp",
    "MenuChip",
    "MessageLine",
    "NavButton",
    "Pill",
    "Progress",
    "QuietHeader",
    "RailButton",
    "SearchBox",
    "SectionHeading",
    "Tab",
    "TabStrip",
    "paint_pill",
    "paint_shape",
    "pill_height",
    "pill_width",
]
