"""Looking after the data: check, backup, restore."""
