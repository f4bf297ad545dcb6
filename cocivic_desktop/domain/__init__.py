"""Plain data and rules. Standard library only; knows no screen, no database and no clock."""
