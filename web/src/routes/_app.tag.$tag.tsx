import { createFileRoute } from "@tanstack/react-router";
import { TagPage } from "@/features/library/ListPages";

function Tag() {
  return <TagPage tag={Route.useParams().tag} />;
}

export const Route = createFileRoute("/_app/tag/$tag")({ component: Tag });
