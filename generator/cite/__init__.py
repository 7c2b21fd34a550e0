"""Citations: styles, note text, bibliography, and the import of bibliographies. The only caller of pandoc."""

from generator.cite.styles import BAD_STYLE, UNKNOWN_STYLE

CODES = (UNKNOWN_STYLE, BAD_STYLE)
