"""Replaces `brief:slug#id` in a finished page by addresses of files.

A PDF must be the same when it is rebuilt without the other briefs, so its words have no link.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import escape

_LINK = re.compile(r'<a href="brief:([^"]*+)"([^<>]*+)>((?:(?!</a>).)*+)</a>', re.DOTALL)


def with_links(html: str, links: Mapping[str, str], up: str) -> str:
    """Return the page with the addresses of `links`, by the text after `brief:`; `up` is the path from its folder to the output folder.

    A link without an address is replaced by its words.
    """

    def replaced(match: re.Match[str]) -> str:
        address, attributes, words = match.groups()
        return f'<a href="{escape(up + links[address])}"{attributes}>{words}</a>' if address in links else words

    return _LINK.sub(replaced, html) if 'href="brief:' in html else html
