import { createFileRoute } from "@tanstack/react-router";
import { ModerationPage } from "@/features/moderation/ModerationPage";

export const Route = createFileRoute("/_app/moderation")({ component: ModerationPage });
