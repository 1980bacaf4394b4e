/**
 * What is being attached to messages, without any drawing. A file goes to the server as soon as it
 * is chosen; the message that takes it along goes out once all of its files are there.
 */

import { ApiError } from "@/api/client";
import type { Media } from "@/api/types";
import { newClientId } from "@/ui/clientId";

export const MOST_FILES = 10;

export interface NewFile {
  kind: Media["type"];
  file: File;
  /** Of a voice note, until the server knows better. */
  seconds?: number;
  waveform?: number[];
  /** It is certain to be refused. */
  error?: ApiError | null;
}

export interface Attachment extends NewFile {
  key: string;
  author_id: string;
  conversation_id: string;
  /** Shows the file on this page. */
  url: string;
  state: "waiting" | "sending" | "brought" | "failed";
  /** From 0 to 1. */
  share: number;
  error: ApiError | null;
  /** As the server has it; a video's is known before its bytes are there. */
  media: Media | null;
  uploadUrl: string | null;
  /** A message on its way takes it along; else it stands above the field. */
  isTaken: boolean;
}

export interface Handlers {
  onMade: (media: Media, uploadUrl: string) => void;
  onShare: (share: number) => void;
  onDone: (media: Media) => void;
  onError: (error: ApiError) => void;
}

/** What it needs from outside; replaced in tests. */
export interface Ports {
  /** Brings the file to the server; returns how to stop that. */
  bring: (attachment: Attachment, handlers: Handlers) => () => void;
  /** Throws away what the server has of it. */
  discard: (mediaId: string) => Promise<unknown>;
  show: (file: File) => string;
  hide: (url: string) => void;
}

type Place = Pick<Attachment, "author_id" | "conversation_id">;

const AT_ONCE = 3;
const AGAIN_AFTER_MS = 10_000;

/** The network or the server has lost it: it goes on by itself. */
export const isLost = (error: unknown): boolean =>
  !(error instanceof ApiError) || error.status === 0 || error.status >= 500;

const isAt = (one: Attachment, place: Place): boolean =>
  one.author_id === place.author_id && one.conversation_id === place.conversation_id;

export class Attachments {
  private items: readonly Attachment[] = [];
  private readonly running = new Map<string, () => void>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly ports: Ports) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): readonly Attachment[] => this.items;

  find(key: string): Attachment | undefined {
    return this.items.find((one) => one.key === key);
  }

  /** What stands above the field of a conversation. */
  open(place: Place): Attachment[] {
    return this.items.filter((one) => !one.isTaken && isAt(one, place));
  }

  /** Takes files and begins to bring them; a message may take them along at once. */
  add(place: Place, files: readonly NewFile[], isTaken = false): string[] {
    const added = files.map(
      (given): Attachment => ({
        ...given,
        author_id: place.author_id,
        conversation_id: place.conversation_id,
        key: newClientId(),
        url: this.ports.show(given.file),
        state: given.error ? "failed" : "waiting",
        share: 0,
        error: given.error ?? null,
        media: null,
        uploadUrl: null,
        isTaken,
      }),
    );
    this.set([...this.items, ...added]);
    this.next();
    return added.map(({ key }) => key);
  }

  /** A message takes along what stands above the field. */
  take(place: Place): string[] {
    const keys = this.open(place).map(({ key }) => key);
    for (const key of keys) this.change(key, { isTaken: true });
    return keys;
  }

  /** Tries those again that failed. */
  again(keys: readonly string[]): void {
    for (const key of keys) {
      if (this.find(key)?.state === "failed") this.change(key, { state: "waiting", error: null });
    }
    this.next();
  }

  /** Goes on with what the network has lost. */
  resume(): void {
    this.again(this.items.filter(({ error }) => error && isLost(error)).map(({ key }) => key));
  }

  /** Takes it off the page, and off the server. */
  remove(key: string): void {
    const item = this.find(key);
    if (!item) return;
    this.release([key]);
    // What does not come through is collected by the server after a day.
    if (item.media) this.ports.discard(item.media.id).catch(() => undefined);
  }

  /** A message has taken them along, or they are gone. */
  release(keys: readonly string[]): void {
    for (const key of keys) {
      this.running.get(key)?.();
      this.running.delete(key);
      const item = this.find(key);
      if (item) this.ports.hide(item.url);
    }
    this.set(this.items.filter((one) => !keys.includes(one.key)));
    this.next();
  }

  /** Calls back once all of them are at the server, however often that takes. */
  whenBrought(keys: readonly string[], callback: (media: Media[]) => void): void {
    const look = () => {
      const found = keys.map((key) => this.find(key));
      if (found.some((one) => !one)) return stop();
      if (!found.every((one) => one?.state === "brought")) return;
      stop();
      callback(found.flatMap((one) => one?.media ?? []));
    };
    const stop = this.subscribe(look);
    look();
  }

  private next(): void {
    const free = AT_ONCE - this.items.filter(({ state }) => state === "sending").length;
    const waiting = this.items.filter(({ state }) => state === "waiting");
    for (const { key } of waiting.slice(0, Math.max(0, free))) this.start(key);
  }

  private start(key: string): void {
    this.change(key, { state: "sending" });
    const item = this.find(key);
    if (!item) return;
    const stop = this.ports.bring(item, {
      onMade: (media, uploadUrl) => {
        if (this.find(key)) this.change(key, { media, uploadUrl });
        // Removed while the server was asked.
        else this.ports.discard(media.id).catch(() => undefined);
      },
      onShare: (share) => this.change(key, { share }),
      onDone: (media) => {
        if (this.find(key)) this.ended(key, { state: "brought", share: 1, media });
        else this.ports.discard(media.id).catch(() => undefined);
      },
      onError: (error) => {
        const failed = this.find(key);
        if (!failed) return;
        this.ended(key, { state: "failed", error });
        if (isLost(error)) {
          setTimeout(() => {
            if (this.find(key)?.error === error) this.again([key]);
          }, AGAIN_AFTER_MS);
        } else if (failed.media) {
          // Nothing becomes of this upload; another try begins anew.
          this.change(key, { media: null, uploadUrl: null, share: 0 });
          this.ports.discard(failed.media.id).catch(() => undefined);
        }
      },
    });
    this.running.set(key, stop);
  }

  private ended(key: string, change: Partial<Attachment>): void {
    this.running.delete(key);
    this.change(key, change);
    this.next();
  }

  private change(key: string, change: Partial<Attachment>): void {
    this.set(this.items.map((one) => (one.key === key ? { ...one, ...change } : one)));
  }

  private set(items: readonly Attachment[]): void {
    this.items = items;
    for (const listener of this.listeners) listener();
  }
}
