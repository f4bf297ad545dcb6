"""The parts of stage 2."""
