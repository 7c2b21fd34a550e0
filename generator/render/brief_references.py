"""Links to other briefs in a finished page: an address of a file in place of `brief:slug#id`.

A PDF is the same wherever it is made again, also without the other briefs, so that there the words stand without a link.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import escape

_LINK = re.compile(r'<a href="brief:([^"]*+)"([^<>]*+)>((?:(?!</a>).)*+)</a>', re.DOTALL)


def with_links(html: str, links: Mapping[str, str], up: str) -> str:
    """The page with the addresses of `links`, by what stands behind `brief:`; `up` leads from its folder to the output folder.

    What has no address keeps its words.
    """

    def replaced(match: re.Match[str]) -> str:
        address, attributes, words = match.groups()
        return f'<a href="{escape(up + links[address])}"{attributes}>{words}</a>' if address in links else words

    return _LINK.sub(replaced, html) if 'href="brief:' in html else html
