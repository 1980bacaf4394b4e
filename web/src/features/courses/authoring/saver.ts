/** Keeps a document that has versions on the server while it is changed on the page. */
import { ApiError } from "@/api/client";

export interface Kept<T> {
  value: T;
  version: number;
}

export type SaverState = "saved" | "saving" | "stale" | "failed";

export interface SaverView<T> {
  value: T;
  state: SaverState;
  error: unknown;
}

/**
 * Sends one change at a time: what is changed meanwhile goes as one with the next. When the server
 * says that somebody else was faster, nothing is sent until it is said whose shall stay.
 */
export class Saver<T> {
  private view: SaverView<T>;
  private version: number;
  private isChanged = false;
  private readonly listeners = new Set<() => void>();

  constructor(
    kept: Kept<T>,
    private readonly send: (kept: Kept<T>) => Promise<Kept<T>>,
  ) {
    this.view = { value: kept.value, state: "saved", error: null };
    this.version = kept.version;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): SaverView<T> => this.view;

  change(value: T): void {
    this.isChanged = true;
    this.set({ value });
    if (this.view.state !== "saving" && this.view.state !== "stale") void this.save();
  }

  /** Takes up what the server has, unless something of one's own is on its way there. */
  learn(kept: Kept<T>): void {
    if (this.isChanged || this.view.state !== "saved" || kept.version <= this.version) return;
    this.takeTheirs(kept);
  }

  /** Drops one's own changes for what somebody else has saved. */
  takeTheirs({ value, version }: Kept<T>): void {
    this.isChanged = false;
    this.version = version;
    this.set({ value, state: "saved", error: null });
  }

  /** Saves once more: after a failure, or over the version that somebody else has saved. */
  async save(over?: number): Promise<void> {
    if (over !== undefined) this.version = over;
    this.set({ state: "saving", error: null });
    do {
      this.isChanged = false;
      try {
        this.version = (await this.send({ value: this.view.value, version: this.version })).version;
      } catch (error) {
        this.isChanged = true;
        const isStale = error instanceof ApiError && error.status === 409;
        this.set({ state: isStale ? "stale" : "failed", error });
        return;
      }
    } while (this.isChanged);
    this.set({ state: "saved" });
  }

  private set(change: Partial<SaverView<T>>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }
}
