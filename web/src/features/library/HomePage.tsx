import { Anchor, Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslations } from "use-intl";
import type { VideoCard } from "@/api/types";
import { meQuery, siteQuery } from "@/features/identity/queries";
import { IconSparkles, IconUpload } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { Row } from "@/ui/Row";
import { Hero } from "./Hero";
import { useForgetting } from "./history/useForgetting";
import { PlaylistTile } from "./playlists/PlaylistTile";
import { homeQuery } from "./queries";
import { TileSkeleton } from "./VideoGrid";
import { VideoTile } from "./VideoTile";

const ContinueLearning = lazy(() => import("@/features/courses/ContinueLearning"));

const PLACES = ["a", "b", "c", "d", "e"];

interface ShelfProps {
  title: string;
  videos: VideoCard[];
  more?: ReactNode;
  meta?: "people" | "left";
  eager?: boolean;
  onForget?: (video: VideoCard) => void;
}

function Shelf({ title, videos, more, meta, eager, onForget }: ShelfProps) {
  if (videos.length === 0) return null;
  return (
    <Row title={title} more={more}>
      {videos.map((video) => (
        <li key={video.id}>
          <VideoTile
            video={video}
            meta={meta}
            eager={eager}
            onForget={onForget && (() => onForget(video))}
          />
        </li>
      ))}
    </Row>
  );
}

function SeeAll({ to, name }: { to: string; name: string }) {
  const t = useTranslations("library");
  return (
    <Anchor component={Link} to={to} size="sm" aria-label={t("allOf", { name })}>
      {t("seeAll")}
    </Anchor>
  );
}

function HomeSkeleton() {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")}>
      {PLACES.slice(0, 3).map((row) => (
        <div key={row} style={{ marginBlockEnd: 40, overflow: "hidden" }}>
          <Skeleton h={22} w={180} mb={18} radius="xl" />
          <div
            style={{ display: "grid", gap: 16, gridAutoFlow: "column", gridAutoColumns: "300px" }}
          >
            {PLACES.map((place) => (
              <TileSkeleton key={place} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

function EmptyHome() {
  const t = useTranslations("library");
  const { data: me } = useQuery(meQuery());
  return (
    <Message
      icon={IconSparkles}
      title={t("emptyTitle")}
      actions={
        me?.can_upload && (
          <Button component={Link} to="/upload" leftSection={<IconUpload size={18} />}>
            {t("emptyButton")}
          </Button>
        )
      }
    >
      {me?.can_upload ? t("emptyHint") : t("emptyHintViewer")}
    </Message>
  );
}

export function HomePage() {
  const t = useTranslations("library");
  const history = useTranslations("history");
  const lists = useTranslations("playlists");
  const forgetting = useForgetting();
  const { data: site } = useQuery(siteQuery());
  usePageTitle(site?.name);
  const { data: home, error, refetch } = useQuery(homeQuery());
  if (error && !home) {
    return <ErrorMessage error={error} heading={1} onRetry={() => void refetch()} />;
  }
  if (!home) return <HomeSkeleton />;
  const isEmpty = home.newest.length === 0 && home.continue_watching.length === 0;
  return (
    <>
      <h1 className="visually-hidden">{site?.name}</h1>
      {home.hero && <Hero video={home.hero} />}
      {isEmpty && <EmptyHome />}
      <Shelf
        title={t("continueWatching")}
        videos={home.continue_watching.filter(({ id }) => !forgetting.hidden.has(id))}
        meta="left"
        eager={!home.hero}
        onForget={forgetting.forget}
        more={
          <Anchor component={Link} to="/history" size="sm">
            {history("title")}
          </Anchor>
        }
      />
      <Suspense>
        <ContinueLearning />
      </Suspense>
      <Shelf
        title={t("newest")}
        videos={home.newest}
        eager={!home.hero}
        more={<SeeAll to="/newest" name={t("newest")} />}
      />
      <Shelf title={t("reacted")} videos={home.reacted} />
      {home.categories.map(({ category, videos }) => (
        <Shelf
          key={category.id}
          title={category.name}
          videos={videos}
          more={<SeeAll to={`/category/${category.slug}`} name={category.name} />}
        />
      ))}
      {home.playlists.length > 0 && (
        <Row title={lists("title")} more={<SeeAll to="/playlists/public" name={lists("title")} />}>
          {home.playlists.map((playlist) => (
            <li key={playlist.id}>
              <PlaylistTile playlist={playlist} />
            </li>
          ))}
        </Row>
      )}
    </>
  );
}
