import { Button, Group, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { Category } from "@/api/types";
import { changeCategory, createCategory, refreshVideos } from "@/features/library/queries";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { CategoryImage } from "./CategoryImage";

interface CategoryModalProps {
  /** Null makes a new one. */
  category: Category | null;
  nextOrder: number;
  onClose: () => void;
}

export function CategoryModal({ category, nextOrder, onClose }: CategoryModalProps) {
  const t = useTranslations("admin");
  const common = useTranslations("common");
  const text = useErrorText();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: {
      name: category?.name ?? "",
      description: category?.description ?? "",
      is_active: category?.is_active ?? true,
    },
    validate: { name: (value) => (value.trim() ? null : t("categoryNameNeeded")) },
  });
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      category
        ? changeCategory(category.id, values)
        : createCategory({ ...values, sort_order: nextOrder }),
    onSuccess: async () => {
      onClose();
      await refreshVideos(queries);
    },
  });
  return (
    <Dialog onClose={onClose} title={category ? t("editCategory") : t("newCategory")}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          <TextInput
            label={t("categoryName")}
            maxLength={100}
            data-autofocus
            {...form.getInputProps("name")}
          />
          <Textarea
            label={t("categoryDescription")}
            maxLength={500}
            autosize
            minRows={2}
            {...form.getInputProps("description")}
          />
          <Switch
            label={t("categoryActive")}
            {...form.getInputProps("is_active", { type: "checkbox" })}
          />
          {category && <CategoryImage id={category.id} />}
          <FormError text={save.error && text(save.error)} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {common("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
