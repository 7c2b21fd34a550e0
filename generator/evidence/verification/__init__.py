"""Verifies what a brief says of its sources: quotations, passages, places, speakers, amounts."""
