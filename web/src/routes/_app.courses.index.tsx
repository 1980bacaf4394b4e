import { createFileRoute } from "@tanstack/react-router";
import { CataloguePage } from "@/features/courses/CataloguePage";

const SCOPES = { mine: "enrolled", teaching: "teaching" } as const;

function Catalogue() {
  const { show } = Route.useSearch();
  return <CataloguePage scope={show ? SCOPES[show] : "all"} />;
}

export const Route = createFileRoute("/_app/courses/")({
  validateSearch: ({ show }: Record<string, unknown>): { show?: keyof typeof SCOPES } =>
    show === "mine" || show === "teaching" ? { show } : {},
  component: Catalogue,
});
