import { Button, Checkbox, Group, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Conversation, Me, Video } from "@/api/types";
import { peopleQuery } from "@/features/identity/queries";
import { playhead } from "@/player/playhead";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { formatClock } from "@/ui/format";
import { IconSearch } from "@/ui/icons";
import { toast } from "@/ui/toasts";
import { nameOf } from "./names";
import { say } from "./outbox";
import classes from "./People.module.css";
import { PersonLine } from "./PersonLine";
import { Portrait } from "./Portrait";
import { conversationsQuery, startDirect } from "./queries";
import { startParty } from "./watching/queries";

const TYPING_PAUSE_MS = 150;
const MOST_CHARACTERS = 5000;

/** The conversation that a choice stands for, begun if need be. */
async function conversationOf(key: string): Promise<string> {
  const [kind, id = ""] = key.split(":");
  return kind === "person" ? (await startDirect(id)).id : id;
}

interface ShareInMessageProps {
  video: Video;
  me: Me;
  onClose: () => void;
}

/** Sends a video to people and groups, with a word, and from the second where the player is. */
export default function ShareInMessage({ video, me, onClose }: ShareInMessageProps) {
  const t = useTranslations("chat.share");
  const errorText = useErrorText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [moment] = useState(() => Math.floor(playhead.now() ?? 0));
  const [isFromMoment, setFromMoment] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const toggle = (key: string) => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    setChosen(next);
  };
  const attempt = async (work: (ids: string[]) => Promise<void> | void) => {
    setBusy(true);
    setError(null);
    try {
      await work(await Promise.all([...chosen].map(conversationOf)));
    } catch (reason) {
      setError(reason);
      setBusy(false);
    }
  };
  const watch = () =>
    attempt(async ([id = ""]) => {
      await startParty(queries, id, video.id, isFromMoment ? moment : 0);
      await navigate({ to: "/chat/$conversationId", params: { conversationId: id } });
    });
  const send = () =>
    attempt((ids) => {
      const shared = { id: video.id, moment: isFromMoment ? moment : null };
      for (const conversation_id of new Set(ids)) {
        const words = { conversation_id, author_id: me.id, text: text.trim(), reply_to: null };
        void say(queries, { ...words, video: shared });
      }
      toast(t("sent", { count: chosen.size }));
      onClose();
    });
  return (
    <Dialog title={t("title")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.size > 0) void send();
        }}
      >
        <Places me={me} chosen={chosen} onToggle={toggle} />
        <Textarea
          mt="md"
          label={t("word")}
          dir="auto"
          autosize
          maxRows={5}
          maxLength={MOST_CHARACTERS}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        {moment > 0 && (
          <Checkbox
            mt="md"
            label={t("from", { time: formatClock(moment) })}
            checked={isFromMoment}
            onChange={({ currentTarget }) => setFromMoment(currentTarget.checked)}
          />
        )}
        <FormError text={error ? errorText(error) : null} />
        <Group justify="flex-end" mt="md">
          {chosen.size === 1 && (
            <Button variant="default" loading={isBusy} onClick={() => void watch()}>
              {t("watch")}
            </Button>
          )}
          <Button type="submit" disabled={chosen.size === 0} loading={isBusy}>
            {t("send")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

interface PlacesProps {
  me: Me;
  /** `person:<id>` or `conversation:<id>`. */
  chosen: ReadonlySet<string>;
  onToggle: (key: string) => void;
}

const matches = (look: Conversation, query: string): boolean =>
  nameOf(look).toLocaleLowerCase().includes(query.toLocaleLowerCase());

/** One's conversations, and people whom one has not talked with yet. */
function Places({ me, chosen, onToggle }: PlacesProps) {
  const t = useTranslations("chat.share");
  const [text, setText] = useState("");
  const [query] = useDebouncedValue(text.trim().replace(/^@/, ""), TYPING_PAUSE_MS);
  const conversations = useInfiniteQuery(conversationsQuery());
  const { data } = useQuery({
    ...peopleQuery(query),
    enabled: query !== "",
    placeholderData: keepPreviousData,
  });
  const all = conversations.data?.pages.flatMap(({ items }) => items) ?? [];
  const open = all.filter((look) => look.request === null);
  const known = new Set([me.id, ...open.map(({ person }) => person?.id)]);
  const keyOf = (look: Conversation) => `conversation:${look.id}`;
  const shown = open.filter(
    (look) => query === "" || matches(look, query) || chosen.has(keyOf(look)),
  );
  const people = query && data ? data.items.filter(({ id }) => !known.has(id)) : [];
  const look = { body: classes.choice, labelWrapper: classes.wide, label: classes.wide };
  return (
    <>
      <TextInput
        aria-label={t("find")}
        placeholder={t("find")}
        leftSection={<IconSearch size={18} />}
        value={text}
        data-autofocus
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <ul className={classes.people} aria-label={t("to")}>
        {shown.map((one) => (
          <li key={one.id}>
            <Checkbox
              labelPosition="left"
              classNames={look}
              label={
                one.person ? (
                  <PersonLine person={one.person} />
                ) : (
                  <span className={classes.person}>
                    <Portrait look={one} size={36} />
                    <span className={classes.names}>
                      <bdi>{nameOf(one)}</bdi>
                    </span>
                  </span>
                )
              }
              checked={chosen.has(keyOf(one))}
              onChange={() => onToggle(keyOf(one))}
            />
          </li>
        ))}
        {people.map((person) => (
          <li key={person.id}>
            <Checkbox
              labelPosition="left"
              classNames={look}
              label={<PersonLine person={person} />}
              checked={chosen.has(`person:${person.id}`)}
              onChange={() => onToggle(`person:${person.id}`)}
            />
          </li>
        ))}
      </ul>
      <p className={classes.none} role="status">
        {query && data && shown.length + people.length === 0 ? t("nobody") : ""}
      </p>
    </>
  );
}
