import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { playhead } from "@/player/playhead";
import { formatClock } from "@/ui/format";
import classes from "./WatchPage.module.css";

const RESUMED_NOTICE_MS = 7000;

/** Says that it goes on where one stopped, and offers the beginning. */
export function Resumed({ at }: { at: number }) {
  const t = useTranslations("watch");
  const [isShown, setShown] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setShown(false), RESUMED_NOTICE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isShown) return null;
  const startOver = () => {
    playhead.seek(0);
    setShown(false);
  };
  return (
    <div className={classes.resumed} role="status">
      {t("resumedAt", { time: formatClock(at) })}
      <button type="button" onClick={startOver}>
        {t("startOver")}
      </button>
    </div>
  );
}
