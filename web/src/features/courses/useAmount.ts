import { useTranslations } from "use-intl";
import { useFormats } from "@/ui/useFormats";

/** How much there is in a course or a section: `12 lessons · 1 hr 5 min`. */
export function useAmount(): (count: number, seconds: number | null) => string {
  const t = useTranslations("courses");
  const { wait } = useFormats();
  return (count, seconds) =>
    seconds ? `${t("lessons", { count })} · ${wait(seconds)}` : t("lessons", { count });
}
