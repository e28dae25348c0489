"""The parts around a page: navigation, page header, status bar."""

from desktop_app.ui.frame.entries import NavEntry
from desktop_app.ui.frame.header import PageHeader
from desktop_app.ui.frame.navigation import Rail, Sidebar
from desktop_app.ui.frame.status_bar import StatusBar

__all__ = ["NavEntry", "PageHeader", "Rail", "Sidebar", "StatusBar"]
