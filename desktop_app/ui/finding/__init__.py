"""The box that looks everywhere, saved views, and one deed for many rows."""
