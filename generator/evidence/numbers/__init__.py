"""Compares the numbers of a brief with the sources that are cited for them."""
