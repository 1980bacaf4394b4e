import { ActionIcon, Button, Menu, Skeleton, Switch, Title, Tooltip } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { VideoCard } from "@/api/types";
import { meQuery } from "@/features/identity/queries";
import {
  AssetBadge,
  AssetProgress,
  isBeingMade,
  useFailureText,
  useFollowedAsset,
} from "@/features/processing/AssetStatus";
import { uploads } from "@/features/uploads/uploads";
import { useConfirm } from "@/ui/Confirm";
import { useErrorText } from "@/ui/errors";
import {
  IconDotsVertical,
  IconPencil,
  IconRefresh,
  IconTrash,
  IconUpload,
  IconVideo,
} from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { Thumbnail } from "@/ui/Thumbnail";
import { toastError } from "@/ui/toasts";
import { useFormats } from "@/ui/useFormats";
import { EditVideoModal } from "./EditVideoModal";
import grid from "./Grid.module.css";
import classes from "./MyVideos.module.css";
import { comesAt } from "./publishing";
import {
  changeVideo,
  deleteVideo,
  refreshVideos,
  retryVideo,
  videoQuery,
  videosQuery,
} from "./queries";

/** Changes of one video, each followed by a fresh list; a refusal is said aloud. */
function useVideoActions(video: VideoCard) {
  const t = useTranslations("library");
  const queries = useQueryClient();
  const confirm = useConfirm();
  const text = useErrorText();
  const act = useMutation({
    mutationFn: (action: () => Promise<unknown>) => action(),
    onSuccess: () => refreshVideos(queries),
    onError: (error) => toastError(text(error)),
  });
  return {
    isPending: act.isPending,
    publish: (published: boolean) => act.mutate(() => changeVideo(video.id, { published })),
    retry: () => act.mutate(() => retryVideo(video.id)),
    remove: async () => {
      const isSure = await confirm({
        title: t("deleteTitle"),
        text: t("deleteText", { title: video.title }),
        action: t("deleteButton"),
      });
      if (!isSure) return;
      uploads.forget(video.id);
      act.mutate(() => deleteVideo(video.id));
    },
  };
}

function Editing({ id, onClose }: { id: string; onClose: () => void }) {
  const { data: video } = useQuery(videoQuery(id));
  return video ? <EditVideoModal video={video} onClose={onClose} /> : null;
}

function Item({ video }: { video: VideoCard }) {
  const t = useTranslations("library");
  const { ago, count, bytes, moment } = useFormats();
  const coming = comesAt(video);
  const comes = coming && t("comesAt", { when: moment(coming) });
  const seen = comes ?? t(video.published ? "isPublished" : "isDraft");
  const asset = useFollowedAsset(video.asset);
  const failure = useFailureText();
  const { publish, retry, remove, isPending } = useVideoActions(video);
  const [isEditing, setEditing] = useState(false);
  return (
    <li className={classes.item}>
      <Thumbnail video={{ ...video, progress: null }} />
      <div>
        <h2 className={`${classes.title} clamp-2`}>
          <Link to="/watch/$videoId" params={{ videoId: video.id }}>
            {video.title}
          </Link>
        </h2>
        <p className={classes.meta}>
          <AssetBadge asset={asset} />
          {comes && <span>{comes}</span>}
          <span>{t("views", { count: video.view_count, shown: count(video.view_count) })}</span>
          <span>{ago(video.created_at)}</span>
          {asset.file_size_bytes !== null && <span>{bytes(asset.file_size_bytes)}</span>}
        </p>
        {isBeingMade(asset) && (
          <div className={classes.progress}>
            <AssetProgress asset={asset} />
          </div>
        )}
        {asset.status === "error" && <p className={classes.error}>{failure(asset)}</p>}
      </div>
      <div className={classes.actions}>
        {asset.status === "error" && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={16} />}
            loading={isPending}
            onClick={retry}
          >
            {t("tryAgain")}
          </Button>
        )}
        {asset.status === "pendingupload" && (
          <Button component={Link} to="/upload" size="xs" variant="default">
            {t("continueUpload")}
          </Button>
        )}
        <Tooltip label={seen}>
          <Switch
            aria-label={t("publishOf", { title: video.title })}
            label={t("published")}
            labelPosition="left"
            checked={video.published}
            disabled={isPending}
            onChange={({ currentTarget }) => publish(currentTarget.checked)}
          />
        </Tooltip>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t("moreOf", { title: video.title })}>
              <IconDotsVertical size={20} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={18} />} onClick={() => setEditing(true)}>
              {t("editButton")}
            </Menu.Item>
            <Menu.Item
              c="var(--mantine-color-error)"
              leftSection={<IconTrash size={18} />}
              onClick={() => void remove()}
            >
              {t("deleteButton")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {isEditing && <Editing id={video.id} onClose={() => setEditing(false)} />}
    </li>
  );
}

const PLACES = ["a", "b", "c", "d"];

export function MyVideosPage() {
  const t = useTranslations("library");
  const common = useTranslations("common");
  usePageTitle(t("myVideos"));
  const { data: me } = useQuery(meQuery());
  const list = useInfiniteQuery(videosQuery({ scope: "mine", sort: "newest" }));
  const videos = list.data?.pages.flatMap(({ items }) => items);
  const upload = me?.can_upload && (
    <Button component={Link} to="/upload" leftSection={<IconUpload size={18} />}>
      {t("uploadVideo")}
    </Button>
  );
  return (
    <>
      <div className={classes.head}>
        <Title order={1}>{t("myVideos")}</Title>
      </div>
      {list.error && !videos && (
        <ErrorMessage error={list.error} onRetry={() => void list.refetch()} />
      )}
      {!videos && !list.error && (
        <div role="status" aria-label={common("loading")}>
          {PLACES.map((place) => (
            <Skeleton key={place} h={100} mb={14} radius={16} />
          ))}
        </div>
      )}
      {videos?.length === 0 && (
        <Message icon={IconVideo} title={t("noneOfMine")} actions={upload}>
          {me?.can_upload ? t("noneOfMineHint") : t("emptyHintViewer")}
        </Message>
      )}
      {videos && videos.length > 0 && (
        <ul className={classes.list}>
          {videos.map((video) => (
            <Item key={video.id} video={video} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <div className={grid.more}>
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {common("showMore")}
          </Button>
        </div>
      )}
    </>
  );
}
