import { type ComponentProps, type CSSProperties, useState } from "react";
import { useTranslations } from "use-intl";
import type { LessonKind, Section } from "@/api/types";
import {
  IconArrowDown,
  IconArrowUp,
  IconChecklist,
  IconDotsVertical,
  IconFileText,
  IconPencil,
  IconPlayerPlay,
  IconPlus,
  IconTrash,
} from "@/ui/icons";
import { PopItem, PopMenu } from "@/ui/PopMenu";
import classes from "./Curriculum.module.css";
import { Handle } from "./Handle";
import { TitleField } from "./TitleField";
import type { CurriculumChanges } from "./useCurriculumChanges";

export interface LineProps {
  at: number;
  count: number;
  isDragged: boolean;
  shift: number;
  grip: ComponentProps<"button">;
  /** Just made: its title comes first. */
  isNew: boolean;
  changes: CurriculumChanges;
  onCancel: () => void;
}

export const shifted = (shift: number): CSSProperties | undefined =>
  shift ? { transform: `translateY(${shift}px)` } : undefined;

const KINDS: readonly LessonKind[] = ["video", "text", "quiz"];
const ICONS = { video: IconPlayerPlay, text: IconFileText, quiz: IconChecklist };

/** The heading of a section, with what may be done to the whole of it. */
export function SectionLine({ section, ...line }: LineProps & { section: Section }) {
  const { at, count, isDragged, shift, grip, changes, onCancel } = line;
  const t = useTranslations("authoring");
  const courses = useTranslations("courses");
  const [isRenaming, setRenaming] = useState(line.isNew);
  const { id, title, lessons } = section;
  const rename = (next: string) => {
    setRenaming(false);
    if (next !== title) changes.renameSection(id, next);
  };
  return (
    <li className={classes.section} style={shifted(shift)} data-dragged={isDragged || undefined}>
      <Handle
        title={title}
        at={at}
        count={count}
        grip={grip}
        onMove={(to) => changes.moveSectionBy(section, to < at ? -1 : 1)}
        onCancel={onCancel}
      />
      {isRenaming ? (
        <TitleField label={t("sectionTitle")} title={title} onDone={rename} />
      ) : (
        <h2>
          {title} <small>{courses("lessons", { count: lessons.length })}</small>
        </h2>
      )}
      <PopMenu label={t("addLessonTo", { title })} icon={<IconPlus size={19} stroke={1.7} />}>
        {KINDS.map((kind) => (
          <PopItem key={kind} icon={ICONS[kind]} onClick={() => changes.addLesson(id, kind)}>
            {t(`add.${kind}`)}
          </PopItem>
        ))}
      </PopMenu>
      <PopMenu label={t("moreOf", { title })} icon={<IconDotsVertical size={19} stroke={1.7} />}>
        <PopItem icon={IconPencil} onClick={() => setRenaming(true)}>
          {t("rename")}
        </PopItem>
        <PopItem icon={IconArrowUp} onClick={() => changes.moveSectionBy(section, -1)}>
          {t("moveUp")}
        </PopItem>
        <PopItem icon={IconArrowDown} onClick={() => changes.moveSectionBy(section, 1)}>
          {t("moveDown")}
        </PopItem>
        <PopItem icon={IconTrash} isBad onClick={() => changes.removeSection(section)}>
          {t("delete")}
        </PopItem>
      </PopMenu>
    </li>
  );
}
