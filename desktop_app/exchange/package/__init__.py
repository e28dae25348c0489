"""The package as a file: written, sealed, signed, guarded, read. No database and no window (docs/exchange.md)."""
