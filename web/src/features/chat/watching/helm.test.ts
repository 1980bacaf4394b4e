import { describe, expect, test, vi } from "vitest";
import type { Party } from "@/api/types";
import { Helm, type Wish, wishOf } from "./helm";

const playing: Wish = { state: "playing", position_seconds: 3, rate: 1 };

describe("what is asked for", () => {
  test.each([
    [{ kind: "pause" }, { state: "paused", position_seconds: 7, rate: 1 }],
    [{ kind: "play" }, { state: "playing", position_seconds: 7, rate: 1 }],
    [
      { kind: "seek", seconds: 40 },
      { state: "playing", position_seconds: 40, rate: 1 },
    ],
    [
      { kind: "rate", rate: 2 },
      { state: "playing", position_seconds: 7, rate: 2 },
    ],
  ] as const)("%o", (asked, wish) => {
    expect(wishOf(playing, asked, 7)).toEqual(wish);
  });

  test("goes on where somebody has just sought to while it was paused", () => {
    const paused = wishOf(playing, { kind: "pause" }, 8);
    const sought = wishOf(paused, { kind: "seek", seconds: 36 }, 8);
    const wish = { state: "playing", position_seconds: 36, rate: 1 };
    expect(wishOf(sought, { kind: "play" }, 8)).toEqual(wish);
  });
});

function setUp() {
  const answers: ((party: Party) => void)[] = [];
  const failures: ((error: Error) => void)[] = [];
  const send = vi.fn(
    () =>
      new Promise<Party>((resolve, reject) => {
        answers.push(resolve);
        failures.push(reject);
      }),
  );
  const taken = vi.fn();
  const failed = vi.fn();
  const helm = new Helm({ send, taken, failed });
  const answer = async (version: number) => {
    answers.shift()?.({ version } as Party);
    await vi.waitFor(() => undefined);
  };
  return { helm, send, taken, failed, answer, failures };
}

const at = (position_seconds: number): Wish => ({ ...playing, position_seconds });

describe("the helm", () => {
  test("of what is asked meanwhile only the last is sent, for the version that then holds", async () => {
    const { helm, send, taken, answer } = setUp();
    helm.ask(at(1), 4);
    helm.ask(at(2), 4);
    helm.ask(at(3), 4);
    await answer(5);
    expect(send.mock.calls).toEqual([
      [at(1), 4],
      [at(3), 5],
    ]);
    expect(taken).not.toHaveBeenCalled();
    await answer(6);
    expect(taken).toHaveBeenCalledExactlyOnceWith({ version: 6 });
  });

  test("goes on after a failure", async () => {
    const { helm, send, failed, failures } = setUp();
    helm.ask(at(1), 1);
    helm.ask(at(2), 1);
    failures[0]?.(new Error("away"));
    await vi.waitFor(() => expect(failed).toHaveBeenCalledOnce());
    helm.ask(at(3), 1);
    expect(send).toHaveBeenCalledTimes(2);
    expect(send).toHaveBeenLastCalledWith(at(3), 1);
  });
});
