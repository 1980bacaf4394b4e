import { createFileRoute } from "@tanstack/react-router";
import { ResetPage } from "@/features/identity/ResetPage";

function Reset() {
  return <ResetPage secret={Route.useParams().secret} />;
}

export const Route = createFileRoute("/_auth/reset/$secret")({ component: Reset });
