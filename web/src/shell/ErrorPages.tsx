import { Button } from "@mantine/core";
import { Link, useRouter } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { IconMovieOff } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { MAIN_ID, usePageTitle } from "@/ui/page";

interface CrashPageProps {
  error: unknown;
  reset: () => void;
}

/** When a page could not even begin: most often the server is away. */
export function CrashPage({ error, reset }: CrashPageProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <main id={MAIN_ID} tabIndex={-1}>
      <ErrorMessage error={error} heading={1} onRetry={retry} />
    </main>
  );
}

export function UnknownPage() {
  const t = useTranslations("shell");
  usePageTitle(t("unknownPage"));
  return (
    <main id={MAIN_ID} tabIndex={-1}>
      <Message
        icon={IconMovieOff}
        title={t("unknownPage")}
        heading={1}
        actions={
          <Button component={Link} to="/">
            {t("toHome")}
          </Button>
        }
      >
        {t("unknownPageHint")}
      </Message>
    </main>
  );
}
