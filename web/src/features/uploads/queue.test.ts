import { describe, expect, test, vi } from "vitest";
import { ApiError } from "@/api/client";
import { type SendHandlers, type UploadPorts, UploadQueue } from "./queue";

interface Sent {
  url: string;
  file: File;
  handlers: SendHandlers;
  isStopped: boolean;
}

const fileOf = (name: string, size = 10) => new File([new Uint8Array(size)], name);
const settle = () => new Promise((resolve) => setTimeout(resolve));

function setUp(ports: Partial<UploadPorts> = {}) {
  const sent: Sent[] = [];
  const discarded: string[] = [];
  let clock = 0;
  const queue = new UploadQueue({
    create: async (file) => ({ videoId: `v-${file.name}`, url: `/api/uploads/${file.name}` }),
    send: (url, file, handlers) => {
      const entry: Sent = { url, file, handlers, isStopped: false };
      sent.push(entry);
      return {
        stop: () => {
          entry.isStopped = true;
        },
      };
    },
    discard: async ({ videoId }) => {
      discarded.push(videoId ?? "");
    },
    check: () => null,
    titleOf: (file) => file.name,
    now: () => clock,
    ...ports,
  });
  const states = () => queue.snapshot().map(({ state }) => state);
  const key = (at: number) => queue.snapshot()[at]?.key ?? "";
  const pass = (ms: number) => {
    clock += ms;
  };
  return { queue, sent, discarded, states, key, pass };
}

describe("adding", () => {
  test("a file gets a place on the server, then its bytes go", async () => {
    const { queue, sent, states } = setUp();
    queue.add([fileOf("a.mp4")]);
    expect(states()).toEqual(["preparing"]);
    await settle();
    expect(states()).toEqual(["sending"]);
    expect(sent[0]?.url).toBe("/api/uploads/a.mp4");
  });

  test("two are sent at once, the third when one is done", async () => {
    const { queue, sent, states } = setUp();
    queue.add([fileOf("a.mp4"), fileOf("b.mp4"), fileOf("c.mp4")]);
    await settle();
    expect(states()).toEqual(["sending", "sending", "waiting"]);
    sent[0]?.handlers.onDone();
    expect(states()).toEqual(["sent", "sending", "sending"]);
  });

  test("what is certain to be refused never reaches the server", async () => {
    const refusal = new ApiError(415, { code: "unsupported_format" });
    const create = vi.fn();
    const { queue, states } = setUp({ check: () => refusal, create });
    queue.add([fileOf("notes.pdf")]);
    await settle();
    expect(states()).toEqual(["failed"]);
    expect(create).not.toHaveBeenCalled();
    expect(queue.snapshot()[0]?.error).toBe(refusal);
  });

  test("a refusal by the server is kept with the file and can be tried again", async () => {
    let isFull = true;
    const { queue, states, key } = setUp({
      create: async () => {
        if (isFull) throw new ApiError(403, { code: "quota_exceeded" });
        return { videoId: "v", url: "/u" };
      },
    });
    queue.add([fileOf("a.mp4")]);
    await settle();
    expect(states()).toEqual(["failed"]);
    isFull = false;
    queue.resume(key(0));
    await settle();
    expect(states()).toEqual(["sending"]);
  });
});

test("what the server finds to be no video leaves nothing behind there", async () => {
  const { queue, sent, discarded } = setUp();
  queue.add([fileOf("notes.mp4")]);
  await settle();
  const refusal = new ApiError(415, { code: "unsupported_format" });
  sent[0]?.handlers.onError(refusal);
  expect(discarded).toEqual(["v-notes.mp4"]);
  expect(queue.snapshot()[0]).toMatchObject({ state: "failed", error: refusal, videoId: null });
});

test("a failure that is not the file's keeps what has arrived", async () => {
  const { queue, sent, discarded } = setUp();
  queue.add([fileOf("a.mp4")]);
  await settle();
  sent[0]?.handlers.onError(new ApiError(507, { code: "disk_full" }));
  expect(discarded).toEqual([]);
  expect(queue.snapshot()[0]).toMatchObject({ state: "failed", videoId: "v-a.mp4" });
});

