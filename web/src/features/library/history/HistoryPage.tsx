import { ActionIcon, Button, Skeleton, Text, Title, Tooltip } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import type { HistoryEntry } from "@/api/gen";
import { useConfirm } from "@/ui/Confirm";
import { useErrorText } from "@/ui/errors";
import { IconHistory, IconTrash, IconX } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { Thumbnail } from "@/ui/Thumbnail";
import { toast, toastError } from "@/ui/toasts";
import { useFormats } from "@/ui/useFormats";
import grid from "../Grid.module.css";
import rows from "../MyVideos.module.css";
import classes from "./History.module.css";
import { clearHistory, historyQuery, refreshWatched } from "./queries";
import { useForgetting } from "./useForgetting";

const PLACES = ["a", "b", "c", "d"];

interface EntryProps {
  entry: HistoryEntry;
  onForget: () => void;
}

function Entry({ entry: { video, watched_at }, onForget }: EntryProps) {
  const t = useTranslations("history");
  const { ago, moment } = useFormats();
  return (
    <li className={`${rows.item} ${classes.entry}`}>
      <Thumbnail video={video} />
      <div>
        <h2 className={`${rows.title} clamp-2`}>
          <Link to="/watch/$videoId" params={{ videoId: video.id }}>
            {video.title}
          </Link>
        </h2>
        <p className={rows.meta}>
          <Link
            className={classes.person}
            to="/people/$username"
            params={{ username: video.uploaded_by.username }}
          >
            {video.uploaded_by.display_name}
          </Link>
          <time dateTime={watched_at} title={moment(watched_at)}>
            {t("watched", { when: ago(watched_at) })}
          </time>
          {video.progress?.completed && <span>{t("completed")}</span>}
        </p>
      </div>
      <Tooltip label={t("forget")}>
        <ActionIcon aria-label={t("forgetOf", { title: video.title })} onClick={onForget}>
          <IconX size={20} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

function useClearing() {
  const t = useTranslations("history");
  const text = useErrorText();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const clear = useMutation({
    mutationFn: clearHistory,
    onSuccess: async () => {
      await refreshWatched(queries);
      toast(t("cleared"));
    },
    onError: (error) => toastError(text(error)),
  });
  const ask = async () => {
    const question = { title: t("clearTitle"), text: t("clearText"), action: t("clear") };
    if (await confirm(question)) clear.mutate();
  };
  return { ask, isPending: clear.isPending };
}

/** What one has watched, the latest first. */
export function HistoryPage() {
  const t = useTranslations("history");
  const common = useTranslations("common");
  usePageTitle(t("title"));
  const query = useInfiniteQuery(historyQuery());
  const clearing = useClearing();
  const { hidden, forget } = useForgetting();
  const entries = query.data?.pages
    .flatMap(({ items }) => items)
    .filter(({ video }) => !hidden.has(video.id));
  const hasSome = entries !== undefined && entries.length > 0;
  return (
    <div className={classes.page}>
      <div className={rows.head}>
        <div>
          <Title order={1}>{t("title")}</Title>
          <Text c="dimmed" size="sm" mt={4}>
            {t("hint")}
          </Text>
        </div>
        {hasSome && (
          <Button
            variant="default"
            leftSection={<IconTrash size={18} />}
            loading={clearing.isPending}
            onClick={() => void clearing.ask()}
          >
            {t("clear")}
          </Button>
        )}
      </div>
      {query.error && !entries && (
        <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
      )}
      {!entries && !query.error && (
        <div role="status" aria-label={common("loading")}>
          {PLACES.map((place) => (
            <Skeleton key={place} h={100} mb={14} radius={16} />
          ))}
        </div>
      )}
      {entries?.length === 0 && (
        <Message
          icon={IconHistory}
          title={t("empty")}
          actions={
            <Button component={Link} to="/newest" variant="default">
              {t("findVideos")}
            </Button>
          }
        >
          {t("emptyHint")}
        </Message>
      )}
      {hasSome && (
        <ul className={rows.list}>
          {entries.map((entry) => (
            <Entry key={entry.video.id} entry={entry} onForget={() => forget(entry.video)} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <div className={grid.more}>
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {common("showMore")}
          </Button>
        </div>
      )}
    </div>
  );
}
