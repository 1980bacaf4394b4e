import { Alert, Button, Group } from "@mantine/core";
import { useTranslations } from "use-intl";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { IconAlertTriangle } from "@/ui/icons";
import { toastError } from "@/ui/toasts";
import classes from "./Authoring.module.css";
import type { Document } from "./useDocument";

interface SaveBarProps {
  document: Pick<
    Document<unknown>,
    "isDirty" | "isPending" | "isStale" | "error" | "save" | "keepMine" | "takeTheirs"
  >;
  /** Why it can't be saved as it is. */
  problem?: string | null;
}

/** The button that saves, and what is to be said when that did not work. */
export function SaveBar({ document, problem = null }: SaveBarProps) {
  const t = useTranslations("authoring.saving");
  const common = useTranslations("common");
  const text = useErrorText();
  const { isDirty, isPending, isStale, error, save, keepMine, takeTheirs } = document;
  return (
    <>
      <FormError text={error ? text(error) : problem} />
      {isStale ? (
        <Alert
          color="red"
          variant="light"
          role="alert"
          icon={<IconAlertTriangle size={18} />}
          title={t("staleTitle")}
        >
          <p className={classes.plain}>{t("staleText")}</p>
          <Group gap="sm" mt="sm">
            <Button
              size="xs"
              variant="default"
              onClick={() => void takeTheirs().catch((failure) => toastError(text(failure)))}
            >
              {t("takeTheirs")}
            </Button>
            <Button size="xs" color="red" loading={isPending} onClick={keepMine}>
              {t("keepMine")}
            </Button>
          </Group>
        </Alert>
      ) : (
        <Group gap="md">
          <Button loading={isPending} disabled={!isDirty} onClick={save}>
            {common("save")}
          </Button>
          <span className={classes.dim} role="status">
            {isDirty ? t("unsaved") : t("saved")}
          </span>
        </Group>
      )}
    </>
  );
}
