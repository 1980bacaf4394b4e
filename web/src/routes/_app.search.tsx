import { createFileRoute } from "@tanstack/react-router";
import { readSearch } from "@/features/library/search/queries";
import { SearchPage } from "@/features/library/search/SearchPage";

function Search() {
  return <SearchPage search={Route.useSearch()} />;
}

export const Route = createFileRoute("/_app/search")({
  validateSearch: readSearch,
  component: Search,
});
