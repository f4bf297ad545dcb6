"""A changed school calendar in four steps: what changed, what it hits, new dates, telling people."""
