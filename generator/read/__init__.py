"""YAML text -> located nodes -> typed model: fact files, experts, sources, house style."""
