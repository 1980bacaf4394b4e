import { ApiError } from "@/api/client";
import type { UploadItem } from "./queue";

const ABOUT_THE_FILE = new Set([413, 415, 422]);

/** Whether the file itself is the trouble: sending it again would not help. */
export const isRefused = ({ state, error }: Pick<UploadItem, "state" | "error">): boolean =>
  state === "failed" && error instanceof ApiError && ABOUT_THE_FILE.has(error.status);
