import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { IconPlaylistAdd } from "@/ui/icons";

const SaveDialog = lazy(() => import("./SaveDialog"));

interface SaveButtonProps {
  videoId: string;
}

export function SaveButton({ videoId }: SaveButtonProps) {
  const t = useTranslations("playlists");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="default"
        radius="xl"
        leftSection={<IconPlaylistAdd size={18} />}
        onClick={() => setOpen(true)}
      >
        {t("save")}
      </Button>
      {isOpen && (
        <Suspense>
          <SaveDialog videoId={videoId} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
