import { useTranslations } from "use-intl";
import { ApiError } from "@/api/client";
import { useErrorText } from "@/ui/errors";

/** What is wrong with captions, with the line or entry it is in, in the person's language. */
export function useCaptionsError(): (error: unknown) => string {
  const t = useTranslations("captions.problems");
  const text = useErrorText();
  return (error) => {
    if (!(error instanceof ApiError) || error.code !== "captions_invalid") return text(error);
    const { problem, line, entry, found } = error.fields;
    const key = String(problem) as "empty";
    if (!t.has(key)) return text(error);
    const what = t(key, { found: typeof found === "string" ? found : "" });
    if (typeof line === "number") return t("line", { line, what });
    return typeof entry === "number" ? t("entry", { entry, what }) : what;
  };
}
