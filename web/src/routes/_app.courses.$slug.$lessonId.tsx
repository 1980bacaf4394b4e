import { createFileRoute } from "@tanstack/react-router";
import { LessonPage } from "@/features/courses/lesson/LessonPage";
import { courseQuery } from "@/features/courses/queries";
import { readStart } from "@/player/moment";

function Lesson() {
  const { slug, lessonId } = Route.useParams();
  return <LessonPage slug={slug} lessonId={lessonId} moment={Route.useSearch().t} />;
}

export const Route = createFileRoute("/_app/courses/$slug/$lessonId")({
  validateSearch: readStart,
  loader: ({ context, params }) => void context.queries.prefetchQuery(courseQuery(params.slug)),
  component: Lesson,
});
