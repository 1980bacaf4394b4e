import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { useErrorText } from "@/ui/errors";
import { IconMessageCircle } from "@/ui/icons";
import { toastError } from "@/ui/toasts";
import { openDiscussion } from "../queries";

interface DiscussProps {
  courseId: string;
  lessonId: string;
}

/** Goes to the conversation of those who take the lesson; the first one there makes it. */
export function Discuss({ courseId, lessonId }: DiscussProps) {
  const t = useTranslations("lesson");
  const text = useErrorText();
  const navigate = useNavigate();
  const open = useMutation({
    mutationFn: () => openDiscussion(courseId, lessonId),
    onSuccess: ({ conversation_id }) =>
      navigate({ to: "/chat/$conversationId", params: { conversationId: conversation_id } }),
    onError: (error) => toastError(text(error)),
  });
  return (
    <Button
      variant="default"
      radius="xl"
      mt="md"
      leftSection={<IconMessageCircle size={18} />}
      loading={open.isPending}
      onClick={() => open.mutate()}
    >
      {t("discuss")}
    </Button>
  );
}
