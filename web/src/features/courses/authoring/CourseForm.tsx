import { Button, Group, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslations } from "use-intl";
import { CategorySelect } from "@/features/library/CategorySelect";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";

export interface CourseValues {
  title: string;
  slug: string;
  description: string;
  category_id: string | null;
  order_locked: boolean;
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

interface CourseFormProps {
  values: CourseValues;
  action: string;
  /** A new course gets its address from its title when none is given. */
  isNew?: boolean;
  isPending: boolean;
  error: unknown;
  onSave: (values: CourseValues) => void;
}

/** What a course says of itself. */
export function CourseForm({ values, action, isNew = false, ...saving }: CourseFormProps) {
  const t = useTranslations("authoring.form");
  const text = useErrorText();
  const form = useForm<CourseValues>({
    initialValues: values,
    validate: {
      title: (title) => (title.trim() ? null : t("titleNeeded")),
      slug: (slug) => (SLUG.test(slug) || (isNew && !slug) ? null : t("slugInvalid")),
    },
  });
  return (
    <form onSubmit={form.onSubmit(saving.onSave)}>
      <Stack gap="md" maw={620}>
        <TextInput label={t("title")} maxLength={200} {...form.getInputProps("title")} />
        <TextInput
          label={t("slug")}
          description={t(isNew ? "slugHintNew" : "slugHint")}
          leftSection="/courses/"
          leftSectionWidth={82}
          maxLength={100}
          {...form.getInputProps("slug")}
        />
        <Textarea
          label={t("description")}
          maxLength={5000}
          autosize
          minRows={3}
          maxRows={12}
          {...form.getInputProps("description")}
        />
        <CategorySelect {...form.getInputProps("category_id")} />
        <Switch
          label={t("orderLocked")}
          description={t("orderLockedHint")}
          {...form.getInputProps("order_locked", { type: "checkbox" })}
        />
        <FormError text={saving.error ? text(saving.error) : null} />
        <Group>
          <Button type="submit" loading={saving.isPending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
