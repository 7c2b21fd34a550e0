"""Verifies a brief against its sources: quotations, passages, places, speakers, amounts."""
