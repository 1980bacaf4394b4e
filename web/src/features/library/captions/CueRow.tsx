import { ActionIcon, Tooltip } from "@mantine/core";
import { type ComponentType, memo, useRef } from "react";
import { useTranslations } from "use-intl";
import { playhead } from "@/player/playhead";
import {
  IconArrowMerge,
  IconClock,
  IconPlayerPlay,
  IconPlus,
  IconScissors,
  IconTrash,
} from "@/ui/icons";
import { type DraftCue, problemOf } from "./draft";
import classes from "./Editor.module.css";
import { TimeInput } from "./TimeInput";

export interface RowActions {
  edit: (id: number, values: Partial<DraftCue>, step: string) => void;
  /** Puts the cues in the order of their times again. */
  settle: () => void;
  split: (id: number, caret: number) => void;
  merge: (id: number) => void;
  insertAfter: (id: number) => void;
  remove: (id: number) => void;
}

export const fieldId = (id: number, field: "start" | "end" | "text"): string =>
  `cue-${id}-${field}`;

const now = (): number | null => {
  const seconds = playhead.now();
  return seconds === null ? null : Math.round(seconds * 1000);
};

interface ToolProps {
  label: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  onClick: () => void;
}

function Tool({ label, icon: Icon, onClick }: ToolProps) {
  return (
    <Tooltip label={label} openDelay={500}>
      <ActionIcon variant="subtle" color="gray" size={34} aria-label={label} onClick={onClick}>
        <Icon size={17} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  );
}

interface CueRowProps {
  cue: DraftCue;
  /** Counted from 1. */
  number: number;
  isNow: boolean;
  isLast: boolean;
  overlaps: boolean;
  isChapter: boolean;
  /** Said only once somebody wanted to save. */
  showsProblem: boolean;
  actions: RowActions;
}

export const CueRow = memo(function CueRow(props: CueRowProps) {
  const { cue, number, isNow, isLast, overlaps, isChapter, showsProblem, actions } = props;
  const t = useTranslations("captions");
  const text = useRef<HTMLTextAreaElement>(null);
  const { id, start, end } = cue;
  const problem = problemOf(isChapter ? { ...cue, end: start + 1 } : cue);
  const isShown = problem === "end_before_start" || (problem !== null && showsProblem);
  const setTime = (field: "start" | "end", ms: number | null) => {
    if (ms === null) return;
    // A line that begins at another moment keeps its length.
    const values = field === "start" ? { start: ms, end: end + ms - start } : { end: ms };
    actions.edit(id, values, `${id} ${field}`);
  };
  const time = (field: "start" | "end") => (
    <div className={classes.timeLine}>
      <TimeInput
        id={fieldId(id, field)}
        label={t(field, { number })}
        value={cue[field]}
        hasProblem={field === "end" && problem === "end_before_start"}
        onChange={(ms) =>
          field === "start"
            ? actions.edit(id, { start: ms }, `${id} start`)
            : actions.edit(id, { end: ms }, `${id} end`)
        }
      />
      <Tool
        label={t(`${field}Now`, { number })}
        icon={IconClock}
        onClick={() => {
          setTime(field, now());
          actions.settle();
        }}
      />
    </div>
  );
  return (
    <li
      className={classes.row}
      data-now={isNow || undefined}
      data-chapter={isChapter || undefined}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) actions.settle();
      }}
    >
      <div className={classes.times}>
        {time("start")}
        {!isChapter && time("end")}
      </div>
      <div className={classes.words}>
        <textarea
          ref={text}
          id={fieldId(id, "text")}
          data-cue={id}
          rows={isChapter ? 1 : Math.max(2, cue.text.split("\n").length)}
          aria-label={t(isChapter ? "chapterTitle" : "text", { number })}
          aria-invalid={(isShown && problem === "text_missing") || undefined}
          aria-describedby={isShown ? `${fieldId(id, "text")}-problem` : undefined}
          placeholder={t(isChapter ? "chapterTitlePlaceholder" : "textPlaceholder")}
          value={cue.text}
          onChange={({ currentTarget }) =>
            actions.edit(id, { text: currentTarget.value }, `${id} text`)
          }
        />
        {isShown && (
          <p id={`${fieldId(id, "text")}-problem`} className={classes.problem}>
            {t(`problems.${problem}`, { found: "" })}
          </p>
        )}
        {!isShown && overlaps && <p className={classes.hint}>{t("overlaps")}</p>}
      </div>
      <div className={classes.tools}>
        <Tool
          label={t("play", { number })}
          icon={IconPlayerPlay}
          onClick={() => {
            playhead.seek(start / 1000);
            playhead.play();
          }}
        />
        {!isChapter && (
          <Tool
            label={t("split", { number })}
            icon={IconScissors}
            onClick={() => actions.split(id, text.current?.selectionStart ?? 0)}
          />
        )}
        {!isChapter && !isLast && (
          <Tool
            label={t("merge", { number })}
            icon={IconArrowMerge}
            onClick={() => actions.merge(id)}
          />
        )}
        <Tool
          label={t(isChapter ? "insertChapter" : "insert", { number })}
          icon={IconPlus}
          onClick={() => actions.insertAfter(id)}
        />
        <Tool label={t("remove", { number })} icon={IconTrash} onClick={() => actions.remove(id)} />
      </div>
    </li>
  );
});
