"""What a course says of an asset: columns that follow it, in the words of Cloudflare Stream."""

from lumenhall.domains.courses.models import Course, CourseVideo, CourseVideoStatus
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.media.provider import provider_of, uid_of

# An upload that is not there yet waits like one that is.
STATUS = {
    AssetStatus.PENDING_UPLOAD: CourseVideoStatus.QUEUED,
    AssetStatus.QUEUED: CourseVideoStatus.QUEUED,
    AssetStatus.IN_PROGRESS: CourseVideoStatus.IN_PROGRESS,
    AssetStatus.READY: CourseVideoStatus.READY,
    AssetStatus.ERROR: CourseVideoStatus.ERROR,
}


def progress_of(asset: Asset) -> int:
    """Return how far processing is in percent; 100 means ready."""
    return 100 if asset.status is AssetStatus.READY else asset.processing_progress


def mirror(video: CourseVideo, asset: Asset) -> None:
    """Give the video of a lesson what its asset says now."""
    lasting = provider_of(asset).lasting_addresses(asset)
    video.status = STATUS[asset.status]
    video.processing_progress = progress_of(asset)
    video.duration = asset.duration_seconds
    video.error_message = asset.error_message
    video.thumbnail_url = lasting.thumbnail_url
    video.playback_hls_url, video.playback_dash_url = lasting.hls_url, lasting.dash_url
    video.meta = {"width": asset.width, "height": asset.height, **asset.meta}


def mirror_preview(course: Course, asset: Asset | None) -> None:
    """Give the preview columns of a course what its asset says now."""
    lasting = provider_of(asset).lasting_addresses(asset) if asset else None
    course.preview_video_id = uid_of(asset) if asset else None
    course.preview_video_url = lasting.hls_url if lasting else None
    course.preview_video_thumbnail = lasting.thumbnail_url if lasting else None
    course.preview_video_duration = asset.duration_seconds if asset else None
