import { expect, test } from "vitest";
import { addressOfSame } from "./targets";

const upload = { id: "u", url: "/api/uploads/u", size_bytes: 10, offset_bytes: 4 };
const file = { name: "a.mp4", size: 10 };

test("the same file goes on where it was going", () => {
  expect(addressOfSame([undefined, { filename: "a.mp4", upload }], file)).toBe("/api/uploads/u");
});

test("another file begins afresh", () => {
  expect(addressOfSame([{ filename: "b.mp4", upload }], file)).toBeNull();
  expect(addressOfSame([{ filename: "a.mp4", upload }], { ...file, size: 11 })).toBeNull();
});

test("what has arrived, or what somebody else sends, is not gone on with", () => {
  expect(addressOfSame([{ filename: "a.mp4", upload: null }, null], file)).toBeNull();
});
