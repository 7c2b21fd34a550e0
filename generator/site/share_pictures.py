"""The picture for shared links to a brief: title, answer and the strip of its first question.

Open Graph needs its full address, so it is only made for published briefs, and if the house style has the site's address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.render.script_runs import mark_scripts
from generator.render.templating import TemplateFault, render
from generator.site import addresses
from generator.site.site_frame import ACCENT, DEEP, frame, functions, plain_problem, read_entry, site_values

if TYPE_CHECKING:
    from generator.engine import Made, Reads, Rejected


def make_share_picture(reads: Reads, slug: str) -> Made | Rejected:
    """Make `assets/shared/SLUG.png` with the template `share-picture.html.j2`."""
    from generator.engine import Made, Rejected
    from generator.render.share_picture import draw_picture

    around = frame(reads)
    brief = read_entry(reads, slug, "picture")
    colours = around.house.colours
    values = {
        "brief": brief,
        "site": site_values(around),
        "deep": colours.deep or DEEP,
        "accent": colours.accent or ACCENT,
        **{function.name: function for function in functions(around)},
    }
    try:
        html = render(around.folders, values, "share-picture.html.j2")
    except TemplateFault as fault:
        return Rejected([plain_problem(fault.problem(around.root))])
    return Made(outputs={addresses.picture(slug): draw_picture(mark_scripts(html, brief["language"]))})