describe("pausing", () => {
  test("a pause stops the bytes and gives the turn to the next", async () => {
    const { queue, sent, states, key } = setUp();
    queue.add([fileOf("a.mp4"), fileOf("b.mp4"), fileOf("c.mp4")]);
    await settle();
    queue.pause(key(0));
    expect(sent[0]?.isStopped).toBe(true);
    expect(states()).toEqual(["paused", "sending", "sending"]);
  });

  test("going on sends to the same address", async () => {
    const { queue, sent, states, key } = setUp();
    queue.add([fileOf("a.mp4")]);
    await settle();
    queue.pause(key(0));
    queue.resume(key(0));
    expect(states()).toEqual(["sending"]);
    expect(sent.map(({ url }) => url)).toEqual(["/api/uploads/a.mp4", "/api/uploads/a.mp4"]);
  });

  test("a lost network goes on by itself", async () => {
    const { queue, sent, states } = setUp();
    queue.add([fileOf("a.mp4")]);
    await settle();
    sent[0]?.handlers.onOffline();
    expect(states()).toEqual(["offline"]);
    queue.resumeOffline();
    expect(states()).toEqual(["sending"]);
  });
});

describe("cancelling", () => {
  test("removes the video on the server too", async () => {
    const { queue, discarded, key } = setUp();
    queue.add([fileOf("a.mp4")]);
    await settle();
    await queue.cancel(key(0));
    expect(queue.snapshot()).toEqual([]);
    expect(discarded).toEqual(["v-a.mp4"]);
  });

  test("while the server is still asked, gives the reserved space back", async () => {
    const { queue, discarded, sent, key } = setUp();
    queue.add([fileOf("a.mp4")]);
    await queue.cancel(key(0));
    await settle();
    expect(discarded).toContain("v-a.mp4");
    expect(sent).toEqual([]);
  });
});

describe("a file for a place of its own", () => {
  function placeFor(key: string) {
    const made: string[] = [];
    const given: string[] = [];
    return {
      made,
      given,
      target: {
        key,
        title: "Lesson one",
        href: "/courses/boats/edit",
        create: async (file: File) => {
          made.push(file.name);
          return `/api/uploads/${key}-${file.name}`;
        },
        discard: async () => {
          given.push(key);
        },
        noteSent: async () => undefined,
      },
    };
  }

  test("goes to the address that its place has for it", async () => {
    const { queue, sent } = setUp();
    const { target, made } = placeFor("a");
    queue.addTo(target, fileOf("a.mp4"));
    await settle();
    expect(made).toEqual(["a.mp4"]);
    expect(sent[0]?.url).toBe("/api/uploads/a-a.mp4");
    expect(queue.snapshot()[0]).toMatchObject({ title: "Lesson one", videoId: null });
  });

  test("its place is told once all bytes are there", async () => {
    const { queue, sent, states } = setUp();
    const noteSent = vi.fn().mockRejectedValue(new ApiError(0, {}));
    queue.addTo({ ...placeFor("a").target, noteSent }, fileOf("a.mp4"));
    await settle();
    expect(noteSent).not.toHaveBeenCalled();
    sent[0]?.handlers.onDone();
    await settle();
    expect(noteSent.mock.calls).toEqual([["/api/uploads/a-a.mp4"]]);
    expect(states()).toEqual(["sent"]);
  });

  test("makes the one before it stop, which gives nothing back", async () => {
    const { queue, sent } = setUp();
    const { target, given } = placeFor("a");
    queue.addTo(target, fileOf("a.mp4"));
    await settle();
    queue.addTo(target, fileOf("b.mp4"));
    await settle();
    expect(sent[0]?.isStopped).toBe(true);
    expect(queue.snapshot().map(({ filename }) => filename)).toEqual(["b.mp4"]);
    expect(given).toEqual([]);
  });

  test("does not take away what the next one made while the server was asked", async () => {
    const { queue } = setUp();
    const { target, given } = placeFor("a");
    queue.addTo(target, fileOf("a.mp4"));
    queue.addTo(target, fileOf("b.mp4"));
    await settle();
    expect(given).toEqual([]);
  });

  test("is given back by its place when it is cancelled", async () => {
    const { queue, discarded, key } = setUp();
    const { target, given } = placeFor("a");
    queue.addTo(target, fileOf("a.mp4"));
    await settle();
    await queue.cancel(key(0));
    expect(given).toEqual(["a"]);
    expect(discarded).toEqual([]);
  });

  test("is no upload to the library, though it is the same file", async () => {
    const { queue } = setUp();
    queue.addTo(placeFor("a").target, fileOf("a.mp4"));
    queue.add([fileOf("a.mp4")]);
    await settle();
    expect(queue.snapshot().map(({ target }) => target?.key)).toEqual(["a", undefined]);
  });
});

