import { createFileRoute } from "@tanstack/react-router";
import { EditLayout } from "@/features/courses/authoring/EditLayout";
import { courseQuery } from "@/features/courses/queries";

function Edit() {
  const { slug } = Route.useParams();
  return <EditLayout key={slug} slug={slug} />;
}

export const Route = createFileRoute("/_app/courses/$slug/edit")({
  loader: ({ context, params }) => void context.queries.prefetchQuery(courseQuery(params.slug)),
  component: Edit,
});
