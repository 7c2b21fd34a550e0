"""Citations: styles, note text, bibliography, and the import of bibliographies. The only caller of pandoc."""

from generator.cite import bibliographies, importing, styles

CODES = (*styles.CODES, *bibliographies.CODES, *importing.CODES)
