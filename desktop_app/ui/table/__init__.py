"""The list: rows by ids, pages in a worker, a view that paints everything itself."""
