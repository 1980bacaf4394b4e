import type { Video, VideoCard } from "@/api/types";
import { momentOfWallTime, wallTimeAt } from "@/ui/wallTime";

/** Whom a video is for: everybody, everybody from a moment on, or its owner alone. */
export type Publishing = "now" | "later" | "draft";

const isToCome = (moment: string | null) => moment !== null && Date.parse(moment) > Date.now();

/** When everybody will see the video, if that is still to come. */
export function comesAt({
  published,
  published_at,
}: Pick<VideoCard, "published" | "published_at">) {
  return published && isToCome(published_at) ? published_at : null;
}

/** What the form begins with; `wall` is in the person's own time zone. */
export function publishingOf(video: Video, timeZone: string): { how: Publishing; wall: string } {
  const moment = comesAt(video);
  const wall = moment ? wallTimeAt(new Date(moment), timeZone) : "";
  return { how: moment ? "later" : video.published ? "now" : "draft", wall };
}

/** What is sent: a moment only where it changes something. */
export function publishingChange(
  video: Video,
  how: Publishing,
  wall: string,
  timeZone: string,
): { published: boolean; published_at?: string } {
  if (how === "later") {
    const moment = momentOfWallTime(wall, timeZone);
    return { published: true, ...(moment && { published_at: moment.toISOString() }) };
  }
  if (how === "now" && isToCome(video.published_at)) {
    return { published: true, published_at: new Date().toISOString() };
  }
  return { published: how === "now" };
}
