import { createFileRoute } from "@tanstack/react-router";
import { DetailsPage } from "@/features/courses/authoring/DetailsPage";

export const Route = createFileRoute("/_app/courses/$slug/edit/details")({
  component: DetailsPage,
});
