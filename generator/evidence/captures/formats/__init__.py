"""Reads the text of each kind of document, from bytes in memory: PDF, DOCX, HTML, MHTML, and what pandoc converts."""
