import { Anchor, Button } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import type { UnfinishedCourseVideo } from "@/api/gen";
import { useFailureText, useProgressText } from "@/features/processing/AssetStatus";
import { Bar } from "@/ui/Bar";
import { useErrorText } from "@/ui/errors";
import { IconChecks, IconRefresh } from "@/ui/icons";
import { Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { Section } from "@/ui/Section";
import sections from "@/ui/Section.module.css";
import { SectionList } from "@/ui/SectionList";
import { toastError } from "@/ui/toasts";
import { useFormats } from "@/ui/useFormats";
import classes from "./Authoring.module.css";
import { retryLessonVideo, unfinishedVideosQuery } from "./queries";
import { isInterrupted, useFollowed, type Version } from "./versions";

function Making({ version }: { version: Version }) {
  const t = useTranslations("processing");
  const video = useTranslations("authoring.video");
  const followed = useFollowed(version);
  const text = useProgressText(followed);
  return (
    <div className={classes.howFar}>
      <Bar
        value={followed.processing_progress ?? 0}
        isMoving={followed.status === "inprogress"}
        label={t("progress")}
      />
      <span className="tabular">{isInterrupted(version) ? video("interrupted") : text}</span>
    </div>
  );
}

function Row({ item }: { item: UnfinishedCourseVideo }) {
  const t = useTranslations("authoring.unfinished");
  const text = useErrorText();
  const queries = useQueryClient();
  const { ago } = useFormats();
  const failure = useFailureText();
  const { video, course_title, course_slug } = item;
  // The newer file is what is still to come; without one, it is the video itself.
  const version: Version = video.next_version ?? video;
  const hasFailed = version.status === "error";
  const { mutate, isPending } = useMutation({
    mutationFn: () => retryLessonVideo(video.course_id, video.lesson_id),
    onError: (error) => toastError(text(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: unfinishedVideosQuery().queryKey }),
  });
  return (
    <li>
      <div className={sections.words}>
        <p className={sections.name}>
          <Anchor
            inherit
            renderRoot={(props) =>
              video.is_in_curriculum ? (
                <Link
                  to="/courses/$slug/edit/lessons/$lessonId"
                  params={{ slug: course_slug, lessonId: video.lesson_id }}
                  {...props}
                />
              ) : (
                <Link to="/courses/$slug/edit" params={{ slug: course_slug }} {...props} />
              )
            }
          >
            {video.title}
          </Anchor>
        </p>
        <p className={sections.note}>
          {course_title} · {version.filename} · {ago(video.updated_at)}
          {!video.is_in_curriculum && ` · ${t("takenOut")}`}
        </p>
        {hasFailed && (
          <p className={sections.note} style={{ color: "var(--mantine-color-error)" }}>
            {failure(version)}
          </p>
        )}
      </div>
      {hasFailed ? (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={16} />}
          aria-label={t("retryOf", { title: video.title })}
          loading={isPending}
          onClick={() => mutate()}
        >
          {t("retry")}
        </Button>
      ) : (
        <Making version={version} />
      )}
    </li>
  );
}

/** All videos of lessons that are not ready: being made, waiting for bytes, or failed. */
export function UnfinishedPage() {
  const t = useTranslations("authoring.unfinished");
  usePageTitle(t("title"));
  const list = useInfiniteQuery(unfinishedVideosQuery());
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
        {(item) => <Row key={item.video.id} item={item} />}
      </SectionList>
    </Section>
  );
}
