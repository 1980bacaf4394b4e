import "./setup";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { IntlProvider } from "use-intl";
import en from "@/i18n/en";
import { theme } from "@/theme/theme";

/** Draws a part of a page with all it leans on, in English and without transitions. */
export function renderPart(part: ReactNode, queries = new QueryClient()) {
  return render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={queries}>
        <IntlProvider locale="en" messages={en} timeZone="UTC">
          {part}
        </IntlProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}
