"""The window: the only part of Pelita that knows Qt."""
