// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Me } from "@/api/types";
import { useUnread } from "./unread";

type Hear = (event: { kind: string; data: Record<string, unknown> }) => void;

const ports = vi.hoisted(() => ({
  hear: undefined as Hear | undefined,
  markDelivered: vi.fn(() => Promise.resolve()),
  getUnread: vi.fn(() => Promise.resolve({ conversations: 0, requests: 0, mentions: 0 })),
}));
vi.mock("@/realtime/live", () => ({
  useLiveEvents: (hear: Hear) => {
    ports.hear = hear;
  },
}));
vi.mock("@/api/gen", () => ports);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("in a busy group, what has come is told while more is coming", () => {
  const me = { id: "me" } as Me;
  const queries = new QueryClient();
  renderHook(() => useUnread(me, false), {
    wrapper: ({ children }) => (
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    ),
  });
  for (let number = 1; number <= 20; number++) {
    const data = { conversation_id: "talk", number, sender_id: "somebody" };
    act(() => ports.hear?.({ kind: "chat.message", data }));
    act(() => void vi.advanceTimersByTime(100));
  }
  const told = ports.markDelivered.mock.calls.length;
  expect(told).toBeGreaterThanOrEqual(6);
  expect(told).toBeLessThanOrEqual(8);
});
