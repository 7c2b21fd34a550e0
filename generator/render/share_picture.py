"""Draws a page of 1200 x 630 pixels as a PNG: the picture of a shared link to a brief.

The PDF engine lays out the page, because it has fonts for every script, and the reader of captured PDFs draws it. The same
page gives the same bytes.
"""

from __future__ import annotations

from io import BytesIO

from weasyprint import CSS, HTML

from generator.render.layout import layout_assets
from generator.render.layout.layout_assets import ASSETS, Fetcher
from generator.render.script_runs import scripts_used
from generator.render.style_sheets import script_css

WIDTH, HEIGHT = 1200, 630
"""Size in pixels that Open Graph recommends (ogp.me)."""
_COLOURS = 64
"""Number of colours. A flat picture with smooth letters has few more, and is a third as large with a palette."""
_PIXEL = 72 / 96
"""A CSS pixel in points."""


def draw_picture(html: str) -> bytes:
    """Return the first page of `html`, which contains its style sheet and refers to no other file."""
    from PIL import Image
    from pypdfium2 import PdfDocument

    layout_assets.load_scripts(scripts_used(html))
    config = layout_assets.font_config()
    sheet = CSS(
        string=f"@page {{ size: {WIDTH}px {HEIGHT}px; margin: 0 }}\n{script_css(screen=False)}", font_config=config
    )
    page = HTML(string=html, base_url=ASSETS, url_fetcher=Fetcher({}), media_type="print")
    pdf = PdfDocument(page.render(font_config=config, stylesheets=[sheet]).write_pdf())
    try:
        image = pdf[0].render(scale=1 / _PIXEL).to_pil().convert("RGB")
    finally:
        pdf.close()
    out = BytesIO()
    image.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
