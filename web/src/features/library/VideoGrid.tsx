import { Button, Skeleton } from "@mantine/core";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { VideoCard } from "@/api/types";
import { ErrorMessage } from "@/ui/Message";
import classes from "./Grid.module.css";
import { VideoTile } from "./VideoTile";

const PLACES = ["a", "b", "c", "d", "e", "f", "g", "h"];

export function TileSkeleton() {
  return (
    <div aria-hidden="true">
      <Skeleton radius={12} style={{ aspectRatio: "16 / 9", height: "auto" }} />
      <Skeleton h={14} mt={12} w="85%" radius="xl" />
      <Skeleton h={12} mt={8} w="55%" radius="xl" />
    </div>
  );
}

interface VideoGridProps {
  query: Pick<
    UseInfiniteQueryResult<{ pages: { items: VideoCard[] }[] }>,
    "data" | "error" | "refetch" | "hasNextPage" | "fetchNextPage" | "isFetchingNextPage"
  >;
  empty: ReactNode;
}

/** All videos of a list, page by page. */
export function VideoGrid({ query, empty }: VideoGridProps) {
  const t = useTranslations("common");
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <div className={classes.grid} role="status" aria-label={t("loading")}>
        {PLACES.map((place) => (
          <TileSkeleton key={place} />
        ))}
      </div>
    );
  }
  const videos = data.pages.flatMap(({ items }) => items);
  if (videos.length === 0) return empty;
  return (
    <>
      <ul className={classes.grid}>
        {videos.map((video, at) => (
          <li key={video.id}>
            <VideoTile video={video} heading={2} eager={at < 4} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <div className={classes.more}>
          <Button
            variant="default"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {t("showMore")}
          </Button>
        </div>
      )}
    </>
  );
}
