// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";
import type { Video } from "@/api/types";
import { NowPlayingStore } from "./nowPlaying";

const video = (id: string) => ({ id }) as Video;
const wanted = (id: string) => ({ video: video(id), listId: undefined, moment: undefined });
const place = () => document.body.appendChild(document.createElement("div"));

let store: NowPlayingStore;
let [stage, dock, picture]: HTMLElement[] = [];

beforeEach(() => {
  document.body.replaceChildren();
  store = new NowPlayingStore();
  [stage, dock, picture] = [place(), place(), document.createElement("div")];
});

function play(id = "a"): void {
  store.show(wanted(id), stage as HTMLElement);
  store.place(picture ?? null, dock ?? null);
  store.going(true);
}

test("what plays moves into the dock the moment its page is left, and back", () => {
  play();
  expect(picture?.parentElement).toBe(stage);
  store.leave(stage as HTMLElement);
  expect(picture?.parentElement).toBe(dock);
  expect(store.current()).toMatchObject({ video: video("a"), stage: null, isGoing: true });
  const again = place();
  store.show(wanted("a"), again);
  expect(picture?.parentElement).toBe(again);
});

test("what is paused ends when its page is left", () => {
  play();
  store.going(false);
  store.leave(stage as HTMLElement);
  expect(store.current()).toBeNull();
});

test("a page that no longer has the picture takes nothing away", () => {
  play();
  const newer = place();
  store.show(wanted("b"), newer);
  store.leave(stage as HTMLElement);
  expect(store.current()?.stage).toBe(newer);
});

test("says what changed, and nothing twice", () => {
  play();
  const heard = vi.fn();
  store.subscribe(heard);
  store.going(true);
  expect(heard).not.toHaveBeenCalled();
  store.refresh(video("other"));
  expect(heard).not.toHaveBeenCalled();
  store.goOn(video("b"));
  expect(heard).toHaveBeenCalledTimes(1);
  store.close();
  expect(store.current()).toBeNull();
});
