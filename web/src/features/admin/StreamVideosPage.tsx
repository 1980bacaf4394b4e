import { Button, Group } from "@mantine/core";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { StreamVideoLook } from "@/api/gen";
import { useErrorText } from "@/ui/errors";
import { IconChecks } from "@/ui/icons";
import { Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { Section } from "@/ui/Section";
import sections from "@/ui/Section.module.css";
import { SectionList } from "@/ui/SectionList";
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
  usePageTitle(t("title"));
  const list = useInfiniteQuery(streamVideosQuery());
  return (
    <Section title={t("title")} hint={t("hint")}>
      <SectionList
        list={list}
        nothing={
          <Message icon={IconChecks} title={t("none")} heading={3}>
            {t("noneHint")}
          </Message>
        }
      >
        {(video) => <Row key={video.uid} video={video} />}
      </SectionList>
    </Section>
  );
}
