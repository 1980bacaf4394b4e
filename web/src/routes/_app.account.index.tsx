import { createFileRoute } from "@tanstack/react-router";
import { ProfilePage } from "@/features/identity/ProfilePage";

export const Route = createFileRoute("/_app/account/")({ component: ProfilePage });
