"""The parts of the agreement page, one file each."""
