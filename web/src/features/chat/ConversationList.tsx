import { ActionIcon, Button, Skeleton, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import type { Me } from "@/api/types";
import { IconMessageCircle, IconMessagePlus } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { ConversationRow } from "./ConversationRow";
import { TYPING_PAUSE_MS } from "./finding/queries";
import { SearchField } from "./finding/SearchField";
import classes from "./List.module.css";
import { conversationsQuery } from "./queries";
import { Requests } from "./Requests";

const Found = lazy(() => import("./finding/Found"));
const NewConversation = lazy(() => import("./NewConversation"));

interface ConversationListProps {
  me: Me;
}

/** One's conversations, pinned ones first and then the newest; what asks to begin stands apart. */
export function ConversationList({ me }: ConversationListProps) {
  const t = useTranslations("chat");
  const finding = useTranslations("finding");
  const common = useTranslations("common");
  const [text, setText] = useState("");
  const [wanted] = useDebouncedValue(text.trim(), TYPING_PAUSE_MS);
  const isFinding = text.trim() !== "" && wanted !== "";
  const query = useInfiniteQuery(conversationsQuery());
  const [isNew, setNew] = useState(false);
  const found = query.data?.pages.flatMap(({ items }) => items);
  return (
    <section className={classes.section} aria-label={t("title")}>
      <header className={classes.head}>
        <Title order={1} size="h2">
          {t("title")}
        </Title>
        <ActionIcon size={40} radius="xl" aria-label={t("new")} onClick={() => setNew(true)}>
          <IconMessagePlus size={22} stroke={1.7} />
        </ActionIcon>
      </header>
      <div className={classes.find}>
        <SearchField label={finding("label")} value={text} onChange={setText} />
      </div>
      {isFinding && (
        <div className={classes.scroll}>
          <Suspense>
            <Found query={wanted} me={me} />
          </Suspense>
        </div>
      )}
      <div className={classes.scroll} hidden={isFinding}>
        <Requests me={me} />
        {query.isPending && <Waiting />}
        {query.error && !query.data && (
          <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
        )}
        {found && found.length > 0 && (
          <ul className={classes.rows}>
            {found.map((look) => (
              <ConversationRow key={look.id} look={look} me={me} />
            ))}
          </ul>
        )}
        {found?.length === 0 && (
          <Message
            icon={IconMessageCircle}
            title={t("empty")}
            compact
            actions={
              <Button radius="xl" onClick={() => setNew(true)}>
                {t("new")}
              </Button>
            }
          >
            {t("emptyHint")}
          </Message>
        )}
        {query.hasNextPage && (
          <Button
            variant="subtle"
            color="gray"
            fullWidth
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {common("showMore")}
          </Button>
        )}
      </div>
      {isNew && (
        <Suspense>
          <NewConversation me={me} onClose={() => setNew(false)} />
        </Suspense>
      )}
    </section>
  );
}

function Waiting() {
  const t = useTranslations("common");
  return (
    <div className={classes.rows} role="status" aria-label={t("loading")}>
      {[60, 45, 70, 52, 64].map((width) => (
        <div key={width} className={classes.row}>
          <Skeleton circle h={48} w={48} />
          <div className={classes.words}>
            <Skeleton h={11} w={`${width}%`} radius="xl" />
            <Skeleton h={11} w="85%" radius="xl" mt={10} />
          </div>
        </div>
      ))}
    </div>
  );
}
