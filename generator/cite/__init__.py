"""Formats citations and imports bibliographies. The only caller of pandoc."""
