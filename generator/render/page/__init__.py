"""Converts a brief to views: frozen records that templates print."""

from generator.render.page.assemble import build_page
from generator.render.page.page_views import Page

__all__ = ["Page", "build_page"]
