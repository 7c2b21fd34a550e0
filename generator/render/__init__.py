"""From the model to HTML and from HTML to PDF. The only importers of Jinja2 and WeasyPrint."""
