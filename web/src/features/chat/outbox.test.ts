// @vitest-environment jsdom
import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, test, vi } from "vitest";
import type { Message } from "@/api/types";
import { UNSENT } from "./keys";
import type { Unsent } from "./outbox";

const { sendMessage } = vi.hoisted(() => ({ sendMessage: vi.fn() }));
vi.mock("@/api/gen", () => ({ sendMessage }));

const words = (text: string) => ({
  conversation_id: "c",
  author_id: "me",
  text,
  reply_to: null,
});
const queries = new QueryClient();

async function load() {
  vi.resetModules();
  const { ApiError } = await import("@/api/client");
  const lost = new ApiError(0, { code: "network" });
  const refused = new ApiError(403, { code: "not_allowed" });
  return { ...(await import("./outbox")), lost, refused };
}

const kept = () =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(UNSENT))
    .map((key) => JSON.parse(localStorage.getItem(key) ?? "null") as Unsent);

const sentTexts = () => sendMessage.mock.calls.map(([{ body }]) => body.text);

beforeEach(() => {
  localStorage.clear();
  sendMessage.mockReset();
  sendMessage.mockImplementation(({ body }) =>
    Promise.resolve({ ...body, conversation_id: "c", number: 1, id: "m" }),
  );
});

test("messages arrive in the order of writing, one after the other", async () => {
  const { say } = await load();
  await Promise.all([say(queries, words("one")), say(queries, words("two"))]);
  expect(sentTexts()).toEqual(["one", "two"]);
  expect(kept()).toEqual([]);
});

test("what the network lost waits and goes out under the same id", async () => {
  const { say, send, lost } = await load();
  sendMessage.mockRejectedValueOnce(lost);
  await say(queries, words("one"));
  expect(kept()).toMatchObject([{ text: "one", state: "waiting" }]);
  await say(queries, words("two"));
  await send(queries, "me");
  expect(sentTexts()).toEqual(["one", "one", "two"]);
  const [first, second] = sendMessage.mock.calls.map(([{ body }]) => body.client_id);
  expect(first).toBe(second);
  expect(kept()).toEqual([]);
});

test("what the server refused stays over a reload until it is sent again", async () => {
  const before = await load();
  sendMessage.mockRejectedValueOnce(before.refused);
  await before.say(queries, words("one"));
  const after = await load();
  await after.send(queries, "me");
  expect(sentTexts()).toEqual(["one"]);
  const [stored] = kept();
  expect(stored).toMatchObject({ text: "one", state: "refused", error: "not_allowed" });
});

test("what others wrote on this device is not sent", async () => {
  const { say, lost } = await load();
  sendMessage.mockRejectedValueOnce(lost);
  await say(queries, words("one"));
  const { send } = await load();
  await send(queries, "you");
  expect(sentTexts()).toEqual(["one"]);
});

test("what answered a message that has gone is said without it", async () => {
  const { say, sayAgain } = await load();
  const { ApiError } = await import("@/api/client");
  sendMessage.mockRejectedValueOnce(new ApiError(400, { code: "reply_unknown" }));
  await say(queries, { ...words("one"), reply_to: { id: "gone" } as Message["reply_to"] });
  const [refused] = kept();
  const error = new ApiError(400, { code: "reply_unknown" });
  await sayAgain(queries, { ...(refused as Unsent), error });
  expect(sendMessage.mock.calls.map(([{ body }]) => body.reply_to_id)).toEqual(["gone", null]);
  expect(kept()).toEqual([]);
});

test("what another tab has thrown away is not sent from this one", async () => {
  const { say, send, lost } = await load();
  sendMessage.mockRejectedValueOnce(lost);
  await say(queries, words("one"));
  const [key = ""] = Object.keys(localStorage);
  localStorage.removeItem(key);
  window.dispatchEvent(new StorageEvent("storage", { key, newValue: null }));
  await send(queries, "me");
  expect(sentTexts()).toEqual(["one"]);
  expect(kept()).toEqual([]);
});

/** A file that the test itself brings to the server. */
async function attach(text: string) {
  const outbox = await load();
  const { attachments } = await import("./media/bringing");
  let arrive: (() => void) | null = null;
  const ports = { bring: vi.fn(), discard: vi.fn(), show: () => "blob:x", hide: () => undefined };
  ports.bring.mockImplementation((_attachment, { onDone }) => {
    arrive = () => onDone({ id: "photo" });
    return () => undefined;
  });
  Object.assign(attachments, { ports });
  const place = { author_id: "me", conversation_id: "c" };
  const file = new File(["x"], "a.png", { type: "image/png" });
  const attached = attachments.add(place, [{ kind: "image", file }], true);
  const said = outbox.say(queries, { ...words(text), attached });
  return { ...outbox, said, arrive: () => arrive?.() };
}

test("a message goes out once its files are there, and holds up nothing meanwhile", async () => {
  const { say, send, said, arrive } = await attach("look");
  await said;
  await say(queries, words("meanwhile"));
  expect(sentTexts()).toEqual(["meanwhile"]);
  arrive();
  await send(queries, "me");
  expect(sentTexts()).toEqual(["meanwhile", "look"]);
  expect(sendMessage.mock.calls[1]?.[0].body.media_ids).toEqual(["photo"]);
  expect(kept()).toEqual([]);
});

test("of a message whose files went with the page, the words stay to be sent again", async () => {
  await (await attach("look")).said;
  await (await attach("")).said;
  const { send } = await load();
  await send(queries, "me");
  expect(sentTexts()).toEqual([]);
  expect(kept().map(({ text }) => text)).toEqual(["look"]);
});
