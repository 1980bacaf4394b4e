/**
 * The one live connection of a page. Says the last event it saw, so the server replays what was
 * missed or asks for a fresh start; joins its topics again after every reconnection.
 */

export interface LiveEvent {
  kind: string;
  data: Record<string, unknown>;
  seq: number | null;
}

export type LiveStatus = "connecting" | "open" | "waiting" | "closed";

type ServerMessage =
  | { type: "hello"; seq: number }
  | { type: "resync"; seq?: number }
  | { type: "ping" }
  | { type: "event"; seq: number | null; kind: string; data: Record<string, unknown> };

export interface LiveSocketOptions {
  url: string;
  onEvent: (event: LiveEvent) => void;
  /** What is on the page may be old: fetch it afresh. */
  onResync: () => void;
  makeSocket?: (url: string) => WebSocket;
  random?: () => number;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;
/** The server says something every 25 seconds: a connection that is silent for longer has gone unnoticed. */
const LONGEST_SILENCE_MS = 60_000;
/** Whoever comes back to a page that has heard nothing for so long begins afresh. */
const DOUBTFUL_SILENCE_MS = 30_000;
/** The server closes with this code when the session is gone; trying again would not help. */
const CLOSED_SIGNED_OUT = 4401;

/** How long to wait before the attempt after `failures` failed ones; spread so that not all come at once. */
export function backoff(failures: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures);
  return full / 2 + (full / 2) * random();
}

export class LiveSocket {
  private socket: WebSocket | null = null;
  /** To try again, or to give a silent connection up. */
  private timer: ReturnType<typeof setTimeout> | undefined;
  private heardAt = 0;
  private failures = 0;
  private seq: number | null = null;
  private hasBeenOpen = false;
  private readonly topics = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private current: LiveStatus = "closed";

  constructor(private readonly options: LiveSocketOptions) {}

  get status(): LiveStatus {
    return this.current;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Connects, unless it has. `since` is the last event that is part of what the page has fetched. */
  open(since: number | null = null): void {
    if (this.current === "open" || this.current === "connecting") return;
    this.seq ??= since;
    this.setStatus("connecting");
    const make = this.options.makeSocket ?? ((url) => new WebSocket(url));
    const known = this.seq === null ? "" : `?since=${this.seq}`;
    const socket = make(this.options.url + known);
    this.socket = socket;
    this.expectWord();
    socket.onmessage = (message) => {
      if (socket !== this.socket) return;
      this.expectWord();
      this.receive(JSON.parse(String(message.data)) as ServerMessage);
    };
    socket.onclose = (event) => {
      if (socket === this.socket) this.lost(event.code);
    };
  }

  /** Ends for good, until `open` is called again; forgets where it was. */
  close(): void {
    clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = null;
    this.seq = null;
    this.hasBeenOpen = false;
    this.setStatus("closed");
    socket?.close();
  }

  /** Tries now instead of after the delay, for when the network or the page is back. */
  hurry(): void {
    if (this.current === "open" && Date.now() - this.heardAt > DOUBTFUL_SILENCE_MS) this.giveUp();
    if (this.current === "waiting") this.open();
  }

  /** Counts users of a topic; the returned function leaves it again. */
  join(topic: string): () => void {
    const users = this.topics.get(topic) ?? 0;
    this.topics.set(topic, users + 1);
    if (users === 0) this.send({ type: "join", topic });
    return () => {
      const left = (this.topics.get(topic) ?? 1) - 1;
      if (left > 0) {
        this.topics.set(topic, left);
        return;
      }
      this.topics.delete(topic);
      this.send({ type: "leave", topic });
    };
  }

  /** Says that something is being written there; of use only now, so it is not kept for later. */
  tellTyping(topic: string): void {
    this.send({ type: "typing", topic });
  }

  /** Gives the connection up if nothing is heard of it for too long. */
  private expectWord(): void {
    this.heardAt = Date.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.giveUp(), LONGEST_SILENCE_MS);
  }

  private giveUp(): void {
    const socket = this.socket;
    this.lost();
    socket?.close();
  }

  private receive(message: ServerMessage): void {
    switch (message.type) {
      case "hello":
        this.greeted(message.seq);
        break;
      case "resync":
        if (message.seq !== undefined) this.seq = message.seq;
        this.options.onResync();
        break;
      case "ping":
        this.send({ type: "pong" });
        break;
      case "event":
        // After a reconnection the server may repeat what it is not sure we saw.
        if (message.seq !== null && this.seq !== null && message.seq <= this.seq) return;
        if (message.seq !== null) this.seq = message.seq;
        this.options.onEvent(message);
        break;
    }
  }

  private greeted(seq: number): void {
    this.failures = 0;
    this.setStatus("open");
    for (const topic of this.topics.keys()) this.send({ type: "join", topic });
    if (this.seq === null) this.seq = seq;
    // Progress of topics is not stored, so what was said while we were away must be asked for.
    if (this.hasBeenOpen && this.topics.size > 0) this.options.onResync();
    this.hasBeenOpen = true;
  }

  private lost(code?: number): void {
    clearTimeout(this.timer);
    this.socket = null;
    if (code === CLOSED_SIGNED_OUT) {
      this.setStatus("closed");
      return;
    }
    this.setStatus("waiting");
    this.timer = setTimeout(() => this.open(), backoff(this.failures, this.options.random));
    this.failures += 1;
  }

  private send(message: object): void {
    if (this.current === "open") this.socket?.send(JSON.stringify(message));
  }

  private setStatus(status: LiveStatus): void {
    if (status === this.current) return;
    this.current = status;
    for (const listener of this.listeners) listener();
  }
}
