"""The record kinds: the only place that names them. One folder for a section of the office's work, one module for a kind."""
