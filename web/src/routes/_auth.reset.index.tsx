import { createFileRoute } from "@tanstack/react-router";
import { AskResetPage } from "@/features/identity/AskResetPage";

export const Route = createFileRoute("/_auth/reset/")({ component: AskResetPage });
