import { createFileRoute } from "@tanstack/react-router";
import { HomePage } from "@/features/library/HomePage";
import { homeQuery } from "@/features/library/queries";

export const Route = createFileRoute("/_app/")({
  loader: ({ context }) => void context.queries.prefetchQuery(homeQuery()),
  component: HomePage,
});
