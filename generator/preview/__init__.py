"""Preview while writing: a build process, a file watcher and a local web server.

`docs/preview.md` describes how they work together.
"""