test("a video that is deleted elsewhere on the page takes its upload along", async () => {
  const { queue, sent, states } = setUp();
  queue.add([fileOf("a.mp4"), fileOf("b.mp4")]);
  await settle();
  queue.forget("v-a.mp4");
  expect(sent[0]?.isStopped).toBe(true);
  expect(queue.snapshot().map(({ filename }) => filename)).toEqual(["b.mp4"]);
  expect(states()).toEqual(["sending"]);
});

describe("after a reload", () => {
  const lost = {
    videoId: "v1",
    url: "/api/uploads/1",
    filename: "a.mp4",
    size: 10,
    sent: 4,
    title: "A",
  };

  test("an unfinished upload waits for its file", () => {
    const { queue, states } = setUp();
    queue.adopt([lost]);
    expect(states()).toEqual(["needs-file"]);
    expect(queue.snapshot()[0]?.sent).toBe(4);
  });

  test("is shown once, however often the server tells of it", () => {
    const { queue, states } = setUp();
    queue.adopt([lost]);
    queue.adopt([lost]);
    expect(states()).toHaveLength(1);
  });

  test("what another device has finished is no longer offered", () => {
    const { queue, states } = setUp();
    queue.adopt([lost]);
    queue.adopt([]);
    expect(states()).toEqual([]);
  });

  test("what goes on here stays, whatever the server tells", () => {
    const { queue, states, key } = setUp();
    queue.adopt([lost]);
    queue.giveFile(key(0), fileOf("a.mp4", 10));
    queue.adopt([]);
    expect(states()).toEqual(["sending"]);
  });

  test("is not shown twice while this page is still making it", async () => {
    const { queue, states } = setUp();
    queue.add([fileOf("a.mp4", 10)]);
    queue.adopt([lost]);
    expect(states()).toEqual(["preparing"]);
    await settle();
    expect(states()).toEqual(["sending"]);
  });

  test("goes on when the same file is chosen, and refuses another", () => {
    const { queue, sent, states, key } = setUp();
    queue.adopt([lost]);
    expect(queue.giveFile(key(0), fileOf("a.mp4", 11))).toBe(false);
    expect(queue.giveFile(key(0), fileOf("b.mp4", 10))).toBe(false);
    expect(states()).toEqual(["needs-file"]);
    expect(queue.giveFile(key(0), fileOf("a.mp4", 10))).toBe(true);
    expect(states()).toEqual(["sending"]);
    expect(sent[0]?.url).toBe("/api/uploads/1");
  });

  test("goes on when the same file is dropped again, instead of starting anew", () => {
    const { queue, states } = setUp();
    queue.adopt([lost]);
    queue.add([fileOf("a.mp4", 10)]);
    expect(states()).toEqual(["sending"]);
  });
});

test("progress tells the speed once it can", async () => {
  const { queue, sent, pass } = setUp();
  queue.add([fileOf("a.mp4", 10_000)]);
  await settle();
  sent[0]?.handlers.onProgress(0);
  expect(queue.snapshot()[0]?.speed).toBeNull();
  pass(2000);
  sent[0]?.handlers.onProgress(4000);
  expect(queue.snapshot()[0]).toMatchObject({ sent: 4000, speed: 2000 });
});

test("an upload that gets stuck says so until bytes go again", async () => {
  const { queue, sent } = setUp();
  queue.add([fileOf("a.mp4", 10)]);
  await settle();
  sent[0]?.handlers.onStalled();
  expect(queue.snapshot()[0]).toMatchObject({ state: "sending", isStalled: true, speed: null });
  sent[0]?.handlers.onProgress(5);
  expect(queue.snapshot()[0]).toMatchObject({ isStalled: false, sent: 5 });
});

test("one that is stuck tries again as soon as the network is back", async () => {
  const { queue, sent, states } = setUp();
  queue.add([fileOf("a.mp4"), fileOf("b.mp4")]);
  await settle();
  sent[0]?.handlers.onStalled();
  queue.resumeOffline();
  expect(sent.map(({ url, isStopped }) => [url, isStopped])).toEqual([
    ["/api/uploads/a.mp4", true],
    ["/api/uploads/b.mp4", false],
    ["/api/uploads/a.mp4", false],
  ]);
  expect(states()).toEqual(["sending", "sending"]);
});

test("progress of an upload that was stopped is not believed", async () => {
  const { queue, sent, key } = setUp();
  queue.add([fileOf("a.mp4")]);
  await settle();
  queue.pause(key(0));
  sent[0]?.handlers.onProgress(9);
  expect(queue.snapshot()[0]).toMatchObject({ sent: 0, state: "paused" });
});
