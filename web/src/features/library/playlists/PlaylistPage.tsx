import { Button, Skeleton, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ApiError } from "@/api/client";
import type { Playlist, VideoCard } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { IconLock, IconPencil, IconPlayerPlayFilled, IconPlaylist, IconTrash } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { useFormats } from "@/ui/useFormats";
import grid from "../Grid.module.css";
import { Cover } from "./Cover";
import { PlaylistDialog } from "./PlaylistDialog";
import classes from "./PlaylistPage.module.css";
import { HINT_ID, PlaylistRow } from "./PlaylistRow";
import { isWatchLater, playlistQuery } from "./queries";
import { useDeletePlaylist } from "./useDeletePlaylist";
import { useDragOrder } from "./useDragOrder";
import { useItemChanges, useItems } from "./useItems";
import { usePlaylistName } from "./usePlaylistName";

function Tools({ playlist }: { playlist: Playlist }) {
  const t = useTranslations("playlists");
  const navigate = useNavigate();
  const remove = useDeletePlaylist(playlist, () => navigate({ to: "/playlists" }));
  const [isEditing, setEditing] = useState(false);
  const { first_video: first } = playlist;
  return (
    <div className={classes.tools}>
      {first && (
        <Button
          component={Link}
          to={`/watch/${first.id}?list=${playlist.id}`}
          radius="xl"
          leftSection={<IconPlayerPlayFilled size={18} />}
        >
          {t("playAll")}
        </Button>
      )}
      {playlist.can_edit && !isWatchLater(playlist) && (
        <Button
          variant="default"
          radius="xl"
          leftSection={<IconPencil size={18} />}
          onClick={() => setEditing(true)}
        >
          {t("edit")}
        </Button>
      )}
      {playlist.can_delete && (
        <Button
          variant="default"
          radius="xl"
          leftSection={<IconTrash size={18} />}
          onClick={() => void remove()}
        >
          {t("delete")}
        </Button>
      )}
      {isEditing && <PlaylistDialog playlist={playlist} onClose={() => setEditing(false)} />}
    </div>
  );
}

function Head({ playlist }: { playlist: Playlist }) {
  const t = useTranslations("playlists");
  const name = usePlaylistName();
  const { ago } = useFormats();
  return (
    <header className={classes.head}>
      <Cover playlist={playlist} />
      <div className={classes.about}>
        <Title order={1}>{name(playlist)}</Title>
        <div className={classes.owner}>
          <Avatar person={playlist.owner} size={30} />
          <span className="clamp-1">{playlist.owner.display_name}</span>
        </div>
        <p className={classes.facts}>
          <span>
            {!playlist.is_public && <IconLock size={15} />}
            {playlist.is_public ? t("isPublic") : t("isPrivate")}
          </span>
          <span>{t("count", { count: playlist.video_count })}</span>
          <span>{t("changed", { when: ago(playlist.updated_at) })}</span>
        </p>
        {playlist.description && <p className={classes.description}>{playlist.description}</p>}
        <Tools playlist={playlist} />
      </div>
    </header>
  );
}

function Rows({ playlist, items }: { playlist: Playlist; items: VideoCard[] }) {
  const t = useTranslations("playlists");
  const [said, setSaid] = useState("");
  const changes = useItemChanges(playlist.id);
  const move = (from: number, to: number) => {
    const video = items[from];
    if (!video || from === to) return;
    changes.move(items, from, to);
    setSaid(t("movedTo", { title: video.title, place: to + 1, count: items.length }));
  };
  const remove = (video: VideoCard) => {
    changes.remove(items, video);
    setSaid(t("removed", { title: video.title }));
  };
  const { list, handle, shiftOf, draggedAt, cancel } = useDragOrder(move);
  return (
    <>
      <ol
        ref={list}
        className={classes.rows}
        aria-label={t("videos")}
        data-dragging={draggedAt !== null || undefined}
      >
        {items.map((video, at) => (
          <PlaylistRow
            key={video.id}
            playlistId={playlist.id}
            video={video}
            at={at}
            count={items.length}
            canEdit={playlist.can_edit}
            isDragged={draggedAt === at}
            shift={shiftOf(at)}
            handle={handle(at)}
            onMove={(to) => move(at, to)}
            onRemove={() => remove(video)}
            onCancel={cancel}
          />
        ))}
      </ol>
      <p id={HINT_ID} hidden>
        {t("moveHint")}
      </p>
      <div className="visually-hidden" role="status">
        {said}
      </div>
    </>
  );
}

function Videos({ playlist }: { playlist: Playlist }) {
  const t = useTranslations("playlists");
  const common = useTranslations("common");
  const { items, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useItems(
    playlist.id,
  );
  if (error && !items) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!items) {
    return (
      <div role="status" aria-label={common("loading")}>
        <Skeleton h={86} mb={10} radius={14} />
        <Skeleton h={86} mb={10} radius={14} />
      </div>
    );
  }
  if (items.length === 0) {
    return (
      <Message
        icon={IconPlaylist}
        title={t("emptyList")}
        actions={
          <Button component={Link} to="/newest" variant="default">
            {t("findVideos")}
          </Button>
        }
      >
        {playlist.can_edit ? t("emptyListHint") : t("emptyOthers")}
      </Message>
    );
  }
  return (
    <>
      <Rows playlist={playlist} items={items} />
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

interface PlaylistPageProps {
  playlistId: string;
}

/** A playlist: what it is, and its videos in their order. */
export function PlaylistPage({ playlistId }: PlaylistPageProps) {
  const t = useTranslations("playlists");
  const common = useTranslations("common");
  const name = usePlaylistName();
  const { data: playlist, error, refetch } = useQuery(playlistQuery(playlistId));
  const isUnknown = error instanceof ApiError && (error.status === 404 || error.status === 422);
  usePageTitle(playlist ? name(playlist) : isUnknown ? t("unknown") : undefined);
  if (isUnknown) {
    return (
      <Message
        icon={IconPlaylist}
        title={t("unknown")}
        heading={1}
        actions={
          <Button component={Link} to="/playlists">
            {t("toPlaylists")}
          </Button>
        }
      >
        {t("unknownHint")}
      </Message>
    );
  }
  if (error && !playlist) {
    return <ErrorMessage error={error} heading={1} onRetry={() => void refetch()} />;
  }
  if (!playlist) {
    return (
      <div role="status" aria-label={common("loading")}>
        <Skeleton h={200} mt={12} radius={16} />
      </div>
    );
  }
  return (
    <div className={classes.page}>
      <Head playlist={playlist} />
      <Videos playlist={playlist} />
    </div>
  );
}
