import { ActionIcon } from "@mantine/core";
import { useTranslations } from "use-intl";
import { useFilePicker } from "@/features/uploads/useFilePicker";
import { IconPaperclip } from "@/ui/icons";
import { acceptedFiles } from "./checking";

interface AttachButtonProps {
  /** Videos too. */
  mayUpload: boolean;
  onFiles: (files: File[]) => void;
}

export function AttachButton({ mayUpload, onFiles }: AttachButtonProps) {
  const t = useTranslations("attachments");
  const pick = useFilePicker();
  return (
    <ActionIcon
      size={42}
      radius="xl"
      variant="subtle"
      color="gray"
      aria-label={mayUpload ? t("attach") : t("attachPhotos")}
      onClick={() => pick({ multiple: true, accept: acceptedFiles(mayUpload), onFiles })}
    >
      <IconPaperclip size={22} stroke={1.8} />
    </ActionIcon>
  );
}
