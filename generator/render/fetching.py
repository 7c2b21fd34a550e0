"""URL fetcher that allows only the given assets and the fonts.

It opens no file of this machine and no network address.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

from generator.render.fonts import SCHEME, font_bytes

ASSETS = "https://assets.invalid/"
"""The base address of a page: `<img src="chart.png">` asks for `https://assets.invalid/chart.png`.

Relative addresses are only joined to schemes that Python knows; the domain is one that never exists (RFC 2606)."""
_TYPES = mimetypes.MimeTypes()
"""Python's own types, because those of the machine differ between machines."""


class RefusedError(ValueError):
    """A page asked for a file that is not among its assets."""


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves `assets` by their names and fonts by their file names; refuses everything else.

    WeasyPrint asks only a subclass of `URLFetcher` for every resource. The base class's way of opening addresses
    is never used, because both of its methods are overridden here.
    """

    def __init__(self, assets: Mapping[str, bytes], types: Mapping[str, str] | None = None) -> None:
        super().__init__(allowed_protocols=())
        self._assets = dict(assets)
        self._types = dict(types or {})

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the response for `url`. Raises RefusedError, which WeasyPrint logs."""
        if url.startswith(SCHEME):
            return self._font(url)
        name = unquote(url.removeprefix(ASSETS))
        if not url.startswith(ASSETS) or name not in self._assets:
            raise RefusedError("it is not among the page's assets")
        kind = self._types.get(name) or _TYPES.guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, self._assets[name], {"Content-Type": kind})

    def open(self, url: object, data: object = None, timeout: object = None) -> URLFetcherResponse:
        return self.fetch(getattr(url, "full_url", str(url)))

    def _font(self, url: str) -> URLFetcherResponse:
        try:
            return URLFetcherResponse(url, font_bytes(unquote(url.removeprefix(SCHEME))), {"Content-Type": "font/ttf"})
        except KeyError:
            raise RefusedError("no font package has this file") from None
