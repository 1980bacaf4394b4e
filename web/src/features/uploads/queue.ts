/**
 * The uploads of this page, without any drawing: what is sent now, what waits, what went wrong.
 * The server owns the truth; an upload that this page lost (a reload, another device) comes back by
 * `adopt` and goes on as soon as the person gives the same file again.
 */

import { isRefused } from "./isRefused";
import { Speedometer } from "./speed";

export type UploadState =
  | "preparing"
  | "waiting"
  | "sending"
  | "paused"
  /** The network is away; goes on by itself. */
  | "offline"
  /** Known to the server, but the browser no longer has the file. */
  | "needs-file"
  | "sent"
  | "failed";

/** Where a file goes that becomes no video of the library, such as a lesson's. */
export interface UploadTarget {
  /** The same for the same place, which takes one file at a time. */
  key: string;
  title: string;
  /** The page that shows what becomes of the file. */
  href: string;
  /** Makes room on the server, or finds where the same file was going; returns its address. */
  create(file: File): Promise<string>;
  discard(): Promise<void>;
  /** Tells that all bytes are there; should this not get through, it is noticed a little later. */
  noteSent(url: string): Promise<unknown>;
}

export interface UploadItem {
  key: string;
  /** Null for a new video of the library. */
  target: UploadTarget | null;
  file: File | null;
  filename: string;
  size: number;
  title: string;
  videoId: string | null;
  url: string | null;
  sent: number;
  /** Bytes per second over the last moments; null while unknown. */
  speed: number | null;
  state: UploadState;
  /** Nothing got through the last time; it is being tried again. */
  isStalled: boolean;
  error: unknown;
}

export interface Sending {
  stop(): void;
}

export interface SendHandlers {
  onProgress(sent: number): void;
  onStalled(): void;
  onDone(): void;
  onOffline(): void;
  onError(error: unknown): void;
}

/** What the queue needs from outside; replaced in tests. */
export interface UploadPorts {
  create(file: File, title: string): Promise<{ videoId: string; url: string }>;
  send(url: string, file: File, handlers: SendHandlers): Sending;
  discard(item: UploadItem): Promise<void>;
  check(file: File): unknown;
  titleOf(file: File): string;
  now(): number;
}

export interface Unfinished {
  videoId: string | null;
  url: string;
  filename: string;
  size: number;
  sent: number;
  title: string;
}

const AT_ONCE = 2;
const OFFLINE_RETRY_MS = 10_000;

export const isUnfinished = ({ state }: UploadItem): boolean =>
  state !== "sent" && state !== "failed";

