"""The help window: beside the main window, to be read while typing. Imported when help is first asked for."""
