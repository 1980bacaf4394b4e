import { useMemo } from "react";
import { useFormatter, useLocale, useNow, useTimeZone, useTranslations } from "use-intl";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** When something was said, as messengers say it: in the time zone of the person who reads. */
export function useWhen() {
  const t = useTranslations("chat");
  const format = useFormatter();
  const locale = useLocale();
  const timeZone = useTimeZone();
  const now = useNow({ updateInterval: MINUTE_MS });
  // One and the same for thousands of messages.
  const key = useMemo(() => new Intl.DateTimeFormat("sv", { timeZone }), [timeZone]);
  const clock = useMemo(
    () => new Intl.DateTimeFormat(locale, { timeZone, timeStyle: "short" }),
    [locale, timeZone],
  );
  const dayOf = (time: string): string => key.format(new Date(time));
  const today = key.format(now);
  const yesterday = key.format(new Date(now.getTime() - DAY_MS));
  return {
    /** The same text for everything of one day. */
    dayOf,
    /** 14:05 */
    time: (given: string) => clock.format(new Date(given)),
    /** Today, yesterday, or the date. */
    day: (given: string) => {
      const day = dayOf(given);
      if (day === today) return t("today");
      if (day === yesterday) return t("yesterday");
      return format.dateTime(new Date(given), { dateStyle: "full" });
    },
    /** The time of today, else the day. */
    short: (given: string) => {
      const day = dayOf(given);
      if (day === today) return clock.format(new Date(given));
      if (day === yesterday) return t("yesterday");
      return format.dateTime(new Date(given), { dateStyle: "short" });
    },
  };
}
