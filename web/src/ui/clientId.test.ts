import { expect, test } from "vitest";
import { newClientId } from "./clientId";

test("ids are random UUIDs without the help of https", () => {
  expect(newClientId()).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(newClientId()).not.toBe(newClientId());
});
