import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, test, vi } from "vitest";
import { keys } from "./keys";
import { getThread, hearOf, loadNewer, loadOlder, showAround } from "./queries";
import type { Thread } from "./thread";

const { listMessages } = vi.hoisted(() => ({ listMessages: vi.fn() }));
vi.mock("@/api/gen", () => ({ listMessages }));

const AT_ONCE = 50;

/** The server, which answers when it is told to. */
class Server {
  last = 1000;
  private readonly asked: { name: string; answer: () => void }[] = [];

  constructor() {
    listMessages.mockImplementation(({ query }: { query: Record<string, unknown> }) => {
      const [name = "newest"] = ["after", "around", "cursor"].filter((one) => query[one]);
      return new Promise((resolve) => {
        const page = this.read(name, Number(query[name] ?? 0));
        this.asked.push({
          name: `${name} ${query[name] ?? ""}`.trim(),
          answer: () => resolve(page),
        });
      });
    });
  }

  async answers(name: string): Promise<void> {
    const at = this.asked.findIndex((one) => one.name === name);
    if (at < 0) throw new Error(`${name} is not among ${this.asked.map((one) => one.name)}`);
    this.asked.splice(at, 1)[0]?.answer();
    await new Promise((settled) => setTimeout(settled));
  }

  private read(name: string, at: number) {
    const begin =
      { after: at + 1, around: at, cursor: at - AT_ONCE }[name] ?? this.last - AT_ONCE + 1;
    const end = Math.min(this.last, begin + AT_ONCE - 1);
    const items = Array.from({ length: end - begin + 1 }, (_, step) => ({ number: end - step }));
    return {
      items,
      next_cursor: begin > 1 ? String(begin) : null,
      has_newer: end < this.last,
      last_number: this.last,
    };
  }
}

let server: Server;
let queries: QueryClient;

async function showing(around: number): Promise<void> {
  queries.setQueryData<Thread>(keys.thread("c"), { messages: [], older: null, upTo: 0, last: 0 });
  void showAround(queries, "c", around);
  await server.answers(`around ${around}`);
}

const shown = () => {
  const numbers = (getThread(queries, "c")?.messages ?? []).map(({ number }) => number);
  const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
  // In one piece.
  expect(numbers).toHaveLength(last - first + 1);
  return [first, last];
};

beforeEach(() => {
  listMessages.mockReset();
  server = new Server();
  queries = new QueryClient();
});

test("what was asked for elsewhere neither joins nor holds up what is shown now", async () => {
  await showing(1);
  void loadNewer(queries, "c");
  void showAround(queries, "c");
  server.last = 1001;
  hearOf(queries, "c", 1001);
  await server.answers("newest");
  void loadNewer(queries, "c");
  await server.answers("after 50");
  expect(shown()).toEqual([951, 1000]);
  await server.answers("after 1000");
  expect(shown()).toEqual([951, 1001]);
});

test("older ones are those of what is shown now", async () => {
  await showing(500);
  void loadOlder(queries, "c");
  void showAround(queries, "c", 800);
  await server.answers("around 800");
  void loadOlder(queries, "c");
  await server.answers("cursor 500");
  await server.answers("cursor 800");
  expect(shown()).toEqual([750, 849]);
});

test("whatever comes last, the last wish counts", async () => {
  await showing(1);
  const first = showAround(queries, "c", 300);
  const second = showAround(queries, "c");
  await server.answers("newest");
  await server.answers("around 300");
  expect(shown()).toEqual([951, 1000]);
  expect([await first, await second]).toEqual([false, true]);
});

test("the same is not asked for twice at once", async () => {
  await showing(1);
  await Promise.all([loadNewer(queries, "c"), loadNewer(queries, "c"), server.answers("after 50")]);
  expect(shown()).toEqual([1, 100]);
  expect(listMessages.mock.calls.filter(([{ query }]) => query.after === 50)).toHaveLength(1);
});
