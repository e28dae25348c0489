"""The hands of a clerk, measured: slips typed key by key as they are written out in tests/data/slips."""
