"""Tests of Pelita; the folders mirror desktop_app."""
