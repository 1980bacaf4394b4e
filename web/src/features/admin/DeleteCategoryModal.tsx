import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ApiError } from "@/api/client";
import type { Category } from "@/api/types";
import { type CategoryHeir, deleteCategory, refreshVideos } from "@/features/library/queries";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";

const NOWHERE = "nowhere";

interface DeleteCategoryModalProps {
  category: Category;
  others: Category[];
  onClose: () => void;
}

/** Deletes an empty category; for a full one it first asks where its videos go. */
export function DeleteCategoryModal({ category, others, onClose }: DeleteCategoryModalProps) {
  const t = useTranslations("admin");
  const common = useTranslations("common");
  const text = useErrorText();
  const queries = useQueryClient();
  const [target, setTarget] = useState(NOWHERE);
  const remove = useMutation({
    mutationFn: (heir: CategoryHeir) => deleteCategory(category.id, heir),
    onSuccess: async () => {
      onClose();
      await refreshVideos(queries);
    },
  });
  // Drafts do not count in the list, so only the refusal tells for sure how many there are.
  const refused =
    remove.error instanceof ApiError && remove.error.code === "category_not_empty"
      ? Number(remove.error.fields.video_count)
      : 0;
  const videos = Math.max(refused, category.video_count);
  const heir: CategoryHeir =
    videos === 0 ? {} : target === NOWHERE ? { uncategorise: true } : { move_to: target };
  return (
    <Dialog onClose={onClose} title={t("deleteCategoryTitle", { name: category.name })}>
      <Stack>
        <Text size="sm">{videos > 0 ? t("deleteFull", { count: videos }) : t("deleteEmpty")}</Text>
        {videos > 0 && (
          <Select
            label={t("moveTo")}
            allowDeselect={false}
            value={target}
            data={[
              { value: NOWHERE, label: t("uncategorise") },
              ...others.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(value) => setTarget(value ?? NOWHERE)}
          />
        )}
        <FormError text={remove.error && refused === 0 ? text(remove.error) : null} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate(heir)}>
            {t("delete")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
