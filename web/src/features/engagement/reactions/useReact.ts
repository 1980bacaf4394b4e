import { useTranslations } from "use-intl";
import type { ReactionType } from "@/api/types";
import { useErrorText } from "@/ui/errors";
import { toastError } from "@/ui/toasts";
import { react, type Target } from "./reacting";

/** Reacts, and says so when it did not get through. */
export function useReact(target: Target) {
  const t = useTranslations("reactions");
  const text = useErrorText();
  return (type: ReactionType) => {
    react(target, type).catch((error: unknown) => toastError(t("failed", { reason: text(error) })));
  };
}
