/**
 * Uploads from this browser straight to another server. Only the browser knows their addresses,
 * so it keeps them until all bytes are there: after a reload the same file goes on.
 */

export interface KeptUpload {
  url: string;
  filename: string;
  size: number;
  at: number;
}

const KEY = "lumenhall-uploads";
/** For that long the other server waits for the rest. */
const LASTS_MS = 24 * 60 * 60 * 1000;

function readAll(): Record<string, KeptUpload> {
  try {
    const all = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, KeptUpload>;
    return Object.fromEntries(
      Object.entries(all).filter(([, { at }]) => Date.now() - at < LASTS_MS),
    );
  } catch {
    return {};
  }
}

function write(all: Record<string, KeptUpload>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // A full or closed storage keeps nothing; the upload itself goes on.
  }
}

export const keptUpload = (assetId: string): KeptUpload | null => readAll()[assetId] ?? null;

export const keepUpload = (assetId: string, url: string, { name, size }: File): void =>
  write({ ...readAll(), [assetId]: { url, filename: name, size, at: Date.now() } });

/** All bytes have gone to this address. */
export const forgetUpload = (url: string): void =>
  write(Object.fromEntries(Object.entries(readAll()).filter(([, kept]) => kept.url !== url)));
