import { Anchor, Button, Select, Switch, TextInput, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Lesson, LessonKind } from "@/api/types";
import { IconArrowLeft, IconSchool } from "@/ui/icons";
import { Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { Section } from "@/ui/Section";
import sections from "@/ui/Section.module.css";
import classes from "./Authoring.module.css";
import { changeLesson, findLesson } from "./curriculum";
import { useEdited } from "./edited";
import { QuizField } from "./QuizField";
import { TextField } from "./TextField";
import { useSaver } from "./useCurriculum";
import { VideoField } from "./VideoField";

const KINDS: readonly LessonKind[] = ["video", "text", "quiz"];

/** What the curriculum says of a lesson; kept as soon as it is changed. */
function About({ lesson }: { lesson: Lesson }) {
  const t = useTranslations("authoring");
  const courses = useTranslations("courses");
  const { saver } = useEdited();
  const [typed, setTyped] = useState<string | null>(null);
  const change = (values: Partial<Omit<Lesson, "id">>) =>
    saver.change(changeLesson(saver.snapshot().value, lesson.id, values));
  const rename = () => {
    const title = typed?.trim();
    if (title && title !== lesson.title) change({ title });
    setTyped(null);
  };
  return (
    <Section title={t("lesson")}>
      <div className={sections.form}>
        <TextInput
          label={t("lessonTitle")}
          maxLength={200}
          value={typed ?? lesson.title}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          onBlur={rename}
          onKeyDown={({ key }) => key === "Enter" && rename()}
        />
        <Select
          label={t("kind")}
          description={t("kindHint")}
          allowDeselect={false}
          data={KINDS.map((kind) => ({ value: kind, label: courses(`kinds.${kind}`) }))}
          value={lesson.kind}
          onChange={(kind) => kind && change({ kind: kind as LessonKind })}
        />
        <Switch
          label={t("preview")}
          description={t("previewHint")}
          checked={lesson.is_preview}
          onChange={({ currentTarget }) => change({ is_preview: currentTarget.checked })}
        />
      </div>
    </Section>
  );
}

/** Everything that is in one lesson. */
export function LessonEditPage({ lessonId }: { lessonId: string }) {
  const t = useTranslations("authoring");
  const { course, saver } = useEdited();
  const lesson = findLesson(useSaver(saver).value, lessonId);
  usePageTitle(lesson && t("editTitle", { title: lesson.title }));
  if (!lesson) {
    return (
      <Message
        icon={IconSchool}
        title={t("lessonGone")}
        actions={
          <Button component={Link} to={`/courses/${course.slug}/edit`}>
            {t("toLessons")}
          </Button>
        }
      >
        {t("lessonGoneHint")}
      </Message>
    );
  }
  return (
    <>
      <div className={classes.bar} style={{ marginBlockEnd: 16 }}>
        <Title order={2} style={{ overflowWrap: "anywhere" }}>
          {lesson.title}
        </Title>
        <Anchor
          className={classes.back}
          renderRoot={(props) => (
            <Link to="/courses/$slug/edit" params={{ slug: course.slug }} {...props} />
          )}
        >
          <IconArrowLeft size={16} aria-hidden /> {t("toLessons")}
        </Anchor>
      </div>
      <About lesson={lesson} />
      {lesson.kind === "video" && <VideoField lesson={lesson} />}
      {lesson.kind === "quiz" && <QuizField lesson={lesson} />}
      <TextField lesson={lesson} />
    </>
  );
}
