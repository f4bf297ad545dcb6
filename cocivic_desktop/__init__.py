"""Co-Civic Desktop: guides a civil society organisation through a partnership with a vocational school."""

__version__ = "0.1.0"
