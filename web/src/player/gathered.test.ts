import { expect, test } from "vitest";
import { gathered } from "./gathered";

const at = (...seconds: number[]) => seconds.map((one) => ({ seconds: one }));

test("what stands apart stays apart", () => {
  expect(gathered(at(0, 50, 100), 100, 0.1)).toEqual([
    { at: 0, items: at(0) },
    { at: 0.5, items: at(50) },
    { at: 1, items: at(100) },
  ]);
});

test("what stands close becomes one mark, at the first of it", () => {
  expect(gathered(at(10, 12, 19, 20, 21), 100, 0.1)).toEqual([
    { at: 0.1, items: at(10, 12, 19) },
    { at: 0.2, items: at(20, 21) },
  ]);
});

test("what is beyond the end is left out, and all of it while the end is unknown", () => {
  expect(gathered(at(5, 101), 100, 0.1)).toHaveLength(1);
  expect(gathered(at(5), 0, 0.1)).toEqual([]);
  expect(gathered(at(5), Number.NaN, 0.1)).toEqual([]);
});
