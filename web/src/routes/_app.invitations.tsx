import { createFileRoute } from "@tanstack/react-router";
import { InvitationsPage } from "@/features/identity/InvitationsPage";

export const Route = createFileRoute("/_app/invitations")({ component: InvitationsPage });
