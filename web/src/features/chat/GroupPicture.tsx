import { Button, FileButton, Group } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { ConversationDetail } from "@/api/types";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { IconPhotoPlus } from "@/ui/icons";
import { Portrait } from "./Portrait";
import { deleteGroupPicture, putGroupPicture } from "./queries";

interface GroupPictureProps {
  detail: ConversationDetail;
  /** Fetches the group as it is then. */
  onChange: () => Promise<unknown>;
}

/** The picture of a group; its admins choose another one or take it away. */
export function GroupPicture({ detail, onChange }: GroupPictureProps) {
  const t = useTranslations("account");
  const text = useErrorText();
  const { id, my_role, picture_url } = detail;
  const put = useMutation({
    mutationFn: (file: File) => putGroupPicture(id, file),
    onSuccess: onChange,
  });
  const remove = useMutation({ mutationFn: () => deleteGroupPicture(id), onSuccess: onChange });
  const error = put.error ?? remove.error;
  return (
    <>
      <Group gap="lg" mb="md">
        <Portrait look={detail} size={72} />
        {my_role === "admin" && (
          <Group gap="xs">
            <FileButton
              accept="image/png,image/jpeg,image/webp,image/gif"
              onChange={(file) => file && put.mutate(file)}
            >
              {(props) => (
                <Button
                  {...props}
                  variant="default"
                  leftSection={<IconPhotoPlus size={18} />}
                  loading={put.isPending}
                >
                  {picture_url ? t("changePicture") : t("addPicture")}
                </Button>
              )}
            </FileButton>
            {picture_url && (
              <Button
                variant="subtle"
                color="gray"
                loading={remove.isPending}
                onClick={() => remove.mutate()}
              >
                {t("removePicture")}
              </Button>
            )}
          </Group>
        )}
      </Group>
      <FormError text={error && text(error)} />
    </>
  );
}
