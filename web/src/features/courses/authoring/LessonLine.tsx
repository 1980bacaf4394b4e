import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { CourseVideo, Lesson, Section } from "@/api/types";
import {
  IconArrowDown,
  IconArrowRight,
  IconArrowUp,
  IconDotsVertical,
  IconEye,
  IconEyeOff,
  IconPencil,
  IconTrash,
  IconUpload,
} from "@/ui/icons";
import { PopItem, PopMenu } from "@/ui/PopMenu";
import { LessonIcon } from "../LessonIcon";
import classes from "./Curriculum.module.css";
import { useEdited } from "./edited";
import { Handle } from "./Handle";
import { type LineProps, shifted } from "./SectionLine";
import { TitleField } from "./TitleField";
import { useLessonUpload } from "./useLessonUpload";
import { VideoNote } from "./VideoNote";

interface LessonLineProps extends LineProps {
  lesson: Lesson;
  section: Section;
  sections: readonly Section[];
  video: CourseVideo | undefined;
}

function Upload({ lesson }: Pick<LessonLineProps, "lesson">) {
  const t = useTranslations("authoring");
  const { course } = useEdited();
  const { item, choose } = useLessonUpload(course, lesson);
  if (item && item.state !== "sent") return null;
  return (
    <Button
      data-upload
      size="compact-sm"
      variant="light"
      leftSection={<IconUpload size={15} />}
      aria-label={t("uploadFor", { title: lesson.title })}
      onClick={choose}
    >
      {t("upload")}
    </Button>
  );
}

/** One lesson: what it is, whether it is ready, and its place. */
export function LessonLine(props: LessonLineProps) {
  const { lesson, section, sections, video, at, count, isDragged, shift, changes } = props;
  const t = useTranslations("authoring");
  const courses = useTranslations("courses");
  const { course } = useEdited();
  const [isRenaming, setRenaming] = useState(props.isNew);
  const { id, title, kind, is_preview } = lesson;
  const others = sections.filter((other) => other.id !== section.id);
  const rename = (next: string) => {
    setRenaming(false);
    if (next !== title) changes.changeLesson(id, { title: next });
  };
  return (
    <li className={classes.lesson} style={shifted(shift)} data-dragged={isDragged || undefined}>
      <Handle
        title={title}
        at={at}
        count={count}
        grip={props.grip}
        onMove={(to) => changes.move(at, to)}
        onCancel={props.onCancel}
      />
      <span className={classes.kind}>
        <LessonIcon kind={kind} />
      </span>
      <div className={classes.title}>
        {isRenaming ? (
          <TitleField label={t("lessonTitle")} title={title} onDone={rename} />
        ) : (
          <Link
            to="/courses/$slug/edit/lessons/$lessonId"
            params={{ slug: course.slug, lessonId: id }}
          >
            {title}
          </Link>
        )}
        <div className={classes.note}>
          <span>{courses(`kinds.${kind}`)}</span>
          {is_preview && <span>{t("isPreview")}</span>}
          {kind === "video" && <VideoNote lesson={lesson} video={video} />}
        </div>
      </div>
      {kind === "video" && !video ? <Upload lesson={lesson} /> : <span data-upload />}
      <PopMenu label={t("moreOf", { title })} icon={<IconDotsVertical size={19} stroke={1.7} />}>
        <PopItem icon={IconPencil} onClick={() => setRenaming(true)}>
          {t("rename")}
        </PopItem>
        <PopItem
          icon={is_preview ? IconEyeOff : IconEye}
          onClick={() => changes.changeLesson(id, { is_preview: !is_preview })}
        >
          {is_preview ? t("noPreview") : t("makePreview")}
        </PopItem>
        {at > 1 && (
          <PopItem icon={IconArrowUp} onClick={() => changes.move(at, at - 1)}>
            {t("moveUp")}
          </PopItem>
        )}
        {at < count - 1 && (
          <PopItem icon={IconArrowDown} onClick={() => changes.move(at, at + 1)}>
            {t("moveDown")}
          </PopItem>
        )}
        {others.slice(0, MOST_GOALS).map((other) => (
          <PopItem
            key={other.id}
            icon={IconArrowRight}
            onClick={() => changes.moveToSection(lesson, other.id)}
          >
            <span className="clamp-1">{t("moveTo", { section: other.title })}</span>
          </PopItem>
        ))}
        <PopItem icon={IconTrash} isBad onClick={() => changes.removeLesson(lesson)}>
          {t("delete")}
        </PopItem>
      </PopMenu>
    </li>
  );
}

/** A menu that is longer than the window helps nobody; the arrow keys go everywhere. */
const MOST_GOALS = 8;
