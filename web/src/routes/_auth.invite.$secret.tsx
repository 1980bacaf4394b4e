import { createFileRoute } from "@tanstack/react-router";
import { InvitationPage } from "@/features/identity/InvitationPage";

function Invitation() {
  return <InvitationPage secret={Route.useParams().secret} />;
}

export const Route = createFileRoute("/_auth/invite/$secret")({ component: Invitation });
