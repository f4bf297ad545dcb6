"""The parts of stage 1."""
