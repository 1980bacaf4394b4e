import { expect, test } from "vitest";
import type { Invitation } from "@/api/types";
import { stateOf } from "./InvitationsPanel";
import { readableAgent } from "./userAgent";

const NOW = Date.parse("2026-06-01T12:00:00Z");
const invitation = (change: Partial<Invitation>): Invitation => ({
  id: "1",
  email: null,
  max_uses: 1,
  uses: 0,
  created_at: "2026-05-30T12:00:00Z",
  expires_at: "2026-06-06T12:00:00Z",
  revoked_at: null,
  ...change,
});

test.each([
  ["open", {}],
  ["used", { uses: 1 }],
  ["expired", { expires_at: "2026-06-01T11:59:59Z" }],
  ["revoked", { revoked_at: "2026-05-31T00:00:00Z", uses: 1 }],
] as const)("an invitation is %s", (state, change) => {
  expect(stateOf(invitation(change), NOW)).toBe(state);
});

test("a device is named by browser and system", () => {
  const agent =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0";
  expect(readableAgent(agent)).toEqual({ name: "Edge · Windows", isPhone: false });
  expect(readableAgent("curl/8.0").name).toBe("curl/8.0");
  expect(readableAgent(null).name).toBeNull();
});
