"""Looking after the database: upgrading, checking, backing up, rebuilding what is derived."""
