import { createFileRoute } from "@tanstack/react-router";
import { CategoryPage } from "@/features/library/ListPages";

function Category() {
  return <CategoryPage slug={Route.useParams().slug} />;
}

export const Route = createFileRoute("/_app/category/$slug")({ component: Category });
