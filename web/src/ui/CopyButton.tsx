import { Button, type ButtonProps } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { IconCheck, IconCopy } from "./icons";

const COPIED_FOR_MS = 2000;

/** Copies text, also where the page is not served by https and browsers hide the clipboard. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    // Inside the dialog, if one is open: it keeps the focus to itself.
    (document.activeElement?.closest("[role=dialog]") ?? document.body).append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    return isCopied;
  }
}

interface CopyButtonProps extends Pick<ButtonProps, "radius" | "size" | "variant"> {
  value: string;
  label: string;
  icon?: ReactNode;
}

export function CopyButton({ value, label, icon, variant = "default", ...rest }: CopyButtonProps) {
  const t = useTranslations("common");
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_FOR_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <>
      <Button
        variant={variant}
        leftSection={isCopied ? <IconCheck size={18} /> : (icon ?? <IconCopy size={18} />)}
        onClick={() => void copyText(value).then(setCopied)}
        {...rest}
      >
        {isCopied ? t("copied") : label}
      </Button>
      <span className="visually-hidden" role="status">
        {isCopied ? t("copied") : ""}
      </span>
    </>
  );
}
