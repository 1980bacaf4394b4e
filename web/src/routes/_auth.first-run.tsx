import { createFileRoute, redirect } from "@tanstack/react-router";
import { FirstRunPage } from "@/features/identity/FirstRunPage";
import { siteQuery } from "@/features/identity/queries";

export const Route = createFileRoute("/_auth/first-run")({
  beforeLoad: async ({ context }) => {
    const site = await context.queries.ensureQueryData(siteQuery());
    if (!site.needs_first_run) throw redirect({ to: "/" });
  },
  component: FirstRunPage,
});
