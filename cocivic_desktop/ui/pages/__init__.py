"""Pages of the main window: one per stage, and the places of the navigation."""
