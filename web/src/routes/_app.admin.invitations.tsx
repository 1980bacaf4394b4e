import { createFileRoute } from "@tanstack/react-router";
import { InvitationsPanel } from "@/features/identity/InvitationsPanel";

export const Route = createFileRoute("/_app/admin/invitations")({ component: InvitationsPanel });
