import type Hls from "hls.js";
import { expect, test, vi } from "vitest";
import { loadAgain } from "./loadAgain";

function giveUp(known: Partial<Hls>) {
  const hls = { startLoad: vi.fn(), loadSource: vi.fn(), ...known };
  loadAgain(hls as unknown as Hls);
  return hls;
}

test("goes on with the segments of what it knows", () => {
  const { startLoad, loadSource } = giveUp({ url: "/m.m3u8", levels: [{}] as Hls["levels"] });
  expect(startLoad).toHaveBeenCalledOnce();
  expect(loadSource).not.toHaveBeenCalled();
});

test("begins anew where it has learned nothing yet", () => {
  expect(giveUp({ url: "/m.m3u8", levels: [] }).loadSource).toHaveBeenCalledWith("/m.m3u8");
});

test("leaves alone what has been ended meanwhile", () => {
  expect(giveUp({ url: null }).loadSource).not.toHaveBeenCalled();
});
