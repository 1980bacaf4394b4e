/**
 * The one video that this page plays. Its picture is a frame that moves between the stage of the
 * watch page and the dock of the mini player, so it plays on while one goes from page to page.
 */
import { useSyncExternalStore } from "react";
import type { Video } from "@/api/types";

export interface NowPlaying {
  video: Video;
  /** The playlist that goes on after it. */
  listId: string | undefined;
  /** The second that its address named. */
  moment: number | undefined;
  /** Where the watch page wants it; null while it is docked. */
  stage: HTMLElement | null;
  isGoing: boolean;
}

export type Wanted = Pick<NowPlaying, "video" | "listId" | "moment">;

/** Moves an element without stopping what plays in it, where the browser knows how. */
function move(element: HTMLElement, place: HTMLElement): void {
  if (element.parentElement === place) return;
  if (element.isConnected && place.isConnected && "moveBefore" in place) {
    place.moveBefore(element, null);
  } else {
    place.append(element);
  }
}

export class NowPlayingStore {
  private readonly listeners = new Set<() => void>();
  private playing: NowPlaying | null = null;
  private dock: HTMLElement | null = null;
  private picture: HTMLElement | null = null;

  readonly current = (): NowPlaying | null => this.playing;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The watch page has come: its video plays there, and goes on if it was docked. */
  show(wanted: Wanted, stage: HTMLElement): void {
    const isGoing = this.playing?.isGoing ?? false;
    this.set({ ...wanted, stage, isGoing });
  }

  /** The watch page is left: what plays goes on in the dock, anything else ends. */
  leave(stage: HTMLElement): void {
    if (this.playing?.stage !== stage) return;
    const goesOn = this.playing.isGoing && this.dock !== null;
    this.set(goesOn ? { ...this.playing, stage: null } : null);
  }

  close(): void {
    this.set(null);
  }

  /** The newest of what is known about the video. */
  refresh(video: Video): void {
    if (this.playing?.video.id === video.id) this.set({ ...this.playing, video });
  }

  /** The next one in the dock. */
  goOn(video: Video): void {
    if (this.playing) this.set({ ...this.playing, video, moment: undefined });
  }

  going(isGoing: boolean): void {
    if (this.playing && this.playing.isGoing !== isGoing) this.set({ ...this.playing, isGoing });
  }

  /** Takes the picture and its dock, and brings the one to where it belongs. */
  place(picture: HTMLElement | null, dock: HTMLElement | null): void {
    this.picture = picture;
    this.dock = dock;
    this.settle();
  }

  private set(next: NowPlaying | null): void {
    this.playing = next;
    // At once: a picture that leaves the document, however shortly, would stop.
    this.settle();
    for (const listener of this.listeners) listener();
  }

  private settle(): void {
    const place = this.playing?.stage ?? this.dock;
    if (this.playing && this.picture && place) move(this.picture, place);
  }
}

export const nowPlaying = new NowPlayingStore();

export const useNowPlaying = (): NowPlaying | null =>
  useSyncExternalStore(nowPlaying.subscribe, nowPlaying.current);
