import { expect, test } from "vitest";
import { Speedometer, secondsLeft } from "./speed";

test("says nothing before it has seen enough", () => {
  let now = 0;
  const meter = new Speedometer(() => now);
  expect(meter.read(0)).toBeNull();
  now = 500;
  expect(meter.read(1000)).toBeNull();
});

test("forgets what is long past, so a slow start does not weigh for ever", () => {
  let now = 0;
  const meter = new Speedometer(() => now);
  meter.read(0);
  now = 10_000;
  meter.read(1000);
  now = 12_000;
  expect(meter.read(21_000)).toBe(10_000);
});

test("the time left is what remains at this speed", () => {
  expect(secondsLeft(1000, 400, 100)).toBe(6);
  expect(secondsLeft(1000, 1000, 100)).toBe(0);
});

test("nothing moves: nobody knows how long", () => {
  expect(secondsLeft(1000, 400, null)).toBeNull();
  expect(secondsLeft(1000, 400, 0)).toBeNull();
});
