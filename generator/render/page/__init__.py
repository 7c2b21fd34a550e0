"""From a brief to what its page says: frozen records that templates print without deciding anything."""

from generator.render.page.assemble import build_page
from generator.render.page.views import Page

__all__ = ["Page", "build_page"]
