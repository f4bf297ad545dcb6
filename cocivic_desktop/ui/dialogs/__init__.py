"""Dialogs, for decisions only."""
