"""Publishes policy briefings from YAML fact files; see ARCHITECTURE.md for the map."""

__version__ = "0.1.0"
