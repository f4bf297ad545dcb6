"""Calendars out and in: ICS, time zones, public holidays. Knows neither Qt nor the database."""
