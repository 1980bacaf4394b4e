import { createFileRoute } from "@tanstack/react-router";
import { PersonPage } from "@/features/library/PersonPage";

function Person() {
  return <PersonPage username={Route.useParams().username} />;
}

export const Route = createFileRoute("/_app/people/$username")({ component: Person });
