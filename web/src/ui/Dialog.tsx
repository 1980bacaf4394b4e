import { Modal, type ModalProps } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";

type Props = Pick<ModalProps, "title" | "size" | "children" | "onClose">;

/** A modal that is open for as long as it is there, and gives the focus back to what opened it. */
export function Dialog(props: Props) {
  const t = useTranslations("common");
  const opener = useRef(document.activeElement);
  useEffect(() => {
    const element = opener.current;
    return () => {
      // The modal's own focus trap lets go a moment after this.
      setTimeout(() => element instanceof HTMLElement && element.isConnected && element.focus(), 0);
    };
  }, []);
  return <Modal opened closeButtonProps={{ "aria-label": t("close") }} {...props} />;
}
