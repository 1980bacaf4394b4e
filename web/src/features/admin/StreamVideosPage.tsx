import { Button, Group, Skeleton } from "@mantine/core";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { StreamVideoLook } from "@/api/gen";
import { useErrorText } from "@/ui/errors";
import { IconChecks } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { Section } from "@/ui/Section";
import sections from "@/ui/Section.module.css";
import { toast, toastError } from "@/ui/toasts";
import { useFormats } from "@/ui/useFormats";
import { putIntoLibrary, streamVideosQuery } from "./queries";
import { StreamLessonDialog } from "./StreamLessonDialog";

function Row({ video }: { video: StreamVideoLook }) {
  const t = useTranslations("admin.streamVideos");
  const processing = useTranslations("processing.status");
  const text = useErrorText();
  const { ago, bytes } = useFormats();
  const [isChoosing, setChoosing] = useState(false);
  const title = video.name ?? video.uid;
  const put = useMutation({
    mutationFn: () => putIntoLibrary(video.uid),
    onSuccess: () => toast(t("inLibrary", { title })),
    onError: (error) => toastError(text(error)),
  });
  // Copying from elsewhere is a way of arriving.
  const state = video.state === "downloading" ? "pendingupload" : video.state;
  return (
    <li>
      <div className={sections.words}>
        <p className={sections.name}>{title}</p>
        <p className={sections.note}>
          {processing(state)} · {video.account_id} · {ago(video.created_at)}
          {video.file_size_bytes !== null && ` · ${bytes(video.file_size_bytes)}`}
        </p>
        {video.error_message && <p className={sections.note}>{video.error_message}</p>}
      </div>
      {video.state === "ready" && (
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            aria-label={t("toLibraryOf", { title })}
            loading={put.isPending}
            onClick={() => put.mutate()}
          >
            {t("toLibrary")}
          </Button>
          <Button
            size="xs"
            variant="default"
            aria-label={t("toLessonOf", { title })}
            onClick={() => setChoosing(true)}
          >
            {t("toLesson")}
          </Button>
        </Group>
      )}
      {isChoosing && (
        <StreamLessonDialog uid={video.uid} title={title} onClose={() => setChoosing(false)} />
      )}
    </li>
  );
}

/** What programs keep here through the Stream API, and the way into the library or a lesson. */
export function StreamVideosPage() {
  const t = useTranslations("admin.streamVideos");
  const common = useTranslations("common");
  usePageTitle(t("title"));
  const list = useInfiniteQuery(streamVideosQuery());
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <Section title={t("title")} hint={t("hint")}>
      {list.error && !items && (
        <ErrorMessage error={list.error} heading={3} onRetry={() => void list.refetch()} />
      )}
      {!list.error && !items && <Skeleton h={200} radius="md" />}
      {items?.length === 0 && (
        <Message icon={IconChecks} title={t("none")} heading={3}>
          {t("noneHint")}
        </Message>
      )}
      <ul className={sections.rows}>
        {items?.map((video) => (
          <Row key={video.uid} video={video} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          variant="default"
          fullWidth
          mt="md"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {common("showMore")}
        </Button>
      )}
    </Section>
  );
}
