"""Extracts of briefs, from which the pages around them are made."""
