"""Rules over plain data: no screen, no database, no clock but a `today` passed in. They return codes, not words."""
