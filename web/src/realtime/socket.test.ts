import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { backoff, type LiveEvent, LiveSocket } from "./socket";

class FakeSocket {
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: unknown[] = [];
  isClosed = false;
  constructor(readonly url: string) {}
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.isClosed = true;
  }
  says(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  drops(code = 1006) {
    this.onclose?.({ code });
  }
}

function setUp() {
  const sockets: FakeSocket[] = [];
  const events: LiveEvent[] = [];
  const onResync = vi.fn();
  const live = new LiveSocket({
    url: "ws://hall/api/live",
    onEvent: (event) => events.push(event),
    onResync,
    random: () => 1,
    makeSocket: (url) => {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
  });
  const last = () => sockets.at(-1) as FakeSocket;
  return { live, sockets, events, onResync, last };
}

/** Open since event `seq`. */
function setUpOpen(seq: number) {
  const all = setUp();
  all.live.open();
  all.last().says({ type: "hello", seq });
  return all;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const event = (seq: number | null, kind = "video.changed") => ({
  type: "event",
  seq,
  kind,
  data: { seq },
});

describe("the first time", () => {
  test("asks for what has happened since the page began to fetch", () => {
    const { live, last, events, onResync } = setUp();
    live.open(7);
    expect(last().url).toBe("ws://hall/api/live?since=7");
    last().says({ type: "hello", seq: 8 });
    last().says(event(8));
    expect(events.map(({ seq }) => seq)).toEqual([8]);
    expect(onResync).not.toHaveBeenCalled();
  });

  test("comes back to what it has heard meanwhile, whatever the page says", () => {
    const { live, last } = setUp();
    live.open(7);
    last().says({ type: "hello", seq: 7 });
    last().says(event(8));
    last().drops();
    vi.advanceTimersByTime(500);
    expect(last().url).toBe("ws://hall/api/live?since=8");
  });
});

describe("coming back", () => {
  test("asks for what came after the last event it saw", () => {
    const { live, last } = setUp();
    live.open();
    expect(last().url).toBe("ws://hall/api/live");
    last().says({ type: "hello", seq: 7 });
    last().says(event(8));
    last().drops();
    vi.advanceTimersByTime(500);
    expect(last().url).toBe("ws://hall/api/live?since=8");
  });

  test("waits longer after each failure, and starts over once it got through", () => {
    const { live, sockets, last } = setUp();
    live.open();
    last().drops();
    vi.advanceTimersByTime(499);
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(1);
    last().drops();
    vi.advanceTimersByTime(999);
    expect(sockets).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(3);
    last().says({ type: "hello", seq: 0 });
    last().drops();
    vi.advanceTimersByTime(500);
    expect(sockets).toHaveLength(4);
  });

  test("does not wait when the network is back", () => {
    const { live, sockets, last } = setUp();
    live.open();
    last().drops();
    live.hurry();
    expect(sockets).toHaveLength(2);
  });

  test("does not wait for a connection that has gone without a word", () => {
    const { sockets, last } = setUpOpen(7);
    vi.advanceTimersByTime(25_000);
    last().says({ type: "ping" });
    vi.advanceTimersByTime(59_000);
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(2000);
    expect(sockets).toHaveLength(2);
    expect(sockets[0]?.isClosed).toBe(true);
    expect(last().url).toBe("ws://hall/api/live?since=7");
    vi.advanceTimersByTime(61_000);
    expect(sockets).toHaveLength(3);
  });

  test("doubts a quiet connection when somebody returns to the page", () => {
    const { live, sockets } = setUpOpen(7);
    vi.advanceTimersByTime(29_000);
    live.hurry();
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(2000);
    live.hurry();
    expect(sockets).toHaveLength(2);
    expect(live.status).toBe("connecting");
  });

  test("gives up when the session is gone", () => {
    const { live, sockets, last } = setUp();
    live.open();
    last().drops(4401);
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
    expect(live.status).toBe("closed");
  });
});

describe("replay", () => {
  test("an event that comes twice counts once", () => {
    const { last, events } = setUpOpen(3);
    last().says(event(4));
    last().says(event(4));
    last().says(event(5));
    expect(events.map(({ seq }) => seq)).toEqual([4, 5]);
  });

  test("events that are not stored always count", () => {
    const { last, events } = setUpOpen(3);
    last().says(event(null, "asset.progress"));
    last().says(event(null, "asset.progress"));
    expect(events).toHaveLength(2);
  });

  test("a resync makes the page fetch afresh", () => {
    const { live, last, onResync } = setUp();
    live.open();
    last().says({ type: "resync" });
    expect(onResync).toHaveBeenCalledOnce();
  });
});

describe("topics", () => {
  test("are joined once for many and left by the last", () => {
    const { live, last } = setUpOpen(0);
    const leaveOne = live.join("asset:1");
    const leaveTwo = live.join("asset:1");
    expect(last().sent).toEqual([{ type: "join", topic: "asset:1" }]);
    leaveOne();
    expect(last().sent).toHaveLength(1);
    leaveTwo();
    expect(last().sent[1]).toEqual({ type: "leave", topic: "asset:1" });
  });

  test("are joined again after a break, and the page looks at what it missed", () => {
    const { live, last, onResync } = setUp();
    live.join("asset:1");
    live.open();
    last().says({ type: "hello", seq: 0 });
    expect(onResync).not.toHaveBeenCalled();
    last().drops();
    vi.advanceTimersByTime(500);
    last().says({ type: "hello", seq: 0 });
    expect(last().sent).toEqual([{ type: "join", topic: "asset:1" }]);
    expect(onResync).toHaveBeenCalledOnce();
  });
});

test("answers the server's ping", () => {
  const { live, last } = setUp();
  live.open();
  last().says({ type: "hello", seq: 0 });
  last().says({ type: "ping" });
  expect(last().sent).toEqual([{ type: "pong" }]);
});

test("closing forgets everything and stays closed", () => {
  const { live, sockets, last } = setUp();
  live.open();
  last().says({ type: "hello", seq: 9 });
  live.close();
  expect(sockets[0]?.isClosed).toBe(true);
  vi.advanceTimersByTime(60_000);
  expect(sockets).toHaveLength(1);
  live.open();
  expect(last().url).toBe("ws://hall/api/live");
});

test("delays double up to ten seconds and are spread", () => {
  expect(backoff(0, () => 0)).toBe(250);
  expect(backoff(0, () => 1)).toBe(500);
  expect(backoff(3, () => 1)).toBe(4000);
  expect(backoff(20, () => 1)).toBe(10_000);
});
