import { createFileRoute } from "@tanstack/react-router";
import { StreamVideosPage } from "@/features/admin/StreamVideosPage";

export const Route = createFileRoute("/_app/admin/stream-videos")({ component: StreamVideosPage });
