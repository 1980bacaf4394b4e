// @vitest-environment jsdom
import type Hls from "hls.js";
import { expect, test, vi } from "vitest";
import { loadAgain } from "./loadAgain";

function giveUp(known: object) {
  const hls = { startLoad: vi.fn(), loadSource: vi.fn(), config: {}, url: "/m.m3u8", ...known };
  loadAgain(hls as unknown as Hls, 42);
  return hls;
}

test("goes on with the segments of what it knows", () => {
  const { startLoad, loadSource } = giveUp({ levels: [{}], media: { readyState: 3 } });
  expect(startLoad).toHaveBeenCalledOnce();
  expect(loadSource).not.toHaveBeenCalled();
});

test.each([
  ["it has learned nothing yet", { levels: [] }],
  [
    "what came could not be decoded",
    { levels: [{}], media: { readyState: 3, error: { code: 3 } } },
  ],
  ["nothing is left to play", { levels: [{}], media: { readyState: 1 } }],
])("begins anew at its second where %s", (_, known) => {
  const { startLoad, loadSource, config } = giveUp(known);
  expect(startLoad).not.toHaveBeenCalled();
  expect(loadSource).toHaveBeenCalledWith("/m.m3u8");
  expect(config).toEqual({ startPosition: 42 });
});

test("leaves alone what has been ended meanwhile", () => {
  expect(giveUp({ url: null, levels: [] }).loadSource).not.toHaveBeenCalled();
});
