/** Reads a WebVTT storyboard: which part of which picture shows which seconds. */

export interface StoryboardTile {
  url: string;
  startTime: number;
  endTime: number;
  width: number;
  height: number;
  coords: { x: number; y: number };
}

const TIMING = /^((?:\d+:)?\d{1,2}:\d{2}\.\d{3})\s+-->\s+((?:\d+:)?\d{1,2}:\d{2}\.\d{3})/;
const PART = /^(.*)#xywh=(\d+),(\d+),(\d+),(\d+)$/;

function seconds(clock: string): number {
  return clock.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** Addresses in the file are relative to the file itself, as the standard says. */
export function parseStoryboard(text: string, fileUrl: string): StoryboardTile[] {
  const tiles: StoryboardTile[] = [];
  let time: [number, number] | null = null;
  for (const line of text.split(/\r?\n/)) {
    const timing = TIMING.exec(line);
    if (timing?.[1] && timing[2]) {
      time = [seconds(timing[1]), seconds(timing[2])];
      continue;
    }
    const part = PART.exec(line.trim());
    if (!time || !part?.[1]) continue;
    const [x = 0, y = 0, width = 0, height = 0] = part.slice(2).map(Number);
    const url = new URL(part[1], fileUrl).href;
    tiles.push({ url, startTime: time[0], endTime: time[1], width, height, coords: { x, y } });
    time = null;
  }
  return tiles;
}
