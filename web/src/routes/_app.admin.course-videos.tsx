import { createFileRoute } from "@tanstack/react-router";
import { UnfinishedPage } from "@/features/courses/authoring/UnfinishedPage";

export const Route = createFileRoute("/_app/admin/course-videos")({ component: UnfinishedPage });
