"""The library over HTTP."""

from fastapi import APIRouter

from lumenhall.domains.library.routes.captions import router as captions
from lumenhall.domains.library.routes.categories import router as categories
from lumenhall.domains.library.routes.moderation import router as moderation
from lumenhall.domains.library.routes.playlists import router as playlists
from lumenhall.domains.library.routes.search import router as search
from lumenhall.domains.library.routes.thumbnails import router as thumbnails
from lumenhall.domains.library.routes.videos import router as videos

router = APIRouter()
router.include_router(categories)
router.include_router(videos)
router.include_router(captions)
router.include_router(thumbnails)
router.include_router(search)
router.include_router(playlists)
router.include_router(moderation)
