import { Button, Group, Modal, Text } from "@mantine/core";
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";
import { useTranslations } from "use-intl";

interface Question {
  title: string;
  text: string;
  /** The word on the button that does it. */
  action: string;
}

type Ask = (question: Question) => Promise<boolean>;

const Confirm = createContext<Ask>(() => Promise.resolve(false));

/** Asks before something that cannot be undone. */
export const useConfirm = (): Ask => useContext(Confirm);

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const t = useTranslations("common");
  const [question, setQuestion] = useState<Question | null>(null);
  const [isOpen, setOpen] = useState(false);
  const answer = useRef<(isSure: boolean) => void>(() => undefined);
  const ask = useCallback<Ask>((next) => {
    setQuestion(next);
    setOpen(true);
    return new Promise((resolve) => {
      answer.current = resolve;
    });
  }, []);
  const close = (isSure: boolean) => {
    setOpen(false);
    answer.current(isSure);
  };
  return (
    <Confirm value={ask}>
      {children}
      <Modal
        opened={isOpen}
        onClose={() => close(false)}
        title={question?.title}
        closeButtonProps={{ "aria-label": t("close") }}
      >
        <Text size="sm">{question?.text}</Text>
        <Group justify="flex-end" mt="lg" gap="sm">
          <Button variant="default" onClick={() => close(false)}>
            {t("cancel")}
          </Button>
          <Button color="red" onClick={() => close(true)} data-autofocus>
            {question?.action}
          </Button>
        </Group>
      </Modal>
    </Confirm>
  );
}
