import { Button, Group, Modal, Text } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { Question } from "./Confirm";

interface ConfirmDialogProps {
  question: Question;
  isOpen: boolean;
  onAnswer: (isSure: boolean) => void;
}

export default function ConfirmDialog({ question, isOpen, onAnswer }: ConfirmDialogProps) {
  const t = useTranslations("common");
  return (
    <Modal
      opened={isOpen}
      onClose={() => onAnswer(false)}
      title={question.title}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Text size="sm">{question.text}</Text>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={() => onAnswer(false)}>
          {t("cancel")}
        </Button>
        <Button color="red" onClick={() => onAnswer(true)} data-autofocus>
          {question.action}
        </Button>
      </Group>
    </Modal>
  );
}
