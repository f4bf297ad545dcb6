"""Tables out and in: CSV and XLSX. Knows neither Qt nor the database."""
