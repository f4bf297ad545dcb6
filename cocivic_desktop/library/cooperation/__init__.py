"""Models of cooperation: what their files hold, and how they are read. Use `library.models`."""
