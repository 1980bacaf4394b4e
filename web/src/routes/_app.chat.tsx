import { createFileRoute } from "@tanstack/react-router";
import { ChatLayout } from "@/features/chat/ChatLayout";

export const Route = createFileRoute("/_app/chat")({ component: ChatLayout });
