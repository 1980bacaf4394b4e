import { ActionIcon, Button, Popover, Tooltip } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { usePlayhead } from "@/player/playhead";
import { formatClock } from "@/ui/format";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsHorizontal,
  IconKeyboard,
  IconPlus,
} from "@/ui/icons";
import classes from "./Editor.module.css";
import { ShiftDialog } from "./ShiftDialog";
import type { useDraft } from "./useDraft";

const KEYS = ["save", "playPause", "next", "split", "undo", "redo"] as const;

interface ToolbarProps {
  draft: ReturnType<typeof useDraft>;
  isChapters: boolean;
  /** The index of the line that the player is at, -1 before the first. */
  now: number;
  /** How the whole is saved. */
  children: ReactNode;
}

/** What is done to the captions as a whole. */
export function Toolbar({ draft, isChapters, now, children }: ToolbarProps) {
  const t = useTranslations("captions");
  const [isShifting, setShifting] = useState(false);
  const clock = usePlayhead((seconds) => formatClock(seconds ?? 0));
  const from = Math.max(0, now);
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t("toolbar")}>
      <Button
        size="sm"
        px="sm"
        variant="light"
        leftSection={<IconPlus size={17} />}
        onClick={draft.addNow}
      >
        {t("addAt", { time: clock })}
      </Button>
      <Tooltip label={t("shift.title")}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t("shift.title")}
          disabled={draft.cues.length === 0}
          onClick={() => setShifting(true)}
        >
          <IconArrowsHorizontal size={19} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t("undo")}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t("undo")}
          disabled={!draft.canUndo}
          onClick={draft.undo}
        >
          <IconArrowBackUp size={19} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t("redo")}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t("redo")}
          disabled={!draft.canRedo}
          onClick={draft.redo}
        >
          <IconArrowForwardUp size={19} />
        </ActionIcon>
      </Tooltip>
      <Popover position="bottom-end" width={300} trapFocus>
        <Popover.Target>
          <ActionIcon
            className={classes.keysButton}
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t("keys.title")}
          >
            <IconKeyboard size={19} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown>
          <dl className={classes.keys}>
            {KEYS.filter((key) => !isChapters || key !== "split").map((key) => (
              <div key={key}>
                <dt>{t(`keys.${key}`)}</dt>
                <dd>
                  <kbd>{t(`keys.${key}Key`)}</kbd>
                </dd>
              </div>
            ))}
          </dl>
        </Popover.Dropdown>
      </Popover>
      <span className={classes.gap} />
      {children}
      {isShifting && (
        <ShiftDialog
          current={from > 0 ? from + 1 : null}
          onShift={(ms, isFromCurrent) => draft.shiftBy(ms, isFromCurrent ? from : 0)}
          onClose={() => setShifting(false)}
        />
      )}
    </div>
  );
}
