"""Who speaks in the text of a source: names, labels of transcripts, verbs of saying."""
