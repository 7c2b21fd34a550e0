"""Published editions: what each said, field by field, and what has changed since."""
