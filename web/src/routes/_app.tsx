import { createFileRoute, redirect } from "@tanstack/react-router";
import { meQuery, siteQuery } from "@/features/identity/queries";
import { AppShell } from "@/shell/AppShell";

export const Route = createFileRoute("/_app")({
  beforeLoad: async ({ context, location }) => {
    const [site, me] = await Promise.all([
      context.queries.ensureQueryData(siteQuery()),
      context.queries.ensureQueryData(meQuery()),
    ]);
    if (site.needs_first_run) throw redirect({ to: "/first-run" });
    if (!me) {
      const next = location.href === "/" ? {} : { next: location.href };
      throw redirect({ to: "/sign-in", search: next });
    }
  },
  component: AppShell,
});
