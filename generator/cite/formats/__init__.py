"""Reads the formats of other programs as drafts of CSL entries."""
