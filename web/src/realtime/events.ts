import type { QueryClient } from "@tanstack/react-query";
import { useQuery } from "@tanstack/react-query";
import type { Asset } from "@/api/types";
import type { LiveEvent } from "./socket";

/** What changes about an asset while it is being made. */
export type AssetChange = Partial<
  Pick<
    Asset,
    | "status"
    | "playable"
    | "processing_progress"
    | "processing_step"
    | "eta_seconds"
    | "queue_position"
  >
>;

const liveAssetKey = (assetId: string) => ["live-asset", assetId] as const;

const REFRESH_EVERY_MS = 300;
const refreshing = new WeakMap<QueryClient, { again: boolean }>();

function refreshNow(queries: QueryClient): void {
  for (const key of ["videos", "playback", "home"]) {
    void queries.invalidateQueries({ queryKey: [key] });
  }
}

/** Fetches at once; of what else comes in the next moment, only the last counts. */
function refresh(queries: QueryClient): void {
  const running = refreshing.get(queries);
  if (running) {
    running.again = true;
    return;
  }
  const turn = { again: false };
  refreshing.set(queries, turn);
  refreshNow(queries);
  setTimeout(() => {
    refreshing.delete(queries);
    if (turn.again) refreshNow(queries);
  }, REFRESH_EVERY_MS);
}

/** Puts one live event into what the page knows. */
export function applyEvent(queries: QueryClient, { kind, data }: LiveEvent): void {
  const assetId = typeof data.asset_id === "string" ? data.asset_id : null;
  switch (kind) {
    case "course.video_progress":
    case "asset.progress": {
      if (!assetId) return;
      const { asset_id: _asset, video_id: _video, ...change } = data;
      queries.setQueryData(liveAssetKey(assetId), change);
      break;
    }
    case "asset.playable":
    case "asset.ready":
    case "asset.failed":
      if (assetId) queries.removeQueries({ queryKey: liveAssetKey(assetId) });
      refresh(queries);
      break;
    case "video.changed":
      refresh(queries);
      break;
    case "course.video_changed":
    case "course.video_failed":
      // What was said of its progress is over, also when it is processed once more.
      queries.removeQueries({ queryKey: ["live-asset"] });
      void queries.invalidateQueries({ queryKey: ["courses"] });
      break;
    case "course.changed":
      void queries.invalidateQueries({ queryKey: ["courses"] });
      break;
    case "playlist.changed":
      // What this page is changing itself is fetched once its changes are done.
      if (queries.isMutating({ mutationKey: ["playlists"] }) === 0) {
        void queries.invalidateQueries({ queryKey: ["playlists"] });
      }
      break;
  }
}

/** The asset as fetched, with the newest live progress laid over it. */
export function useLiveAsset<A extends Pick<Asset, "id" | "status">>(asset: A): A {
  const { data } = useQuery<AssetChange | null>({
    queryKey: liveAssetKey(asset.id),
    queryFn: () => null,
    enabled: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!data || asset.status === "ready" || asset.status === "error") return asset;
  return { ...asset, ...data };
}
