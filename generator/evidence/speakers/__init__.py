"""Finds who speaks in the text of a source, by names, labels of transcripts and verbs of saying."""
