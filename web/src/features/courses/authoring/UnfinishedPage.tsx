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
import { retryLessonVideo, retryPreview, unfinishedVideosQuery } from "./queries";
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

/** The newer file is what is still to come; without one, it is the video itself. */
const versionOf = ({ video, preview }: UnfinishedCourseVideo): Version =>
  (video?.next_version ?? video ?? preview) as Version;

interface PlaceLinkProps extends Record<string, unknown> {
  item: UnfinishedCourseVideo;
}

/** Leads to where an author changes it. */
function PlaceLink({ item: { video, course_slug: slug }, ...props }: PlaceLinkProps) {
  if (!video) return <Link to="/courses/$slug/edit/details" params={{ slug }} {...props} />;
  if (!video.is_in_curriculum) {
    return <Link to="/courses/$slug/edit" params={{ slug }} {...props} />;
  }
  return (
    <Link
      to="/courses/$slug/edit/lessons/$lessonId"
      params={{ slug, lessonId: video.lesson_id }}
      {...props}
    />
  );
}

function Row({ item }: { item: UnfinishedCourseVideo }) {
  const t = useTranslations("authoring.unfinished");
  const text = useErrorText();
  const queries = useQueryClient();
  const { ago } = useFormats();
  const failure = useFailureText();
  const { video, course_id, course_title, changed_at } = item;
  const version = versionOf(item);
  const title = video?.title ?? t("preview");
  const hasFailed = version.status === "error";
  const { mutate, isPending } = useMutation({
    mutationFn: (): Promise<unknown> =>
      video ? retryLessonVideo(course_id, video.lesson_id) : retryPreview(course_id),
    onError: (error) => toastError(text(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: unfinishedVideosQuery().queryKey }),
  });
  return (
    <li>
      <div className={sections.words}>
        <p className={sections.name}>
          <Anchor inherit renderRoot={(props) => <PlaceLink item={item} {...props} />}>
            {title}
          </Anchor>
        </p>
        <p className={sections.note}>
          {course_title} · {version.filename} · {ago(changed_at)}
          {video?.is_in_curriculum === false && ` · ${t("takenOut")}`}
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
          aria-label={t("retryOf", { title })}
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

/** All videos of lessons and previews that are not ready: being made, waiting, or failed. */
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
        {(item) => <Row key={versionOf(item).asset_id} item={item} />}
      </SectionList>
    </Section>
  );
}
