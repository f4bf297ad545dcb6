"""Documents that leave the application: DOCX. Knows neither the screen nor the database."""
