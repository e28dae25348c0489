"""The few things that differ from one database engine to another."""
