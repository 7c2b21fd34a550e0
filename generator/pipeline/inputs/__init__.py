"""Reads what briefs are made of: shared files, sources, tables, pictures, and links between briefs."""
