"""The parts of the hours page, one file each."""
