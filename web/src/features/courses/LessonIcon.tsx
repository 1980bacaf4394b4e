import type { LessonKind } from "@/api/types";
import { IconChecklist, IconFileText, IconPlayerPlay } from "@/ui/icons";

const ICONS = { video: IconPlayerPlay, text: IconFileText, quiz: IconChecklist };

interface LessonIconProps {
  kind: LessonKind;
  size?: number;
}

/** What kind of lesson it is. Silent: words beside it say so too. */
export function LessonIcon({ kind, size = 18 }: LessonIconProps) {
  const Icon = ICONS[kind];
  return <Icon size={size} stroke={1.6} aria-hidden />;
}
