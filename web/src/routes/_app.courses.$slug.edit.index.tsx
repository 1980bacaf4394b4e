import { createFileRoute } from "@tanstack/react-router";
import { CurriculumPage } from "@/features/courses/authoring/CurriculumPage";

export const Route = createFileRoute("/_app/courses/$slug/edit/")({ component: CurriculumPage });
