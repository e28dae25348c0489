"""The help: pages derived from the declarations, how-tos written by hand (`resources/help`), and one search over both; no Qt.

Imported when somebody asks for help, never at the start. `book.Book` is the door.
"""
