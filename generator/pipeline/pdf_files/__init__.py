"""Reads PDFs from elsewhere: their attachments, their updates, and kept editions."""
