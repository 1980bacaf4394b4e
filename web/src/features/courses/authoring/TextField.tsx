import { SegmentedControl, Skeleton, Textarea } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import type { Lesson } from "@/api/types";
import { ErrorMessage } from "@/ui/Message";
import { Section } from "@/ui/Section";
import classes from "./Authoring.module.css";
import { useEdited } from "./edited";
import { changeLessonText, lessonTextQuery } from "./queries";
import { SaveBar } from "./SaveBar";
import type { Kept } from "./saver";
import { useDocument } from "./useDocument";

const Markdown = lazy(() => import("@/ui/Markdown"));
const LONGEST_TEXT = 100_000;

function Editor({ lesson, kept }: { lesson: Lesson; kept: Kept<string> }) {
  const t = useTranslations("authoring.text");
  const queries = useQueryClient();
  const { course } = useEdited();
  const query = lessonTextQuery(course.id, lesson.id);
  const [shown, setShown] = useState("write");
  const document = useDocument<string>({
    kept,
    send: async ({ value, version }) => {
      const saved = await changeLessonText(course.id, lesson.id, { text: value, version });
      queries.setQueryData(query.queryKey, saved);
      return { value: saved.text, version: saved.version };
    },
    load: async () => {
      const { text, version } = await queries.fetchQuery({ ...query, staleTime: 0 });
      return { value: text, version };
    },
  });
  return (
    <div className={classes.text}>
      <SegmentedControl
        aria-label={t("view")}
        style={{ justifySelf: "start" }}
        value={shown}
        onChange={setShown}
        data={[
          { value: "write", label: t("write") },
          { value: "look", label: t("look") },
        ]}
      />
      {shown === "write" ? (
        <Textarea
          aria-label={t("title")}
          description={t("markdown")}
          autosize
          minRows={10}
          maxRows={30}
          maxLength={LONGEST_TEXT}
          value={document.draft}
          onChange={({ currentTarget }) => document.setDraft(currentTarget.value)}
        />
      ) : (
        <div className={classes.sheet}>
          <Suspense fallback={<Skeleton h={120} />}>
            {document.draft.trim() ? (
              <Markdown text={document.draft} />
            ) : (
              <p className={classes.dim}>{t("nothing")}</p>
            )}
          </Suspense>
        </div>
      )}
      <SaveBar document={document} />
    </div>
  );
}

/** The text of a lesson: all of a text lesson, what stands below a video or above a quiz. */
export function TextField({ lesson }: { lesson: Lesson }) {
  const t = useTranslations("authoring.text");
  const { course } = useEdited();
  const { data, error, refetch } = useQuery(lessonTextQuery(course.id, lesson.id));
  return (
    <Section title={t("title")} hint={t(`hint.${lesson.kind}`)}>
      {error && !data && <ErrorMessage error={error} heading={3} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton h={240} radius="md" />}
      {data && <Editor lesson={lesson} kept={{ value: data.text, version: data.version }} />}
    </Section>
  );
}
