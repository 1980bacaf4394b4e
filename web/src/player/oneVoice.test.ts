// @vitest-environment jsdom
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { beginRecording, Hush, keepOneVoice, pauseAll, SHARED } from "./oneVoice";

/** A player of a page, without a file: it only plays or does not. */
function player({ muted = false, parent = document.body as HTMLElement } = {}) {
  const video = document.createElement("video");
  let paused = true;
  Object.defineProperty(video, "paused", { get: () => paused });
  video.muted = muted;
  video.pause = () => {
    paused = true;
  };
  parent.append(video);
  const begin = () => {
    paused = false;
    video.dispatchEvent(new Event("play"));
  };
  return { video, begin };
}

function sharedPlayer() {
  const stage = document.createElement("section");
  stage.setAttribute(SHARED, "");
  document.body.append(stage);
  return player({ parent: stage });
}

beforeAll(keepOneVoice);
beforeEach(() => {
  document.body.replaceChildren();
});

describe("what begins last is heard alone", () => {
  test("the other one pauses", () => {
    const [first, second] = [player(), player()];
    first.begin();
    second.begin();
    expect([first.video.paused, second.video.paused]).toEqual([true, false]);
  });

  test("what is muted disturbs nobody, and nobody disturbs it", () => {
    const [loud, silent, another] = [player(), player({ muted: true }), player()];
    loud.begin();
    silent.begin();
    expect(loud.video.paused).toBe(false);
    another.begin();
    expect([loud.video.paused, silent.video.paused]).toEqual([true, false]);
  });

  test("a player made of parts tells of it too, without being what is heard", () => {
    const own = player();
    own.begin();
    const frame = document.createElement("div");
    document.body.append(frame);
    frame.dispatchEvent(new Event("play"));
    expect(own.video.paused).toBe(false);
  });

  test("what others watch too goes on, and pauses nothing by going on", () => {
    const [shared, own] = [sharedPlayer(), player()];
    shared.begin();
    own.begin();
    expect(shared.video.paused).toBe(false);
    shared.begin();
    expect(own.video.paused).toBe(false);
    pauseAll();
    expect([shared.video.paused, own.video.paused]).toEqual([false, true]);
  });
});

describe("what others watch too is silent meanwhile", () => {
  const hush = new Hush();
  let shared: ReturnType<typeof player>;
  beforeEach(() => {
    shared = sharedPlayer();
    shared.begin();
  });
  afterEach(() => {
    document.body.replaceChildren();
    hush.follow(shared.video);
  });

  test("until the other one pauses or is gone", () => {
    const own = player();
    own.begin();
    hush.follow(shared.video);
    expect(shared.video.muted).toBe(true);
    own.video.pause();
    hush.follow(shared.video);
    expect(shared.video.muted).toBe(false);
    own.begin();
    hush.follow(shared.video);
    own.video.remove();
    hush.follow(shared.video);
    expect(shared.video.muted).toBe(false);
  });

  test("while a voice is recorded, which also pauses what can be paused", () => {
    const own = player();
    own.begin();
    const end = beginRecording();
    hush.follow(shared.video);
    expect([own.video.paused, shared.video.muted]).toEqual([true, true]);
    end();
    hush.follow(shared.video);
    expect(shared.video.muted).toBe(false);
  });

  test("and stays so for whoever has muted it", () => {
    shared.video.muted = true;
    const own = player();
    own.begin();
    hush.follow(shared.video);
    own.video.pause();
    hush.follow(shared.video);
    expect(shared.video.muted).toBe(true);
  });
});
