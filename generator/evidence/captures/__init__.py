"""Captures: how the text of a document is read, and how captured texts are stored."""
