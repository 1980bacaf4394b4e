import { ApiError } from "@/api/client";
import { checkVideo, isVideoFile } from "@/features/uploads/limits";
import type { NewFile } from "./attachments";

/** Both are the server's; it decides by the content. */
export const LARGEST_PICTURE_BYTES = 10 * 1024 * 1024;
const PICTURES = ["image/jpeg", "image/png", "image/webp", "image/gif"];

/** What can be chosen in the dialog for files. */
export const acceptedFiles = (mayUpload: boolean): string =>
  [...PICTURES, ...(mayUpload ? ["video/*", ".mkv", ".avi", ".mov"] : [])].join(",");

function checkPicture(file: File): ApiError | null {
  if (!PICTURES.includes(file.type)) return new ApiError(415, { code: "picture_not_readable" });
  if (file.size > LARGEST_PICTURE_BYTES) {
    return new ApiError(413, { code: "picture_too_large", max_bytes: LARGEST_PICTURE_BYTES });
  }
  return null;
}

/** A file as an attachment; one that is certain to be refused says so before it is sent. */
export function asAttachment(file: File, mayUpload: boolean): NewFile {
  if (file.type.startsWith("image/")) return { kind: "image", file, error: checkPicture(file) };
  if (!isVideoFile(file)) {
    return { kind: "video", file, error: new ApiError(415, { code: "not_attachable" }) };
  }
  const error = mayUpload ? checkVideo(file) : new ApiError(403, { code: "uploads_not_allowed" });
  return { kind: "video", file, error };
}
