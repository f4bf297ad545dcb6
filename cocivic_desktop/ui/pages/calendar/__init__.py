"""Parts of the calendar page."""
