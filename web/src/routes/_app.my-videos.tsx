import { createFileRoute } from "@tanstack/react-router";
import { MyVideosPage } from "@/features/library/MyVideosPage";

export const Route = createFileRoute("/_app/my-videos")({ component: MyVideosPage });
