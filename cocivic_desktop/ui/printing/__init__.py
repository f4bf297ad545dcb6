"""Printing and PDF by Qt's own means, for handing over where no word processor is at hand."""
