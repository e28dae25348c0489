"""Bytes to rows and back: machine CSV, CSV for Excel, XLSX, GeoJSON. No database, no Qt, no record kinds."""
