import { createFileRoute } from "@tanstack/react-router";
import { HistoryPage } from "@/features/library/history/HistoryPage";

export const Route = createFileRoute("/_app/history")({ component: HistoryPage });
