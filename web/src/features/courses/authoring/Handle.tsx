import type { ComponentProps, KeyboardEvent } from "react";
import { useTranslations } from "use-intl";
import { placeAfterKey } from "@/features/library/playlists/order";
import { IconGripVertical } from "@/ui/icons";
import classes from "./Curriculum.module.css";

export const HINT_ID = "how-to-move-lessons";

interface HandleProps {
  title: string;
  at: number;
  count: number;
  grip: ComponentProps<"button">;
  onMove: (to: number) => void;
  onCancel: () => void;
}

/** What a line is held by: with the pointer, or with the arrow keys. */
export function Handle({ title, at, count, grip, onMove, onCancel }: HandleProps) {
  const t = useTranslations("authoring");
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onCancel();
    const to = placeAfterKey(event.key, at, count);
    if (to === null) return;
    event.preventDefault();
    if (to !== at) onMove(to);
  };
  return (
    <button
      type="button"
      className={classes.handle}
      aria-label={t("moveHandle", { title })}
      aria-describedby={HINT_ID}
      onKeyDown={onKeyDown}
      {...grip}
    >
      <IconGripVertical size={20} stroke={1.7} />
    </button>
  );
}
