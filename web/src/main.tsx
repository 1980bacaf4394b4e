import "@fontsource-variable/inter/index.css";
import "./theme/mantine";
import "./theme/app.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRouter, RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiError, whenSignedOut } from "./api/client";
import { meQuery } from "./features/identity/queries";
import { loadMessages, preferredLanguage } from "./i18n";
import { LanguageProvider } from "./i18n/Language";
import { keepOneVoice } from "./player/oneVoice";
import { routeTree } from "./routeTree.gen";
import { cssVariables } from "./theme/css-variables";
import { theme } from "./theme/theme";
import { ConfirmProvider } from "./ui/Confirm";
import { Toasts } from "./ui/Toasts";

const MOST_RETRIES = 2;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // What the server refused, it refuses again; what did not come through may come the next time.
      retry: (failures, error) =>
        failures < MOST_RETRIES &&
        !(error instanceof ApiError && error.status >= 400 && error.status < 500),
    },
  },
});

function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return text && `?${text}`;
}

const router = createRouter({
  routeTree,
  context: { queries },
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  // Plain words, as people type and pass them on: every value is text.
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

whenSignedOut(() => {
  if (!queries.getQueryData(meQuery().queryKey)) return;
  queries.setQueryData(meQuery().queryKey, null);
  void router.invalidate();
});

async function start(root: HTMLElement): Promise<void> {
  const language = preferredLanguage();
  const messages = await loadMessages(language);
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <QueryClientProvider client={queries}>
          <LanguageProvider first={{ language, messages }}>
            <ConfirmProvider>
              <RouterProvider router={router} />
            </ConfirmProvider>
            <Toasts />
          </LanguageProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

keepOneVoice();
const root = document.getElementById("root");
if (root) void start(root);
