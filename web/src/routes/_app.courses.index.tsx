import { createFileRoute } from "@tanstack/react-router";
import { CataloguePage } from "@/features/courses/CataloguePage";

function Catalogue() {
  return <CataloguePage scope={Route.useSearch().show ? "enrolled" : "all"} />;
}

export const Route = createFileRoute("/_app/courses/")({
  validateSearch: ({ show }: Record<string, unknown>): { show?: "mine" } =>
    show === "mine" ? { show } : {},
  component: Catalogue,
});
