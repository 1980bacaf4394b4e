import { useElementSize } from "@mantine/hooks";
import { useMediaRemote, useMediaState } from "@vidstack/react";
import { type KeyboardEvent, useState } from "react";
import { useTranslations } from "use-intl";
import type { PersonLook } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { formatClock } from "@/ui/format";
import { type Gathered, gathered } from "./gathered";
import classes from "./Moments.module.css";

/** Something that somebody says about one second of the video. */
export interface PlayerMoment {
  id: string;
  seconds: number;
  person: PersonLook;
  text: string;
}

/** As wide as a finger needs. */
const MARK_PX = 24;
/** Below this width the picture has no room for more than one. */
const WIDE_PX = 480;
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

interface MomentsProps {
  moments: readonly PlayerMoment[];
}

/** Marks on the time bar, in the order of time; the arrow keys go from one to the next. */
export function Moments({ moments }: MomentsProps) {
  const t = useTranslations("player.moments");
  const remote = useMediaRemote();
  const duration = useMediaState("duration");
  const { ref, width } = useElementSize();
  const [shown, setShown] = useState<number | null>(null);
  const [reached, setReached] = useState(0);
  const marks = width > 0 ? gathered(moments, duration, MARK_PX / width) : [];
  const entry = Math.min(reached, marks.length - 1);
  const open = shown === null ? undefined : marks[shown];

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key];
    const goal =
      event.key === "Home" ? 0 : event.key === "End" ? marks.length - 1 : entry + (step ?? 0);
    if (event.key === "Escape") return setShown(null);
    if (!step && event.key !== "Home" && event.key !== "End") return;
    // The player would seek by these keys.
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(marks.length - 1, Math.max(0, goal));
    setReached(next);
    event.currentTarget.querySelectorAll("button")[next]?.focus();
  };
  const nameOf = ({ items: [first, ...more] }: Gathered<PlayerMoment>) =>
    first
      ? [
          t("one", {
            time: formatClock(first.seconds),
            name: first.person.display_name,
            text: first.text,
          }),
          ...(more.length > 0 ? [t("more", { count: more.length })] : []),
        ].join(" ")
      : "";
  return (
    <div ref={ref} className={classes.bar}>
      {marks.length > 0 && (
        <div
          role="toolbar"
          tabIndex={-1}
          aria-label={t("all")}
          className={classes.marks}
          onKeyDown={onKeyDown}
        >
          {marks.map((mark, index) => (
            <button
              key={mark.items[0]?.id}
              type="button"
              tabIndex={index === entry ? 0 : -1}
              className={classes.mark}
              style={{ insetInlineStart: `${mark.at * 100}%` }}
              data-many={mark.items.length > 1 || undefined}
              aria-label={nameOf(mark)}
              onFocus={() => {
                setReached(index);
                setShown(index);
              }}
              onBlur={() => setShown(null)}
              onPointerEnter={() => setShown(index)}
              onPointerLeave={() => setShown(null)}
              onClick={(event) => remote.seek(mark.items[0]?.seconds ?? 0, event.nativeEvent)}
            />
          ))}
        </div>
      )}
      {open && <Card mark={open} most={width < WIDE_PX ? 1 : 2} />}
    </div>
  );
}

/** What is said there; those who listen hear it as the name of the mark. */
function Card({ mark, most }: { mark: Gathered<PlayerMoment>; most: number }) {
  const t = useTranslations("player.moments");
  const more = mark.items.length - most;
  return (
    <div
      aria-hidden="true"
      className={classes.card}
      style={{ "--at": `${mark.at * 100}%` } as object}
    >
      {mark.items.slice(0, most).map(({ id, seconds, person, text }) => (
        <div key={id} className={classes.said}>
          <Avatar person={person} size={26} />
          <div>
            <p>
              <bdi>{person.display_name}</bdi> <span>{formatClock(seconds)}</span>
            </p>
            <p dir="auto" className="clamp-2">
              {text}
            </p>
          </div>
        </div>
      ))}
      {more > 0 && <p className={classes.more}>{t("more", { count: more })}</p>}
    </div>
  );
}
