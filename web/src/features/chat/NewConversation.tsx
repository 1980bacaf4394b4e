import { Button, Group, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Me, PersonLook } from "@/api/types";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { keys } from "./keys";
import { PeoplePicker } from "./PeoplePicker";
import { startDirect, startGroup } from "./queries";

const NAME_LENGTH = 100;

interface NewConversationProps {
  me: Me;
  onClose: () => void;
}

/** With one person directly; with several, a group with a name. */
export default function NewConversation({ me, onClose }: NewConversationProps) {
  const t = useTranslations("chat");
  const errorText = useErrorText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [people, setPeople] = useState<PersonLook[]>([]);
  const [name, setName] = useState("");
  const [first] = people;
  const isGroup = people.length > 1;
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      first && !isGroup
        ? startDirect(first.id)
        : startGroup(
            name.trim(),
            people.map(({ id }) => id),
          ),
    onSuccess: async (detail) => {
      queries.setQueryData(keys.one(detail.id), detail);
      onClose();
      await navigate({ to: "/chat/$conversationId", params: { conversationId: detail.id } });
    },
  });
  const canStart = first !== undefined && (!isGroup || name.trim() !== "");
  return (
    <Dialog title={t("new")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (canStart) mutate();
        }}
      >
        {isGroup && (
          <TextInput
            label={t("groupName")}
            mb="md"
            maxLength={NAME_LENGTH}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
        )}
        <PeoplePicker chosen={people} onChange={setPeople} without={new Set([me.id])} />
        <FormError text={error && errorText(error)} />
        <Group justify="flex-end" mt="md">
          <Button type="submit" disabled={!canStart} loading={isPending}>
            {isGroup ? t("startGroup") : t("start")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
