import { createFileRoute, redirect } from "@tanstack/react-router";
import { meQuery, siteQuery } from "@/features/identity/queries";
import { SignInPage } from "@/features/identity/SignInPage";

interface SignInSearch {
  /** Where the person wanted to go. */
  next?: string;
}

function SignIn() {
  const { next } = Route.useSearch();
  return <SignInPage next={next} />;
}

export const Route = createFileRoute("/_auth/sign-in")({
  validateSearch: ({ next }): SignInSearch => (typeof next === "string" ? { next } : {}),
  beforeLoad: async ({ context }) => {
    const site = await context.queries.ensureQueryData(siteQuery());
    if (site.needs_first_run) throw redirect({ to: "/first-run" });
    if (await context.queries.ensureQueryData(meQuery())) throw redirect({ to: "/" });
  },
  component: SignIn,
});
