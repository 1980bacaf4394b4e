"""Serves the built pages from our own origin: precompressed assets, one index for all pages.

Names under `/assets` carry a hash and are cached for a year; everything else is checked
again at each load. An address that no page could have answers 404 instead of the index.
The page of a video carries a preview of it for those who may see it.
"""

from lumenhall.surfaces.site.pages import Pages
from lumenhall.surfaces.site.previews import Previews

__all__ = ["Pages", "Previews"]
