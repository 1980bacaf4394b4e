import { expect, test } from "vitest";
import { grantOf, isSameMedia, withGrant } from "./grant";

const OLD = "/media/old-grant/asset/master.m3u8";

test("finds the grant of an address", () => {
  expect(grantOf(OLD)).toBe("old-grant");
  expect(grantOf("https://hall/media/g/asset/1.m4s?x=1")).toBe("g");
  expect(grantOf("/poster.jpg")).toBeNull();
});

test("puts another grant in its place, whole addresses included", () => {
  expect(withGrant("https://hall/media/old/a/1.m4s", "new")).toBe("https://hall/media/new/a/1.m4s");
});

test("leaves alone what carries no grant, and all when there is none", () => {
  expect(withGrant("/assets/x.js", "new")).toBe("/assets/x.js");
  expect(withGrant(OLD, null)).toBe(OLD);
});

test("only the grant differs: the same media", () => {
  expect(isSameMedia(OLD, "/media/other/asset/master.m3u8")).toBe(true);
  expect(isSameMedia(OLD, "/media/old-grant/asset/2/master.m3u8")).toBe(false);
  expect(isSameMedia(OLD, `${OLD}#growing`)).toBe(false);
});
