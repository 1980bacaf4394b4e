import type { NextVersion } from "@/api/types";
import { useFollowedAsset } from "@/features/processing/AssetStatus";
import { keptUpload } from "./kept";

/** A file of a lesson or of the preview, whichever of them it is. */
export interface Version {
  asset_id: string;
  status: NextVersion["status"];
  processing_progress: number;
  error_code: string | null;
  error_message: string | null;
  filename: string;
  queue_position?: number | null;
  upload: NextVersion["upload"];
}

export const isBeingMade = ({ status }: Pick<Version, "status">): boolean =>
  status === "queued" || status === "inprogress";

/** Bytes are missing, and this page is not the one that sends them. */
export const isInterrupted = (version: Version): boolean =>
  version.status === "queued" && (version.upload ?? keptUpload(version.asset_id)) !== null;

/** As the progress lines of videos want it, with what live events say. */
export const useFollowed = (version: Version) =>
  useFollowedAsset({
    id: version.asset_id,
    status: version.status,
    playable: false,
    processing_progress: version.processing_progress,
    processing_step: null,
    eta_seconds: null,
    queue_position: version.queue_position ?? null,
  });
