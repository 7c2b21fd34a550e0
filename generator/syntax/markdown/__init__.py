"""Parses Markdown prose, and reports what would not be printed. The only importer of markdown-it."""
