import { useNavigate } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import type { CourseLesson } from "@/api/types";
import { Countdown } from "@/features/library/playlists/Countdown";

interface NextLessonProps {
  slug: string;
  next: CourseLesson;
}

/** After the end of a lesson: goes on with the next one, unless it is locked or one says no. */
export function NextLesson({ slug, next }: NextLessonProps) {
  const navigate = useNavigate();
  const [isCancelled, setCancelled] = useState(false);
  const start = useCallback(() => {
    const params = { slug, lessonId: next.id };
    void navigate({ to: "/courses/$slug/$lessonId", params });
  }, [navigate, slug, next.id]);
  const cancel = useCallback(() => setCancelled(true), []);
  if (next.is_locked || isCancelled) return null;
  return <Countdown title={next.title} onStart={start} onCancel={cancel} />;
}
