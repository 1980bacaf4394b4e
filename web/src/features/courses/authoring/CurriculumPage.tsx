import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { useDragOrder } from "@/features/library/playlists/useDragOrder";
import { IconPlus, IconSchool } from "@/ui/icons";
import { Message } from "@/ui/Message";
import classes from "./Curriculum.module.css";
import { linesOf } from "./curriculum";
import { useEdited } from "./edited";
import { HINT_ID } from "./Handle";
import { LessonLine } from "./LessonLine";
import { courseVideosQuery } from "./queries";
import { SectionLine } from "./SectionLine";
import { useSaver } from "./useCurriculum";
import { useCurriculumChanges } from "./useCurriculumChanges";

/** All sections and lessons in their order, to be put into another one. */
export function CurriculumPage() {
  const t = useTranslations("authoring");
  const { course, saver } = useEdited();
  const { value: sections } = useSaver(saver);
  const { data: videos } = useQuery(courseVideosQuery(course.id));
  const videoOf = useMemo(
    () => new Map(videos?.items.map((video) => [video.lesson_id, video])),
    [videos],
  );
  const changes = useCurriculumChanges(saver);
  const { list, handle, shiftOf, draggedAt, cancel } = useDragOrder(changes.move);
  const lines = linesOf(sections);
  return (
    <>
      {sections.length === 0 && (
        <Message icon={IconSchool} title={t("empty")}>
          {t("emptyHint")}
        </Message>
      )}
      <ol
        ref={list}
        className={classes.lines}
        aria-label={t("curriculum")}
        data-dragging={draggedAt !== null || undefined}
      >
        {lines.map(({ section, lesson }, at) => {
          const line = {
            at,
            count: lines.length,
            isDragged: draggedAt === at,
            shift: shiftOf(at),
            grip: handle(at),
            isNew: changes.newest === (lesson ?? section).id,
            changes,
            onCancel: cancel,
          };
          return lesson ? (
            <LessonLine
              key={lesson.id}
              {...line}
              lesson={lesson}
              section={section}
              sections={sections}
              video={videoOf.get(lesson.id)}
            />
          ) : (
            <SectionLine key={`section ${section.id}`} {...line} section={section} />
          );
        })}
      </ol>
      <div className={classes.foot}>
        <p className={classes.hint} id={HINT_ID}>
          {t("moveHint")}
        </p>
        <Button
          variant={sections.length === 0 ? "filled" : "default"}
          leftSection={<IconPlus size={18} />}
          onClick={changes.addSection}
        >
          {t("addSection")}
        </Button>
      </div>
      <div className="visually-hidden" role="status">
        {changes.said}
      </div>
    </>
  );
}
