import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { IconDownload } from "./icons";

interface DownloadButtonProps {
  href: string;
  /** Of the file; without it, the server names it. */
  fileName?: string;
  variant?: "filled" | "default";
  children: ReactNode;
}

/** A link that looks like the other buttons, and keeps what it leads to. */
export function DownloadButton({
  href,
  fileName = "",
  variant = "default",
  children,
}: DownloadButtonProps) {
  return (
    <Button
      component="a"
      href={href}
      download={fileName}
      variant={variant}
      radius="xl"
      leftSection={<IconDownload size={18} />}
    >
      {children}
    </Button>
  );
}
