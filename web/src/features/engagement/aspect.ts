import type { Video } from "@/api/types";

const WIDEST = 21 / 9;
const NARROWEST = 4 / 5;

/** Width by height of the stage: that of the video, within what a page has room for. */
export function aspectOf(video: Video | undefined): number {
  if (!video?.asset.width || !video.asset.height) return 16 / 9;
  return Math.min(WIDEST, Math.max(NARROWEST, video.asset.width / video.asset.height));
}
