import { Button, Skeleton, Text, Title } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { WithdrawnVideo } from "@/api/gen";
import { meQuery } from "@/features/identity/queries";
import grid from "@/features/library/Grid.module.css";
import rows from "@/features/library/MyVideos.module.css";
import { changeVideo, refreshVideos } from "@/features/library/queries";
import { useErrorText } from "@/ui/errors";
import { IconEyeOff, IconLock } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { Thumbnail } from "@/ui/Thumbnail";
import { toast, toastError } from "@/ui/toasts";
import { useFormats } from "@/ui/useFormats";
import { Flagged } from "./Flagged";
import { withdrawnQuery } from "./queries";

function Entry({ entry: { video, withdrawn_at } }: { entry: WithdrawnVideo }) {
  const t = useTranslations("moderation");
  const text = useErrorText();
  const { ago, moment } = useFormats();
  const queries = useQueryClient();
  const publish = useMutation({
    mutationFn: () => changeVideo(video.id, { published: true }),
    onSuccess: async () => {
      await refreshVideos(queries);
      toast(t("published", { title: video.title }));
    },
    onError: (error) => toastError(text(error)),
  });
  return (
    <li className={rows.item}>
      <Thumbnail video={{ ...video, progress: null }} />
      <div>
        <h2 className={`${rows.title} clamp-2`}>
          <Link to="/watch/$videoId" params={{ videoId: video.id }}>
            {video.title}
          </Link>
        </h2>
        <p className={rows.meta}>
          <span>{video.uploaded_by.display_name}</span>
          <time dateTime={withdrawn_at} title={moment(withdrawn_at)}>
            {t("withdrawn", { when: ago(withdrawn_at) })}
          </time>
        </p>
      </div>
      <div className={rows.actions}>
        <Button
          variant="default"
          size="xs"
          loading={publish.isPending}
          aria-label={t("publishOf", { title: video.title })}
          onClick={() => publish.mutate()}
        >
          {t("publish")}
        </Button>
      </div>
    </li>
  );
}

function Withdrawn() {
  const t = useTranslations("moderation");
  const common = useTranslations("common");
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    withdrawnQuery(),
  );
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <div role="status" aria-label={common("loading")}>
        <Skeleton h={100} mb={14} radius={16} />
        <Skeleton h={100} mb={14} radius={16} />
      </div>
    );
  }
  const entries = data.pages.flatMap(({ items }) => items);
  if (entries.length === 0) {
    return (
      <Message icon={IconEyeOff} title={t("empty")}>
        {t("emptyHint")}
      </Message>
    );
  }
  return (
    <>
      <ul className={rows.list}>
        {entries.map((entry) => (
          <Entry key={entry.video.id} entry={entry} />
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

interface PartProps {
  title: string;
  hint: string;
  children: ReactNode;
}

function Part({ title, hint, children }: PartProps) {
  return (
    <section aria-label={title}>
      <Title order={2} mt="xl">
        {title}
      </Title>
      <Text c="dimmed" size="sm" mt={4} mb="md">
        {hint}
      </Text>
      {children}
    </section>
  );
}

/** What moderators look at: messages that are flagged, and the videos that were withdrawn. */
export function ModerationPage() {
  const t = useTranslations("moderation");
  usePageTitle(t("page"));
  const { data: me } = useQuery(meQuery());
  if (me?.role === "member") {
    return <Message icon={IconLock} title={t("notAllowed")} heading={1} />;
  }
  return (
    <>
      <div className={grid.head}>
        <Title order={1}>{t("page")}</Title>
      </div>
      <Part title={t("flagged")} hint={t("flaggedHint")}>
        <Flagged />
      </Part>
      <Part title={t("title")} hint={t("hint")}>
        <Withdrawn />
      </Part>
    </>
  );
}
