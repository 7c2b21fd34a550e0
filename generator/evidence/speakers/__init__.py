"""Finds who speaks in a source, to compare with the person that a brief names."""
