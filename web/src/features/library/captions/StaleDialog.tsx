import { Button, Stack, Text } from "@mantine/core";
import { useTranslations } from "use-intl";
import { Dialog } from "@/ui/Dialog";

interface StaleDialogProps {
  onTakeTheirs: () => void;
  onKeepMine: () => void;
  onClose: () => void;
}

/** Somebody else has saved these captions since they were opened: whose shall stay? */
export function StaleDialog({ onTakeTheirs, onKeepMine, onClose }: StaleDialogProps) {
  const t = useTranslations("captions.stale");
  return (
    <Dialog title={t("title")} onClose={onClose}>
      <Stack gap="md">
        <Text size="sm">{t("text")}</Text>
        <Button variant="default" onClick={onTakeTheirs} data-autofocus>
          {t("theirs")}
        </Button>
        <Button color="red" onClick={onKeepMine}>
          {t("mine")}
        </Button>
      </Stack>
    </Dialog>
  );
}
