import { createFileRoute } from "@tanstack/react-router";
import { CoursePage } from "@/features/courses/CoursePage";
import { courseQuery } from "@/features/courses/queries";

function Course() {
  const { slug } = Route.useParams();
  return <CoursePage key={slug} slug={slug} />;
}

export const Route = createFileRoute("/_app/courses/$slug/")({
  loader: ({ context, params }) => void context.queries.prefetchQuery(courseQuery(params.slug)),
  component: Course,
});
