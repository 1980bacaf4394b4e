/** Loads the beginning of what plays next into the browser's cache, so that it starts at once. */

export interface Piece {
  /** As it stands in the playlist. */
  address: string;
  /** First and last byte; null for a whole file. */
  bytes: [first: number, last: number] | null;
}

interface Rendition {
  address: string;
  height: number;
}

const HEIGHT = /RESOLUTION=\d+x(\d+)/;
const MAP = /^#EXT-X-MAP:URI="([^"]+)"(?:,BYTERANGE="(\d+)@(\d+)")?/m;
const SEGMENT = /^#EXTINF:.*\n(?:#EXT-X-BYTERANGE:(\d+)@(\d+)\n)?([^#\s].*)$/m;

const lastOf = (size: string, offset: string): [number, number] => [
  Number(offset),
  Number(offset) + Number(size) - 1,
];

/** The rendition of a master playlist that is nearest to a height without being larger. */
export function renditionFor(master: string, height: number): string | null {
  const lines = master.split("\n");
  const all: Rendition[] = lines.flatMap((line, at) => {
    const address = lines[at + 1]?.trim();
    if (!line.startsWith("#EXT-X-STREAM-INF") || !address) return [];
    return [{ address, height: Number(HEIGHT.exec(line)?.[1] ?? 0) }];
  });
  const inOrder = all.toSorted((one, other) => one.height - other.height);
  return (inOrder.findLast((one) => one.height <= height) ?? inOrder[0])?.address ?? null;
}

/** What a player loads first of a media playlist: how it is coded, and the first seconds. */
export function openingOf(media: string): Piece[] {
  const pieces: Piece[] = [];
  const [, map, mapSize, mapOffset] = MAP.exec(media) ?? [];
  if (map) {
    const bytes = mapSize && mapOffset ? lastOf(mapSize, mapOffset) : null;
    pieces.push({ address: map, bytes });
  }
  const [, size, offset, address] = SEGMENT.exec(media) ?? [];
  if (address) pieces.push({ address, bytes: size && offset ? lastOf(size, offset) : null });
  return pieces;
}

async function load(url: URL, piece: Piece["bytes"], signal: AbortSignal): Promise<Response> {
  const headers: HeadersInit = piece ? { Range: `bytes=${piece.join("-")}` } : {};
  const response = await fetch(url, { headers, signal });
  if (!response.ok) throw new Error(`${response.status} for ${url.pathname}`);
  return response;
}

/** Loads the first segment of the video behind a master playlist; `height` as of what plays now. */
export async function loadOpening(
  masterUrl: string,
  height: number,
  signal: AbortSignal,
): Promise<void> {
  const master = new URL(masterUrl, location.href);
  const rendition = renditionFor(await (await load(master, null, signal)).text(), height);
  if (!rendition) return;
  const media = new URL(rendition, master);
  const pieces = openingOf(await (await load(media, null, signal)).text());
  for (const { address, bytes } of pieces) {
    await (await load(new URL(address, media), bytes, signal)).arrayBuffer();
  }
}
