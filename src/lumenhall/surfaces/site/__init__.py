"""Serves the built pages from our own origin: precompressed assets, one index for all pages.

Names under `/assets` carry a hash and are cached for a year; everything else is checked
again at each load. An address that no page could have answers 404 instead of the index.
"""

from lumenhall.surfaces.site.pages import Pages

__all__ = ["Pages"]
