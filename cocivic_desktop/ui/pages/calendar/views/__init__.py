"""The views of the calendar: a school year, a month, a week and a list, with what is done in them by mouse and keys."""
