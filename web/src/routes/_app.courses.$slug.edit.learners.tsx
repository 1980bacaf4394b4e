import { createFileRoute } from "@tanstack/react-router";
import { LearnersPage } from "@/features/courses/authoring/LearnersPage";

export const Route = createFileRoute("/_app/courses/$slug/edit/learners")({
  component: LearnersPage,
});
