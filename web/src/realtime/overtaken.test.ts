import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { refetchOvertaken } from "./overtaken";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const event = (kind: string, conversation_id?: string) => ({
  kind,
  seq: 1,
  data: { conversation_id },
});

/** A server whose answers are as old as the question, and come when the test says so. */
function setUp(queryKey: readonly unknown[]) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const server = { number: 1 };
  const questions: (() => void)[] = [];
  const queryFn = () => {
    const { number } = server;
    return new Promise<number>((answer) => questions.push(() => answer(number)));
  };
  const observer = new QueryObserver(queries, { queryKey, queryFn, staleTime: Infinity });
  observer.subscribe(() => undefined);
  const answer = async () => {
    questions.shift()?.();
    await vi.advanceTimersByTimeAsync(1000);
  };
  return { queries, server, questions, answer, data: () => queries.getQueryData(queryKey) };
}

test("what was asked before something happened is asked again, once", async () => {
  const { queries, server, questions, answer, data } = setUp(["chat", "thread", "a"]);
  server.number = 2;
  refetchOvertaken(queries, event("chat.message", "a"));
  server.number = 3;
  refetchOvertaken(queries, event("chat.read", "a"));
  expect(questions).toHaveLength(1);
  await answer();
  expect(data()).toBe(1);
  expect(questions).toHaveLength(1);
  await answer();
  expect(data()).toBe(3);
  expect(questions).toHaveLength(0);
});

test.each([
  ["of something else", ["home"], event("chat.message", "a")],
  ["of another conversation", ["chat", "thread", "a"], event("chat.message", "b")],
  ["of nothing that is fetched", ["chat", "one", "a"], event("chat.typing", "a")],
])("news %s asks for nothing", async (_what, queryKey, heard) => {
  const { queries, questions, answer } = setUp(queryKey);
  refetchOvertaken(queries, heard);
  await answer();
  expect(questions).toHaveLength(0);
});

test.each([
  ["every list of conversations", ["chat", "list"], event("chat.message", "a")],
  ["whoever comes or goes", ["chat", "one", "a"], event("chat.presence")],
  ["videos", ["videos"], event("video.changed")],
])("news are for %s", async (_what, queryKey, heard) => {
  const { queries, questions, answer } = setUp(queryKey);
  refetchOvertaken(queries, heard);
  await answer();
  expect(questions).toHaveLength(1);
});

test("what has come is left as it is", async () => {
  const { queries, questions, answer } = setUp(["videos"]);
  await answer();
  refetchOvertaken(queries, event("video.changed"));
  await vi.advanceTimersByTimeAsync(1000);
  expect(questions).toHaveLength(0);
});
