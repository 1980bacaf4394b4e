import { Button, Skeleton } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { ApiError } from "@/api/client";
import type { ConversationDetail, Me } from "@/api/types";
import { meQuery } from "@/features/identity/queries";
import { IconMessageCircle } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import type { Aim } from "./aim";
import classes from "./Chat.module.css";
import { Composer } from "./Composer";
import { ConversationHead } from "./ConversationHead";
import { type Goal, MessageList } from "./MessageList";
import { nameOf } from "./names";
import { useUnsent } from "./outbox";
import { conversationQuery, threadQuery } from "./queries";
import { RequestBar } from "./RequestBar";
import { Party } from "./watching/Party";

const FindBar = lazy(() => import("./finding/FindBar"));

interface ConversationPageProps {
  id: string;
  /** The number of the message to begin at. */
  message?: number | undefined;
}

export function ConversationPage({ id, message }: ConversationPageProps) {
  const t = useTranslations("chat");
  const queries = useQueryClient();
  const { data: me } = useQuery(meQuery());
  const conversation = useQuery(conversationQuery(id));
  const thread = useQuery(threadQuery(queries, id));
  const { data: detail } = conversation;
  const error = conversation.error ?? thread.error;
  const isUnknown = error instanceof ApiError && [404, 422].includes(error.status);
  usePageTitle(isUnknown ? t("unknown") : detail && nameOf(detail));
  if (isUnknown) {
    return (
      <div className={classes.nothing}>
        <Message
          icon={IconMessageCircle}
          title={t("unknown")}
          heading={1}
          actions={
            <Button component={Link} to="/chat" variant="default">
              {t("toList")}
            </Button>
          }
        >
          {t("unknownHint")}
        </Message>
      </div>
    );
  }
  if (error && !(detail && thread.data)) {
    const retry = () => void Promise.all([conversation.refetch(), thread.refetch()]);
    return (
      <div className={classes.nothing}>
        <ErrorMessage error={error} heading={1} onRetry={retry} />
      </div>
    );
  }
  if (!detail || !thread.data || !me) return <Waiting />;
  return <Conversation detail={detail} me={me} message={message} />;
}

interface ConversationProps {
  detail: ConversationDetail;
  me: Me;
  message: number | undefined;
}

/** Once the address has led to its message, it is that of the conversation again. */
function useGoal(message: number | undefined) {
  const navigate = useNavigate();
  const [goal, setGoal] = useState<Goal | null>(null);
  useEffect(() => {
    if (message === undefined) return;
    setGoal({ number: message });
    void navigate({ to: ".", search: {}, replace: true });
  }, [message, navigate]);
  const lead = useCallback((number: number) => setGoal({ number }), []);
  return { goal, lead };
}

function Conversation({ detail, me, message }: ConversationProps) {
  const queries = useQueryClient();
  const { data: thread } = useQuery(threadQuery(queries, detail.id));
  const unsent = useUnsent(me.id, detail.id);
  const [aim, setAim] = useState<Aim | null>(null);
  const { goal, lead } = useGoal(message);
  const [isFinding, setFinding] = useState(false);
  if (!thread) return null;
  const hasAsked = detail.request === "outgoing" && (detail.last_number > 0 || unsent.length > 0);
  const mayWrite = !hasAsked && detail.request !== "incoming";
  return (
    <div className={classes.conversation}>
      <ConversationHead detail={detail} me={me} onFind={() => setFinding(true)} />
      {isFinding && (
        <Suspense>
          <FindBar conversationId={detail.id} onGoal={lead} onClose={() => setFinding(false)} />
        </Suspense>
      )}
      <Party detail={detail} me={me} />
      <MessageList
        goal={goal}
        detail={detail}
        thread={thread}
        unsent={unsent}
        me={me}
        onAim={mayWrite ? setAim : undefined}
      />
      {mayWrite ? (
        <Composer detail={detail} me={me} aim={aim} onAim={setAim} />
      ) : (
        <RequestBar detail={detail} />
      )}
    </div>
  );
}

function Waiting() {
  const t = useTranslations("common");
  return (
    <div className={classes.conversation} role="status" aria-label={t("loading")}>
      <div className={classes.head}>
        <Skeleton circle h={40} w={40} />
        <Skeleton h={12} w={140} radius="xl" />
      </div>
    </div>
  );
}
