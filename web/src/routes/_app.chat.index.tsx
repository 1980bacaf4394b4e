import { createFileRoute } from "@tanstack/react-router";
import { NothingOpen } from "@/features/chat/NothingOpen";

export const Route = createFileRoute("/_app/chat/")({ component: NothingOpen });
