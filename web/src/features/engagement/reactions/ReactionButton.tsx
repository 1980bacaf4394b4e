import { Popover } from "@mantine/core";
import { type PointerEvent, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { ReactionType } from "@/api/types";
import { IconMoodPlus, IconThumbUp } from "@/ui/icons";
import { ReactionIcon } from "./ReactionIcon";
import { ReactionPicker } from "./ReactionPicker";
import classes from "./Reactions.module.css";

const HOVER_OPENS_MS = 350;
const HOVER_CLOSES_MS = 300;
const LONG_PRESS_MS = 400;
const LONG_PRESS_MOVES_PX = 10;

interface ReactionButtonProps {
  mine: ReactionType | null;
  isReady: boolean;
  onReact: (type: ReactionType) => void;
  /** Small ones stand below comments. */
  small?: boolean;
}

/** A press likes; resting on it, a long press, or the small button beside it offer all six. */
export function ReactionButton({ mine, isReady, onReact, small = false }: ReactionButtonProps) {
  const t = useTranslations("reactions");
  const [open, setOpen] = useState<"no" | "pointer" | "keyboard">("no");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pressedAt = useRef<{ x: number; y: number } | null>(null);
  const wasLong = useRef(false);
  const more = useRef<HTMLButtonElement>(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (open !== "pointer") return;
    const dismiss = (event: KeyboardEvent) => event.key === "Escape" && setOpen("no");
    document.addEventListener("keydown", dismiss);
    return () => document.removeEventListener("keydown", dismiss);
  }, [open]);
  const soon = (next: typeof open, wait: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(next), wait);
  };
  const close = (givesFocusBack = false) => {
    clearTimeout(timer.current);
    setOpen("no");
    if (givesFocusBack) more.current?.focus();
  };
  const pick = (type: ReactionType) => {
    close(open === "keyboard");
    onReact(type);
  };
  const press = (event: PointerEvent) => {
    wasLong.current = false;
    if (event.pointerType === "mouse") return;
    pressedAt.current = { x: event.clientX, y: event.clientY };
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      wasLong.current = true;
      setOpen("pointer");
    }, LONG_PRESS_MS);
  };
  const release = () => {
    if (pressedAt.current && !wasLong.current) clearTimeout(timer.current);
    pressedAt.current = null;
  };
  const move = ({ clientX, clientY }: PointerEvent) => {
    const from = pressedAt.current;
    if (from && Math.hypot(clientX - from.x, clientY - from.y) > LONG_PRESS_MOVES_PX) release();
  };
  const size = small ? 18 : 22;
  const name = t(`names.${mine ?? "like"}`);
  return (
    <fieldset
      className={classes.split}
      data-small={small || undefined}
      data-mine={mine ?? undefined}
      aria-label={t("reactions")}
      disabled={!isReady}
      onPointerEnter={({ pointerType }) =>
        pointerType === "mouse" && open === "no" && soon("pointer", HOVER_OPENS_MS)
      }
      onPointerLeave={({ pointerType }) => pointerType === "mouse" && soon("no", HOVER_CLOSES_MS)}
      onPointerOver={({ pointerType }) =>
        pointerType === "mouse" && open !== "no" && clearTimeout(timer.current)
      }
    >
      <Popover
        opened={open !== "no"}
        onChange={(opened) => !opened && close()}
        position="top-start"
        offset={8}
        withinPortal={false}
        withRoles={false}
        transitionProps={{ transition: "pop-bottom-left", duration: 140 }}
      >
        <Popover.Target>
          <div className={classes.buttons}>
            <button
              type="button"
              className={classes.main}
              aria-pressed={mine !== null}
              aria-label={small ? name : undefined}
              onPointerDown={press}
              onPointerMove={move}
              onPointerUp={release}
              onPointerCancel={release}
              onContextMenu={(event) => wasLong.current && event.preventDefault()}
              onClick={() => {
                if (wasLong.current) {
                  wasLong.current = false;
                  return;
                }
                close();
                onReact(mine ?? "like");
              }}
            >
              <span key={mine} className={classes.sign}>
                {mine ? (
                  <ReactionIcon type={mine} size={size} />
                ) : (
                  <IconThumbUp size={size} stroke={1.6} />
                )}
              </span>
              {!small && <span>{name}</span>}
            </button>
            <button
              ref={more}
              type="button"
              className={classes.more}
              aria-label={t("choose")}
              aria-haspopup="menu"
              aria-expanded={open !== "no"}
              onClick={() => {
                clearTimeout(timer.current);
                setOpen(open === "keyboard" ? "no" : "keyboard");
              }}
            >
              <IconMoodPlus size={small ? 17 : 20} stroke={1.6} />
            </button>
          </div>
        </Popover.Target>
        <Popover.Dropdown className={classes.dropdown}>
          <ReactionPicker
            key={open}
            mine={mine}
            takesFocus={open === "keyboard"}
            onPick={pick}
            onClose={close}
          />
        </Popover.Dropdown>
      </Popover>
    </fieldset>
  );
}
