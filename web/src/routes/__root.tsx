import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, Outlet } from "@tanstack/react-router";
import { siteQuery } from "@/features/identity/queries";
import { CrashPage, UnknownPage } from "@/shell/ErrorPages";
import { RouteAnnouncer } from "@/ui/page";

interface RouterContext {
  queries: QueryClient;
}

function Root() {
  return (
    <>
      <Outlet />
      <RouteAnnouncer />
    </>
  );
}

export const Route = createRootRouteWithContext<RouterContext>()({
  beforeLoad: ({ context }) => context.queries.ensureQueryData(siteQuery()),
  component: Root,
  errorComponent: CrashPage,
  notFoundComponent: UnknownPage,
});
