"""Published editions: their content by field, and what has changed since."""
