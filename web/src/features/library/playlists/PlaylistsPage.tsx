import { Button, Skeleton, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { IconPlaylist, IconPlus } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { TabLinks } from "@/ui/TabLinks";
import grid from "../Grid.module.css";
import { PlaylistCard } from "./PlaylistCard";
import { PlaylistDialog } from "./PlaylistDialog";
import classes from "./Playlists.module.css";
import { isWatchLater, type PlaylistScope, playlistsQuery } from "./queries";

const PLACES = ["a", "b", "c", "d"];

interface PlaylistsPageProps {
  scope: PlaylistScope;
}

function Lists({ scope, onCreate }: PlaylistsPageProps & { onCreate: () => void }) {
  const t = useTranslations("playlists");
  const common = useTranslations("common");
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    playlistsQuery(scope),
  );
  const isMine = scope === "mine";
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <div className={grid.grid} role="status" aria-label={common("loading")}>
        {PLACES.map((place) => (
          <Skeleton key={place} radius={14} style={{ aspectRatio: "4 / 3", height: "auto" }} />
        ))}
      </div>
    );
  }
  const found = data.pages.flatMap(({ items }) => items);
  const lists = [...found.filter(isWatchLater), ...found.filter((list) => !isWatchLater(list))];
  if (lists.length === 0) {
    return (
      <Message
        icon={IconPlaylist}
        title={isMine ? t("emptyMine") : t("emptyPublic")}
        actions={<Button onClick={onCreate}>{t("create")}</Button>}
      >
        {isMine ? t("emptyMineHint") : t("emptyPublicHint")}
      </Message>
    );
  }
  return (
    <>
      <ul className={grid.grid}>
        {lists.map((playlist) => (
          <li key={playlist.id}>
            <PlaylistCard playlist={playlist} isMine={isMine} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <div className={grid.more}>
          <Button
            variant="default"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {common("showMore")}
          </Button>
        </div>
      )}
    </>
  );
}

/** One's own playlists, or those that others have made public. */
export function PlaylistsPage({ scope }: PlaylistsPageProps) {
  const t = useTranslations("playlists");
  usePageTitle(t("title"));
  const [isCreating, setCreating] = useState(false);
  return (
    <>
      <div className={classes.head}>
        <Title order={1}>{t("title")}</Title>
        <Button leftSection={<IconPlus size={18} />} onClick={() => setCreating(true)}>
          {t("create")}
        </Button>
      </div>
      <TabLinks
        label={t("parts")}
        items={[
          { to: "/playlists", label: t("mine") },
          { to: "/playlists/public", label: t("public") },
        ]}
      />
      <Lists scope={scope} onCreate={() => setCreating(true)} />
      {isCreating && <PlaylistDialog playlist={null} onClose={() => setCreating(false)} />}
    </>
  );
}
