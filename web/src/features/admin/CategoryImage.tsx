import { Button, FileButton, Group, Input } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import {
  categoriesQuery,
  putCategoryImage,
  refreshVideos,
  removeCategoryImage,
} from "@/features/library/queries";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import classes from "./Categories.module.css";

/** The picture is a file and is kept at once, not with the form. */
export function CategoryImage({ id }: { id: string }) {
  const t = useTranslations("admin");
  const text = useErrorText();
  const queries = useQueryClient();
  const { data } = useQuery(categoriesQuery());
  const url = data?.items.find((one) => one.id === id)?.image_url;
  const change = useMutation({
    mutationFn: async (file: File | null) => {
      await (file ? putCategoryImage(id, file) : removeCategoryImage(id));
    },
    onSuccess: () => refreshVideos(queries),
  });
  return (
    <Input.Wrapper label={t("categoryImage")} labelElement="div">
      <Group mt={6} gap="sm">
        {url && <img className={classes.image} src={url} alt={t("categoryImage")} />}
        <FileButton
          accept="image/png,image/jpeg,image/webp,image/gif"
          onChange={(file) => file && change.mutate(file)}
        >
          {(props) => (
            <Button {...props} variant="default" loading={change.isPending}>
              {url ? t("changeImage") : t("addImage")}
            </Button>
          )}
        </FileButton>
        {url && (
          <Button
            variant="subtle"
            color="gray"
            disabled={change.isPending}
            onClick={() => change.mutate(null)}
          >
            {t("removeImage")}
          </Button>
        )}
      </Group>
      <FormError text={change.error && text(change.error)} />
    </Input.Wrapper>
  );
}
