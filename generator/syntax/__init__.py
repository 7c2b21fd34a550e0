"""Parses strings of fact files. The only importer of markdown-it."""
