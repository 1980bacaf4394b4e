import { useSyncExternalStore } from "react";
import { ApiError } from "@/api/client";
import * as api from "@/api/gen";
import type { Media } from "@/api/types";
import { sendByTus } from "@/features/uploads/tus";
import { type Attachment, Attachments, type Handlers } from "./attachments";

/** Attachments on their way to the server of this page. */

const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError(0, { code: "network" });

function problemOf(request: XMLHttpRequest): Record<string, unknown> {
  try {
    return JSON.parse(request.responseText) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Only this kind of request tells how far it is. */
function sendForm(path: string, file: File, handlers: Handlers): () => void {
  const request = new XMLHttpRequest();
  const form = new FormData();
  form.append("file", file);
  request.upload.onprogress = ({ loaded, total }) => handlers.onShare(total ? loaded / total : 0);
  request.onload = () => {
    if (request.status === 201) handlers.onDone(JSON.parse(request.responseText) as Media);
    else handlers.onError(new ApiError(request.status, problemOf(request)));
  };
  request.onerror = () => handlers.onError(new ApiError(0, { code: "network" }));
  request.open("POST", path);
  request.send(form);
  return () => request.abort();
}

/** Makes the video once; its bytes go on from where they stopped. */
function sendVideo(attachment: Attachment, handlers: Handlers): () => void {
  const { file, conversation_id } = attachment;
  let stop: (() => void) | null = null;
  let isStopped = false;
  const send = (media: Media, url: string) => {
    if (isStopped) return;
    const sending = sendByTus(url, file, {
      onProgress: (sent) => handlers.onShare(file.size ? sent / file.size : 0),
      onStalled: () => undefined,
      onDone: () => handlers.onDone(media),
      onOffline: () => handlers.onError(new ApiError(0, { code: "network" })),
      onError: (error) => handlers.onError(asApiError(error)),
    });
    stop = () => sending.stop();
  };
  if (attachment.media && attachment.uploadUrl) send(attachment.media, attachment.uploadUrl);
  else {
    const body = { filename: file.name, size_bytes: file.size };
    api.addVideo({ path: { conversation_id }, body }).then(
      ({ media, upload_url }) => {
        handlers.onMade(media, upload_url);
        send(media, upload_url);
      },
      (error: unknown) => handlers.onError(asApiError(error)),
    );
  }
  return () => {
    isStopped = true;
    stop?.();
  };
}

export const attachments = new Attachments({
  bring: (attachment, handlers) => {
    if (attachment.kind === "video") return sendVideo(attachment, handlers);
    const kind = attachment.kind === "image" ? "pictures" : "voices";
    const path = `/api/chat/conversations/${attachment.conversation_id}/${kind}`;
    return sendForm(path, attachment.file, handlers);
  },
  discard: (media_id) => api.discardMedia({ path: { media_id } }),
  show: (file) => URL.createObjectURL(file),
  hide: (url) => URL.revokeObjectURL(url),
});

window.addEventListener("online", () => attachments.resume());

window.addEventListener("beforeunload", (event) => {
  const isBusy = attachments.snapshot().some(({ state }) => state !== "failed");
  if (isBusy) event.preventDefault();
});

export const useAttachments = () =>
  useSyncExternalStore(attachments.subscribe, attachments.snapshot);