export class UploadQueue {
  private items: readonly UploadItem[] = [];
  private lastKey = 0;
  private readonly sendings = new Map<string, Sending>();
  private readonly meters = new Map<string, Speedometer>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly ports: UploadPorts) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): readonly UploadItem[] => this.items;

  /** Takes files; one that continues an unfinished upload goes on there. */
  add(files: Iterable<File>): void {
    for (const file of files) {
      const known = this.items.find(
        (item) => !item.target && isSameFile(item, file) && isUnfinished(item),
      );
      if (known) this.giveFile(known.key, file);
      else this.addNew(file, null);
    }
  }

  /** Takes a file for a place; what was on its way there makes room. */
  addTo(target: UploadTarget, file: File): void {
    for (const { key, target: other } of this.items)
      if (other?.key === target.key) this.dismiss(key);
    this.addNew(file, target);
  }

  /** Shows the uploads that the server has not finished and this page does not know. */
  adopt(found: readonly Unfinished[]): void {
    const kept = this.items.filter(
      ({ state, url }) => state !== "needs-file" || found.some((upload) => upload.url === url),
    );
    const adopted = found
      .filter((upload) => !kept.some((item) => isSameUpload(item, upload)))
      .map((upload) => ({
        ...upload,
        key: this.newKey(),
        target: null,
        file: null,
        speed: null,
        state: "needs-file" as const,
        isStalled: false,
        error: null,
      }));
    if (adopted.length > 0 || kept.length < this.items.length) this.set([...kept, ...adopted]);
  }

  /** Goes on with the file given again. False when it is another file. */
  giveFile(key: string, file: File): boolean {
    const item = this.find(key);
    if (!item || !isSameFile(item, file)) return false;
    if (item.state === "needs-file") {
      this.change(key, { file, state: "waiting", error: null });
      this.next();
    }
    return true;
  }

  pause(key: string): void {
    const item = this.find(key);
    if (!item || !["sending", "waiting", "offline"].includes(item.state)) return;
    this.stop(key);
    this.change(key, { state: "paused", speed: null });
    this.next();
  }

  /** Goes on after a pause, a lost network or a failure. */
  resume(key: string): void {
    const item = this.find(key);
    if (!item?.file || !["paused", "offline", "failed"].includes(item.state)) return;
    if (!item.url) {
      this.change(key, { state: "preparing", error: null });
      void this.prepare(item, item.file);
      return;
    }
    this.change(key, { state: "waiting", error: null });
    this.next();
  }

  /** Goes on at once with what the network has stopped, instead of at its next try. */
  resumeOffline(): void {
    for (const { key, state, isStalled } of this.items) {
      if (state === "sending" && isStalled) this.pause(key);
      if (state === "offline" || isStalled) this.resume(key);
    }
  }

  /** Stops the upload and removes it, on the server too. */
  async cancel(key: string): Promise<void> {
    const item = this.find(key);
    if (!item) return;
    this.stop(key);
    this.dismiss(key);
    this.next();
    await this.discard(item);
  }

  /** Takes an item off the list; what the server has stays. */
  dismiss(key: string): void {
    this.stop(key);
    this.set(this.items.filter((item) => item.key !== key));
  }

  /** Takes the upload of a video that is being deleted off the list. */
  forget(videoId: string): void {
    for (const item of this.items) if (item.videoId === videoId) this.dismiss(item.key);
  }

  rename(key: string, title: string): void {
    this.change(key, { title });
  }

  clear(): void {
    for (const { key } of this.items) this.stop(key);
    this.set([]);
  }

  private newKey(): string {
    this.lastKey += 1;
    return String(this.lastKey);
  }

  private addNew(file: File, target: UploadTarget | null): void {
    const key = this.newKey();
    const error = this.ports.check(file) ?? null;
    const item: UploadItem = {
      key,
      target,
      file,
      filename: file.name,
      size: file.size,
      title: target?.title ?? this.ports.titleOf(file),
      videoId: null,
      url: null,
      sent: 0,
      speed: null,
      state: error ? "failed" : "preparing",
      isStalled: false,
      error,
    };
    this.set([...this.items, item]);
    if (!error) void this.prepare(item, file);
  }

  private async prepare({ key, title, target }: UploadItem, file: File): Promise<void> {
    try {
      const { videoId, url } = target
        ? { videoId: null, url: await target.create(file) }
        : await this.ports.create(file, title);
      const item = this.find(key);
      if (!item) {
        // Cancelled while the server was asked: give the reserved space back.
        if (!this.isTaken(target)) {
          await this.discard({ ...blank(key, file), target, videoId, url });
        }
        return;
      }
      this.change(key, { videoId, url, state: "waiting" });
      this.next();
    } catch (error) {
      this.change(key, { state: "failed", error });
    }
  }

  private next(): void {
    const free = AT_ONCE - this.items.filter(({ state }) => state === "sending").length;
    const waiting = this.items.filter(({ state }) => state === "waiting");
    for (const item of waiting.slice(0, Math.max(0, free))) this.start(item);
  }

  private start({ key, file, url, target }: UploadItem): void {
    if (!file || !url) return;
    const meter = new Speedometer(this.ports.now);
    this.meters.set(key, meter);
    this.change(key, { state: "sending", isStalled: false });
    const sending = this.ports.send(url, file, {
      onProgress: (sent) => {
        if (this.sendings.get(key) !== sending) return;
        this.change(key, { sent, speed: meter.read(sent), isStalled: false });
      },
      onStalled: () => this.change(key, { speed: null, isStalled: true }),
      onDone: () => {
        this.ended(key, { state: "sent", sent: file.size, speed: null });
        void target?.noteSent(url).catch(() => undefined);
      },
      onOffline: () => {
        this.ended(key, { state: "offline", speed: null });
        setTimeout(() => {
          if (this.find(key)?.state === "offline") this.resume(key);
        }, OFFLINE_RETRY_MS);
      },
      onError: (error) => this.failed(key, error),
    });
    this.sendings.set(key, sending);
  }

  private failed(key: string, error: unknown): void {
    const item = this.find(key);
    this.ended(key, { state: "failed", error, speed: null });
    if (!item || !isRefused({ state: "failed", error })) return;
    // Nothing can become of it. Should this not get through, its video tells the reason.
    this.change(key, { videoId: null, url: null });
    void this.discard(item).catch(() => undefined);
  }

  private ended(key: string, change: Partial<UploadItem>): void {
    this.sendings.delete(key);
    this.meters.delete(key);
    this.change(key, change);
    this.next();
  }

  private discard(item: UploadItem): Promise<void> {
    return item.target ? item.target.discard() : this.ports.discard(item);
  }

  /** Whether another file is on its way to the same place. */
  private isTaken(target: UploadTarget | null): boolean {
    return target !== null && this.items.some((item) => item.target?.key === target.key);
  }

  private stop(key: string): void {
    this.sendings.get(key)?.stop();
    this.sendings.delete(key);
    this.meters.delete(key);
  }

  private find(key: string): UploadItem | undefined {
    return this.items.find((item) => item.key === key);
  }

  private change(key: string, change: Partial<UploadItem>): void {
    this.set(this.items.map((item) => (item.key === key ? { ...item, ...change } : item)));
  }

  private set(items: readonly UploadItem[]): void {
    this.items = items;
    for (const listener of this.listeners) listener();
  }
}

function isSameFile(item: UploadItem, file: File): boolean {
  return item.filename === file.name && item.size === file.size;
}

/** One that is being made here may be listed before its address is known. */
function isSameUpload(item: UploadItem, { url, filename, size }: Unfinished): boolean {
  if (item.state !== "preparing") return item.url === url;
  return item.filename === filename && item.size === size;
}

function blank(key: string, file: File): UploadItem {
  return {
    key,
    target: null,
    file,
    filename: file.name,
    size: file.size,
    title: file.name,
    videoId: null,
    url: null,
    sent: 0,
    speed: null,
    state: "failed",
    isStalled: false,
    error: null,
  };
}
