"""One module for each step of the format: `v<number>.upgrade(operations)` leads from the one before to `<number>`."""
