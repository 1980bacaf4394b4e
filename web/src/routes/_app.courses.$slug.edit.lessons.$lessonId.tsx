import { createFileRoute } from "@tanstack/react-router";
import { LessonEditPage } from "@/features/courses/authoring/LessonEditPage";

function Lesson() {
  const { lessonId } = Route.useParams();
  return <LessonEditPage key={lessonId} lessonId={lessonId} />;
}

export const Route = createFileRoute("/_app/courses/$slug/edit/lessons/$lessonId")({
  component: Lesson,
});
