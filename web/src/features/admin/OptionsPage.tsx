import { Button, Group, Skeleton } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { OptionsChange } from "@/api/gen";
import type { SiteOptions } from "@/api/types";
import { siteQuery } from "@/features/identity/queries";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { ErrorMessage } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { toast } from "@/ui/toasts";
import { MediaOptions, ModerationOptions, SiteSection, UploadOptions } from "./OptionSections";
import classes from "./Options.module.css";
import { changeOptions, optionsQuery } from "./queries";

/** Only what was changed is sent, so that two admins do not undo each other. */
export function changesOf<T extends object>(before: T, after: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof T]),
    ),
  ) as Partial<T>;
}

function OptionsForm({ options }: { options: SiteOptions }) {
  const t = useTranslations("admin");
  const text = useErrorText();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: options,
    validate: { site_name: (value) => (value.trim() ? null : t("siteNameNeeded")) },
  });
  const save = useMutation({
    mutationFn: (values: SiteOptions) => changeOptions(changesOf(options, values) as OptionsChange),
    onSuccess: async (saved) => {
      queries.setQueryData(optionsQuery().queryKey, saved);
      form.setInitialValues(saved);
      form.setValues(saved);
      toast(t("saved"));
      await queries.invalidateQueries({ queryKey: siteQuery().queryKey });
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <SiteSection form={form} />
      <UploadOptions form={form} />
      <MediaOptions form={form} />
      <ModerationOptions form={form} />
      <FormError text={save.error && text(save.error)} />
      <div className={classes.bar} data-shown={form.isDirty() || undefined}>
        <span role="status">{form.isDirty() ? t("unsaved") : t("allSaved")}</span>
        <Group gap="sm">
          <Button variant="default" disabled={!form.isDirty()} onClick={() => form.reset()}>
            {t("undo")}
          </Button>
          <Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>
            {t("save")}
          </Button>
        </Group>
      </div>
    </form>
  );
}

export function OptionsPage() {
  const t = useTranslations("admin");
  usePageTitle(t("options"));
  const { data: options, error, refetch } = useQuery(optionsQuery());
  if (error && !options) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!options) return <Skeleton h={480} radius={18} />;
  return <OptionsForm options={options} />;
}
