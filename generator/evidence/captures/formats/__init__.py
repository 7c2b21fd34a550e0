"""Readers for each kind of document, from bytes in memory."""
