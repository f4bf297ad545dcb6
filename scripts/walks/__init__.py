"""Walks through the window as a person takes them: real widgets, clicks and keys, counted and filmed."""
