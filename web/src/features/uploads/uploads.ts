import { useSyncExternalStore } from "react";
import { deleteVideo } from "@/features/library/queries";
import { titleFromFilename } from "@/ui/format";
import { checkVideo } from "./limits";
import { createVideo } from "./queries";
import { UploadQueue } from "./queue";
import { sendByTus } from "./tus";

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
  check: checkVideo,
  titleOf: (file) => titleFromFilename(file.name),
  now: () => performance.now(),
});

window.addEventListener("online", () => uploads.resumeOffline());

window.addEventListener("beforeunload", (event) => {
  const isBusy = uploads.snapshot().some(({ state }) => state === "sending" || state === "waiting");
  if (isBusy) event.preventDefault();
});

export const useUploads = () => useSyncExternalStore(uploads.subscribe, uploads.snapshot);
