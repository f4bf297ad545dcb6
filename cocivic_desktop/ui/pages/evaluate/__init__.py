"""The parts of the evaluation page, one file each."""
