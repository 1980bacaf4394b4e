import { expect, test, vi } from "vitest";
import { Playhead } from "./playhead";

const hands = () => ({ seek: vi.fn(), play: vi.fn(), pause: vi.fn(), toggle: vi.fn() });

test("knows where the player is, and nothing once it is gone", () => {
  const head = new Playhead();
  const heard = vi.fn();
  head.subscribe(heard);
  const leave = head.attach(hands());
  head.moved(3.5);
  head.moved(3.5);
  expect([head.now(), heard.mock.calls.length]).toEqual([3.5, 1]);
  leave();
  expect(head.now()).toBeNull();
});

test("sends the player elsewhere and is there at once", () => {
  const head = new Playhead();
  const player = hands();
  head.attach(player);
  head.seek(12);
  expect(player.seek).toHaveBeenCalledWith(12);
  expect(head.now()).toBe(12);
});

test("a player that comes before the last one has left takes over", () => {
  const head = new Playhead();
  const [one, two] = [hands(), hands()];
  const leave = head.attach(one);
  head.attach(two);
  head.moved(5);
  leave();
  head.toggle();
  expect([one.toggle.mock.calls.length, two.toggle.mock.calls.length]).toEqual([0, 1]);
  expect(head.now()).toBe(5);
});
