import type { MessagePage } from "@/api/gen";
import type { Message } from "@/api/types";
import { countsOf } from "./media/counts";

/** The part of a conversation that the page knows: messages in one piece, in their order. */
export interface Thread {
  messages: readonly Message[];
  /** Leads to older ones; null at the very first. */
  older: string | null;
  /** No message up to this number is missing here, except those this person is not shown. */
  upTo: number;
  /** The number of the conversation's newest message. */
  last: number;
}

export const isAtEnd = ({ upTo, last }: Thread): boolean => upTo >= last;

/** Server pages have the newest first. */
export function threadOf(page: MessagePage): Thread {
  const messages = page.items.toReversed();
  const upTo = page.has_newer ? (messages.at(-1)?.number ?? 0) : page.last_number;
  return { messages, older: page.next_cursor, upTo, last: page.last_number };
}

function merged(known: readonly Message[], more: readonly Message[]): Message[] {
  const all = new Map([...known, ...more].map((message) => [message.number, message]));
  return [...all.values()].sort((one, other) => one.number - other.number);
}

export function withOlder(thread: Thread, page: MessagePage): Thread {
  return { ...thread, messages: merged(page.items, thread.messages), older: page.next_cursor };
}

export function withNewer(thread: Thread, page: MessagePage): Thread {
  const { upTo, last } = threadOf(page);
  return {
    ...thread,
    messages: merged(thread.messages, page.items),
    upTo: Math.max(thread.upTo, upTo),
    last: Math.max(thread.last, last),
  };
}

/** Whether something is missing between what is here and this message. */
export const leavesGap = (thread: Thread, number: number): boolean => number > thread.upTo + 1;

/** Takes up a message that came by itself; one that would leave a gap is only heard of. */
export function withMessage(thread: Thread, message: Message): Thread {
  const { number } = message;
  const last = Math.max(thread.last, number);
  if (leavesGap(thread, number)) return { ...thread, last };
  const isOld = number <= thread.upTo;
  if (isOld && !thread.messages.some((one) => one.number === number)) return thread;
  return {
    ...thread,
    messages: isOld ? changed(thread.messages, message) : [...thread.messages, message],
    upTo: Math.max(thread.upTo, number),
    last,
  };
}

/** Also what answers it shows it as it is now. */
function changed(messages: readonly Message[], message: Message): Message[] {
  return messages.map((one) => {
    if (one.id === message.id) return message;
    if (one.reply_to?.id !== message.id) return one;
    const { text, is_unsent } = message;
    const media = countsOf(message.media);
    return { ...one, reply_to: { ...one.reply_to, text, media, is_unsent } };
  });
}

/** A live event says nothing of one's own reaction, which stays as it was. */
export function keepingMine(thread: Thread | undefined, message: Message): Message {
  const before = thread?.messages.find(({ id }) => id === message.id);
  if (!before || message.is_unsent) return message;
  return { ...message, my_reaction: before.my_reaction };
}
