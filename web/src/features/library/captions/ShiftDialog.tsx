import { Button, Group, Radio, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { Dialog } from "@/ui/Dialog";
import { parseShift } from "./time";

interface ShiftDialogProps {
  /** Which line the keyboard or the player is at, counted from 1; null when there is none. */
  current: number | null;
  onShift: (ms: number, isFromCurrent: boolean) => void;
  onClose: () => void;
}

/** Moves many lines at once, such as captions that are all two seconds late. */
export function ShiftDialog({ current, onShift, onClose }: ShiftDialogProps) {
  const t = useTranslations("captions.shift");
  const common = useTranslations("common");
  const [typed, setTyped] = useState("");
  const [which, setWhich] = useState("all");
  const ms = parseShift(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ms) return;
    onShift(ms, which === "rest");
    onClose();
  };
  return (
    <Dialog title={t("title")} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t("by")}
            description={t("byHint")}
            placeholder="-1.5"
            data-autofocus
            autoComplete="off"
            value={typed}
            error={typed && ms === null ? t("unread") : null}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          {current !== null && (
            <Radio.Group label={t("which")} value={which} onChange={setWhich}>
              <Stack gap="xs" mt={6}>
                <Radio value="all" label={t("all")} />
                <Radio value="rest" label={t("rest", { number: current })} />
              </Stack>
            </Radio.Group>
          )}
          <Text size="sm" c="dimmed" role="status">
            {ms ? t(ms > 0 ? "later" : "earlier", { seconds: Math.abs(ms) / 1000 }) : t("none")}
          </Text>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" disabled={!ms}>
              {t("do")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
