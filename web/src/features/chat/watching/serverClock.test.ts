import { expect, test } from "vitest";
import { ServerClock } from "./serverClock";

const SERVER_AHEAD = 90_000;

function setUp() {
  let time = 1_000_000;
  const clock = new ServerClock(() => time);
  const ask = (there: number, back: number) =>
    clock.hear(
      () => {
        time += there;
        const at = new Date(time + SERVER_AHEAD).toISOString();
        time += back;
        return Promise.resolve(at);
      },
      (at) => at,
    );
  return { clock, ask, local: () => time };
}

test("is this device's clock until the server has said something", () => {
  const { clock, local } = setUp();
  expect(clock.now()).toBe(local());
});

test("knows a clock that is wrong by minutes to half a round trip", async () => {
  const { clock, ask, local } = setUp();
  await ask(10, 30);
  expect(Math.abs(clock.now() - (local() + SERVER_AHEAD))).toBeLessThanOrEqual(20);
});

test("believes the quickest answer of the last few", async () => {
  const { clock, ask, local } = setUp();
  await ask(900, 10);
  await ask(5, 5);
  await ask(10, 1200);
  expect(clock.now()).toBe(local() + SERVER_AHEAD);
});

test("an answer that says no time changes nothing", async () => {
  const { clock, local } = setUp();
  await clock.hear(
    () => Promise.resolve(null),
    () => undefined,
  );
  expect(clock.now()).toBe(local());
});
