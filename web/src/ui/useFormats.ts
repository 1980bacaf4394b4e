import { useFormatter, useLocale, useNow } from "use-intl";
import { formatBytes, formatCount, formatWait } from "./format";

/** The formatters of `format.ts` in the current language, and dates. */
export function useFormats() {
  const locale = useLocale();
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  return {
    bytes: (value: number) => formatBytes(value, locale),
    count: (value: number) => formatCount(value, locale),
    wait: (seconds: number) => formatWait(seconds, locale),
    ago: (time: string) => format.relativeTime(new Date(time), now),
    day: (time: string) => format.dateTime(new Date(time), { dateStyle: "medium" }),
    moment: (time: string) =>
      format.dateTime(new Date(time), { dateStyle: "medium", timeStyle: "short" }),
    weekMoment: (time: string) =>
      format.dateTime(new Date(time), {
        weekday: "long",
        day: "numeric",
        month: "long",
        hour: "numeric",
        minute: "2-digit",
      }),
  };
}
