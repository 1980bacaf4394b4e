import { expect, test } from "vitest";
import { ApiError } from "@/api/client";
import { type Kept, Saver } from "./saver";

const settle = () => new Promise((resolve) => setTimeout(resolve));

/** A server that holds one text and lets replies wait. */
function setUp() {
  const server = { value: "a", version: 1 };
  const sent: string[] = [];
  let refusal: ApiError | null = null;
  const saver = new Saver<string>({ value: "a", version: 1 }, async ({ value, version }) => {
    await settle();
    sent.push(value);
    if (refusal) throw refusal;
    if (version !== server.version) {
      throw new ApiError(409, { code: "curriculum_changed", version: server.version });
    }
    server.value = value;
    server.version += 1;
    return { ...server } as Kept<string>;
  });
  const refuse = (error: ApiError | null) => {
    refusal = error;
  };
  const done = async () => {
    while (saver.snapshot().state === "saving") await settle();
  };
  return { saver, server, sent, refuse, done };
}

test("a change shows at once and is saved", async () => {
  const { saver, server, done } = setUp();
  saver.change("b");
  expect(saver.snapshot()).toMatchObject({ value: "b", state: "saving" });
  await done();
  expect(saver.snapshot().state).toBe("saved");
  expect(server.value).toBe("b");
});

test("what changes while one is saved goes as one with the next", async () => {
  const { saver, sent, done } = setUp();
  saver.change("b");
  saver.change("c");
  saver.change("d");
  await done();
  expect(sent).toEqual(["b", "d"]);
  expect(saver.snapshot()).toMatchObject({ value: "d", state: "saved" });
});

test("nothing is written over what somebody else has saved", async () => {
  const { saver, server, sent, done } = setUp();
  server.value = "theirs";
  server.version = 7;
  saver.change("mine");
  await done();
  expect(saver.snapshot()).toMatchObject({ value: "mine", state: "stale" });
  saver.change("mine too");
  await settle();
  expect(sent).toEqual(["mine"]);
  expect(server.value).toBe("theirs");
});

test("whose stays is for the person to say", async () => {
  const { saver, server, done } = setUp();
  server.version = 7;
  saver.change("mine");
  await done();
  await saver.save(7);
  expect(server.value).toBe("mine");
  server.value = "theirs";
  server.version = 9;
  saver.change("again mine");
  await done();
  saver.takeTheirs({ value: "theirs", version: 9 });
  expect(saver.snapshot()).toMatchObject({ value: "theirs", state: "saved" });
  saver.change("after that");
  await done();
  expect(server.value).toBe("after that");
});

test("a failure keeps the change for another try", async () => {
  const { saver, server, refuse, done } = setUp();
  refuse(new ApiError(0, { code: "network" }));
  saver.change("b");
  await done();
  expect(saver.snapshot().state).toBe("failed");
  refuse(null);
  await saver.save();
  expect(server.value).toBe("b");
});

test("what somebody else saves shows while nothing of one's own is under way", async () => {
  const { saver, done } = setUp();
  saver.learn({ value: "theirs", version: 2 });
  expect(saver.snapshot().value).toBe("theirs");
  saver.learn({ value: "older", version: 1 });
  expect(saver.snapshot().value).toBe("theirs");
  saver.change("mine");
  saver.learn({ value: "newer", version: 3 });
  expect(saver.snapshot().value).toBe("mine");
  await done();
});
