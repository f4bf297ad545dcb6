"""Benchmarks: `python -m tests.benchmarks` (or `make bench`). They are measured, not collected as tests."""
