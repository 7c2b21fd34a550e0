"""Renders the model as HTML and PDF. The only importer of Jinja2 and WeasyPrint."""
