import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { refetchOvertaken } from "./overtaken";

/** A server whose answers are as old as the question, and come when the test says so. */
function setUp(queryKey: readonly unknown[]) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const server = { number: 1 };
  const answers: (() => void)[] = [];
  const queryFn = () => {
    const { number } = server;
    return new Promise<number>((answer) => answers.push(() => answer(number)));
  };
  const observer = new QueryObserver(queries, { queryKey, queryFn, staleTime: Infinity });
  const leave = observer.subscribe(() => undefined);
  const answer = async () => {
    answers.shift()?.();
    await vi.waitFor(() => expect(queries.getQueryData(queryKey)).toBeDefined());
    await Promise.resolve();
  };
  return { queries, server, answers, answer, leave, data: () => queries.getQueryData(queryKey) };
}

test("what was asked before something happened is asked again, once", async () => {
  const { queries, server, answers, answer, data, leave } = setUp(["chat", "thread", "a"]);
  server.number = 2;
  refetchOvertaken(queries, "chat.message");
  server.number = 3;
  refetchOvertaken(queries, "chat.message");
  expect(answers).toHaveLength(1);
  await answer();
  expect(data()).toBe(1);
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  await answer();
  await vi.waitFor(() => expect(data()).toBe(3));
  expect(answers).toHaveLength(0);
  leave();
});

test.each([
  ["of something else", ["home"], "chat.message"],
  ["of nothing that is fetched", ["chat", "one", "a"], "chat.typing"],
])("news %s asks for nothing", async (_what, queryKey, kind) => {
  const { queries, answers, answer, leave } = setUp(queryKey);
  refetchOvertaken(queries, kind);
  await answer();
  await new Promise((done) => setTimeout(done, 5));
  expect(answers).toHaveLength(0);
  leave();
});

test("what has come is left as it is", async () => {
  const { queries, answers, answer, leave } = setUp(["videos"]);
  await answer();
  refetchOvertaken(queries, "video.changed");
  await new Promise((done) => setTimeout(done, 5));
  expect(answers).toHaveLength(0);
  leave();
});
