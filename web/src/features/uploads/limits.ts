import { ApiError } from "@/api/client";
import type { Site } from "@/api/types";

type Limits = Pick<Site, "max_file_size_bytes" | "accepted_formats">;
let limits: Limits | null = null;

export function setLimits(site: Limits): void {
  limits = site;
}

const extensionOf = ({ name }: File): string => name.split(".").at(-1)?.toLowerCase() ?? "";

export const isVideoFile = (file: File): boolean =>
  file.type.startsWith("video/") || (limits?.accepted_formats.includes(extensionOf(file)) ?? false);

/** What is certain to be refused is refused at once; what a file really is, the server finds out. */
export function checkVideo(file: File): ApiError | null {
  if (!limits) return null;
  const { max_file_size_bytes, accepted_formats } = limits;
  if (!isVideoFile(file))
    return new ApiError(415, { code: "unsupported_format", accepted_formats });
  if (file.size === 0) return new ApiError(422, { code: "empty_file" });
  if (file.size > max_file_size_bytes) {
    return new ApiError(413, { code: "file_too_large", max_file_size_bytes });
  }
  return null;
}
