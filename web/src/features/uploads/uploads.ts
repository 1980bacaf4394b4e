import { useSyncExternalStore } from "react";
import { ApiError } from "@/api/client";
import type { Site } from "@/api/types";
import { deleteVideo } from "@/features/library/queries";
import { titleFromFilename } from "@/ui/format";
import { createVideo } from "./queries";
import { UploadQueue } from "./queue";
import { sendByTus } from "./tus";

type Limits = Pick<Site, "max_file_size_bytes" | "accepted_formats">;
let limits: Limits | null = null;

export function setLimits(site: Limits): void {
  limits = site;
}

/** What is certain to be refused is refused at once; what a file really is, the server finds out. */
function check(file: File): ApiError | null {
  if (!limits) return null;
  const { max_file_size_bytes, accepted_formats } = limits;
  const extension = file.name.split(".").at(-1)?.toLowerCase() ?? "";
  if (!file.type.startsWith("video/") && !accepted_formats.includes(extension)) {
    return new ApiError(415, { code: "unsupported_format", accepted_formats });
  }
  if (file.size === 0) return new ApiError(422, { code: "empty_file" });
  if (file.size > max_file_size_bytes) {
    return new ApiError(413, { code: "file_too_large", max_file_size_bytes });
  }
  return null;
}

/** All uploads of this page; they go on while one moves between pages. */
export const uploads = new UploadQueue({
  create: async (file, title) => {
    const { video, upload } = await createVideo({
      title,
      filename: file.name,
      size_bytes: file.size,
    });
    return { videoId: video.id, url: upload.url };
  },
  send: sendByTus,
  discard: async ({ videoId }) => {
    if (videoId) await deleteVideo(videoId);
  },
  check,
  titleOf: (file) => titleFromFilename(file.name),
  now: () => performance.now(),
});

window.addEventListener("online", () => uploads.resumeOffline());

window.addEventListener("beforeunload", (event) => {
  const isBusy = uploads.snapshot().some(({ state }) => state === "sending" || state === "waiting");
  if (isBusy) event.preventDefault();
});

export const useUploads = () => useSyncExternalStore(uploads.subscribe, uploads.snapshot);
