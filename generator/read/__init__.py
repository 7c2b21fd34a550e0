"""Reads YAML text into located nodes and typed records: fact files, experts, sources, house style."""
