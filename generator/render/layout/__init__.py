"""Lays out HTML with WeasyPrint, finds faults on its pages, and writes them as one PDF."""
