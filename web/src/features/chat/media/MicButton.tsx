import { ActionIcon } from "@mantine/core";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import { IconMicrophone } from "@/ui/icons";

/** Pressed for longer than this, the button records for as long as it is held. */
const HELD_MS = 450;

interface MicButtonProps {
  onStart: () => void;
  /** Whoever held the button has let go of it. */
  onRelease: () => void;
}

/** Begins a voice message: pressed once, or held while one speaks. */
export function MicButton({ onStart, onRelease }: MicButtonProps) {
  const t = useTranslations("attachments");
  const pressedAt = useRef<number | null>(null);
  const release = useRef(onRelease);
  release.current = onRelease;
  const begin = () => {
    pressedAt.current = performance.now();
    // The button itself is gone by the time the finger leaves it.
    const up = () => {
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", up);
      if (performance.now() - (pressedAt.current ?? 0) > HELD_MS) release.current();
    };
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", up);
    onStart();
  };
  return (
    <ActionIcon
      size={42}
      radius="xl"
      variant="filled"
      color="ink"
      aria-label={t("record")}
      onPointerDown={({ button }) => button === 0 && begin()}
      // The keyboard presses it without a pointer.
      onClick={() => pressedAt.current === null && onStart()}
    >
      <IconMicrophone size={20} />
    </ActionIcon>
  );
}
