import { Button, Loader } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { MessageFound } from "@/api/gen";
import type { Me, PersonLook } from "@/api/types";
import { peopleQuery } from "@/features/identity/queries";
import { useErrorText } from "@/ui/errors";
import { ErrorMessage } from "@/ui/Message";
import { toastError } from "@/ui/toasts";
import { ConversationRow } from "../ConversationRow";
import list from "../List.module.css";
import { nameOf } from "../names";
import { PersonLine } from "../PersonLine";
import { Portrait } from "../Portrait";
import { startDirect } from "../queries";
import { useWhen } from "../useWhen";
import classes from "./Finding.module.css";
import { Marked } from "./Marked";
import { conversationsFoundQuery, messagesFoundQuery } from "./queries";

interface FoundProps {
  query: string;
  me: Me;
}

/** The conversations, people and messages that were found. */
export default function Found({ query, me }: FoundProps) {
  const t = useTranslations("finding");
  const common = useTranslations("common");
  const conversations = useQuery(conversationsFoundQuery(query));
  const people = useQuery(peopleQuery(query.replace(/^@/, "")));
  const messages = useInfiniteQuery(messagesFoundQuery(query));
  const talks = conversations.data?.items ?? [];
  const known = new Set(talks.map(({ person }) => person?.id));
  const others = (people.data?.items ?? []).filter(({ id }) => id !== me.id && !known.has(id));
  const hits = messages.data?.pages.flatMap(({ items }) => items) ?? [];
  const isWaiting = conversations.isFetching || people.isFetching || messages.isFetching;
  const error = messages.error ?? conversations.error;
  if (error && hits.length === 0) {
    return <ErrorMessage error={error} onRetry={() => void messages.refetch()} />;
  }
  return (
    <div className={classes.found} aria-busy={isWaiting}>
      <p role="status" className={classes.state}>
        {isWaiting && <Loader size={14} aria-hidden="true" />}
        {isWaiting
          ? t("searching")
          : talks.length + others.length + hits.length === 0
            ? t("nothing", { q: query })
            : ""}
      </p>
      <Section title={t("conversations")} isThere={talks.length > 0}>
        {talks.map((look) => (
          <ConversationRow key={look.id} look={look} me={me} />
        ))}
      </Section>
      <Section title={t("people")} isThere={others.length > 0}>
        {others.map((person) => (
          <Person key={person.id} person={person} />
        ))}
      </Section>
      <Section title={t("messages")} isThere={hits.length > 0}>
        {hits.map((hit) => (
          <Hit key={hit.message_id} hit={hit} me={me} />
        ))}
      </Section>
      {messages.hasNextPage && (
        <Button
          variant="subtle"
          color="gray"
          fullWidth
          loading={messages.isFetchingNextPage}
          onClick={() => void messages.fetchNextPage()}
        >
          {common("showMore")}
        </Button>
      )}
    </div>
  );
}

interface SectionProps {
  title: string;
  isThere: boolean;
  children: ReactNode;
}

function Section({ title, isThere, children }: SectionProps) {
  if (!isThere) return null;
  return (
    <section aria-label={title}>
      <h2 className={classes.title}>{title}</h2>
      <ul className={list.rows}>{children}</ul>
    </section>
  );
}

function Person({ person }: { person: PersonLook }) {
  const text = useErrorText();
  const navigate = useNavigate();
  const { mutate, isPending } = useMutation({
    mutationFn: () => startDirect(person.id),
    onSuccess: ({ id }) =>
      navigate({ to: "/chat/$conversationId", params: { conversationId: id } }),
    onError: (error) => toastError(text(error)),
  });
  return (
    <li>
      <button
        type="button"
        className={`${list.row} ${classes.person}`}
        disabled={isPending}
        onClick={() => mutate()}
      >
        <PersonLine person={person} />
      </button>
    </li>
  );
}

function Hit({ hit, me }: { hit: MessageFound; me: Me }) {
  const t = useTranslations("finding");
  const { short } = useWhen();
  const { conversation, sender, number, parts, created_at } = hit;
  return (
    <li>
      <Link
        to="/chat/$conversationId"
        params={{ conversationId: conversation.id }}
        search={{ message: number }}
        className={list.row}
        activeProps={{ "data-status": undefined }}
      >
        <Portrait look={{ ...conversation, is_online: null }} size={40} />
        <span className={list.words}>
          <span className={list.line}>
            <bdi className={list.name}>{nameOf(conversation)}</bdi>
            <time className={list.when} dateTime={created_at}>
              {short(created_at)}
            </time>
          </span>
          <span className={classes.text} dir="auto">
            <bdi>{sender.id === me.id ? t("you") : sender.display_name}</bdi>
            {": "}
            <Marked parts={parts} />
          </span>
        </span>
      </Link>
    </li>
  );
}
