"""Publishes policy briefings from YAML fact files; see ARCHITECTURE.md."""

__version__ = "0.1.0"
