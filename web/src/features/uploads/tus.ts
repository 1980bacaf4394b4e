import type { DetailedError, Upload } from "tus-js-client";
import { ApiError } from "@/api/client";
import type { SendHandlers, Sending } from "./queue";

/** A proxy that gathers a whole request before passing it on loses at most this much. */
const CHUNK_BYTES = 64 * 1024 * 1024;
const RETRY_DELAYS_MS = [0, 1000, 3000, 5000, 10_000];

function statusOf(error: Error | DetailedError): number {
  return ("originalResponse" in error && error.originalResponse?.getStatus()) || 0;
}

/** What the server said; a status of 0 means that nothing came through. */
function toApiError(error: Error | DetailedError): ApiError {
  const body = "originalResponse" in error ? error.originalResponse?.getBody() : undefined;
  try {
    return new ApiError(statusOf(error), JSON.parse(body ?? "") as Record<string, unknown>);
  } catch {
    return new ApiError(statusOf(error), {
      code: statusOf(error) === 404 || statusOf(error) === 410 ? "upload_gone" : "upload_failed",
    });
  }
}

/** Nobody answers, or only a front server for one that is being restarted: it will be back. */
const AWAY = new Set([0, 502, 503, 504]);
const PASSING = new Set([...AWAY, 409, 423, 429, 500]);

/** Sends a file to its upload address by tus, from where the server stopped. */
export function sendByTus(url: string, file: File, handlers: SendHandlers): Sending {
  let upload: Upload | null = null;
  let isStopped = false;
  void import("tus-js-client").then(({ Upload: TusUpload }) => {
    if (isStopped) return;
    upload = new TusUpload(file, {
      uploadUrl: url,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      // The server lists unfinished uploads, so nothing is kept in this browser.
      storeFingerprintForResuming: false,
      onShouldRetry: (error) => {
        const status = statusOf(error);
        if (AWAY.has(status)) handlers.onStalled();
        return PASSING.has(status);
      },
      onProgress: (sent) => handlers.onProgress(sent),
      onSuccess: () => handlers.onDone(),
      onError: (error) => {
        if (isStopped) return;
        if (AWAY.has(statusOf(error))) handlers.onOffline();
        else handlers.onError(toApiError(error));
      },
    });
    upload.start();
  });
  return {
    stop: () => {
      isStopped = true;
      void upload?.abort();
    },
  };
}
