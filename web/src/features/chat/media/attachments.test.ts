import { beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "@/api/client";
import type { Media } from "@/api/types";
import { type Attachment, Attachments, type Handlers, type NewFile } from "./attachments";

const place = { author_id: "me", conversation_id: "c" };
const photo = (name: string): NewFile => ({ kind: "image", file: new File(["x"], name) });
const media = (id: string) => ({ id }) as Media;

let sent: { attachment: Attachment; handlers: Handlers; stop: ReturnType<typeof vi.fn> }[];
let discarded: string[];
let store: Attachments;

const at = (index: number) => {
  const found = sent[index];
  if (!found) throw new Error(`Nothing was sent as number ${index}.`);
  return found;
};
const states = () => store.snapshot().map(({ state }) => state);

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  discarded = [];
  store = new Attachments({
    bring: (attachment, handlers) => {
      const stop = vi.fn();
      sent.push({ attachment, handlers, stop });
      return stop;
    },
    discard: (id) => Promise.resolve(discarded.push(id)),
    show: ({ name }) => `blob:${name}`,
    hide: () => undefined,
  });
});

test("files go out at once, three at a time, in their order", () => {
  store.add(place, ["a", "b", "c", "d"].map(photo));
  expect(sent.map(({ attachment }) => attachment.file.name)).toEqual(["a", "b", "c"]);
  at(1).handlers.onDone(media("m"));
  expect(states()).toEqual(["sending", "brought", "sending", "sending"]);
});

test("what is certain to be refused is never sent", () => {
  store.add(place, [{ ...photo("a"), error: new ApiError(415, { code: "not_attachable" }) }]);
  expect(sent).toEqual([]);
  expect(states()).toEqual(["failed"]);
});

test("a message takes along what stands in its conversation, and no more", () => {
  const [key] = store.add(place, [photo("a")]);
  store.add({ ...place, conversation_id: "other" }, [photo("b")]);
  expect(store.take(place)).toEqual([key]);
  expect(store.open(place)).toEqual([]);
});

test("it is told once all files are there, in the order of the message", () => {
  const keys = store.add(place, [photo("a"), photo("b")]);
  const told = vi.fn();
  store.whenBrought(keys, told);
  at(1).handlers.onDone(media("second"));
  expect(told).not.toHaveBeenCalled();
  at(0).handlers.onDone(media("first"));
  store.remove("unknown");
  expect(told.mock.calls).toEqual([[[media("first"), media("second")]]]);
});

test("what failed stays and is tried again when somebody says so", () => {
  const keys = store.add(place, [photo("a")]);
  at(0).handlers.onError(new ApiError(413, { code: "picture_too_large" }));
  vi.advanceTimersByTime(60_000);
  expect(states()).toEqual(["failed"]);
  store.again(keys);
  expect([sent.length, states()]).toEqual([2, ["sending"]]);
});

test("what the network lost goes on by itself", () => {
  store.add(place, [photo("a")]);
  at(0).handlers.onError(new ApiError(0, { code: "network" }));
  vi.advanceTimersByTime(10_000);
  expect(states()).toEqual(["sending"]);
});

test("a video goes on where its upload stopped, unless the server refused it", () => {
  const keys = store.add(place, [{ kind: "video", file: new File(["x"], "a.mp4") }]);
  at(0).handlers.onMade(media("v"), "/api/uploads/1");
  at(0).handlers.onError(new ApiError(0, { code: "network" }));
  store.again(keys);
  expect(at(1).attachment.uploadUrl).toBe("/api/uploads/1");
  at(1).handlers.onError(new ApiError(410, { code: "upload_gone" }));
  store.again(keys);
  expect([at(2).attachment.uploadUrl, discarded]).toEqual([null, ["v"]]);
});

test("what is removed stops and is thrown away on the server, also when it was just made", () => {
  const [key = ""] = store.add(place, [photo("a")]);
  store.remove(key);
  expect(at(0).stop).toHaveBeenCalled();
  at(0).handlers.onMade(media("late"), "/api/uploads/1");
  expect([store.snapshot(), discarded]).toEqual([[], ["late"]]);
});
