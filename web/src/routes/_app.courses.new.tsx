import { createFileRoute } from "@tanstack/react-router";
import { NewCoursePage } from "@/features/courses/authoring/NewCoursePage";

export const Route = createFileRoute("/_app/courses/new")({ component: NewCoursePage });
