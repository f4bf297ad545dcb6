"""Texts and data files of the application, read once and handed out as frozen dataclasses."""
