import { expect, test } from "vitest";
import { openingOf, renditionFor } from "./opening";

const MASTER = `#EXTM3U
#EXT-X-STREAM-INF:BANDWIDTH=2500000,RESOLUTION=1280x720,CODECS="avc1.64001f,mp4a.40.2"
v720.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=800000,RESOLUTION=640x360
v360.m3u8
`;

const MEDIA = `#EXTM3U
#EXT-X-TARGETDURATION:4
#EXT-X-MAP:URI="v360.mp4",BYTERANGE="812@0"
#EXTINF:4.000,
#EXT-X-BYTERANGE:5000@812
v360.mp4
#EXTINF:4.000,
#EXT-X-BYTERANGE:6000@5812
v360.mp4
`;

test("the rendition is the one that plays now, never a larger one", () => {
  expect(renditionFor(MASTER, 720)).toBe("v720.m3u8");
  expect(renditionFor(MASTER, 480)).toBe("v360.m3u8");
  expect(renditionFor(MASTER, 0)).toBe("v360.m3u8");
  expect(renditionFor("#EXTM3U\n", 720)).toBeNull();
});

test("the opening is the head and the first segment, byte for byte", () => {
  expect(openingOf(MEDIA)).toEqual([
    { address: "v360.mp4", bytes: [0, 811] },
    { address: "v360.mp4", bytes: [812, 5811] },
  ]);
});

test("segments that are files of their own are loaded whole", () => {
  const media = '#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:4,\n0.m4s\n#EXTINF:4,\n1.m4s\n';
  expect(openingOf(media)).toEqual([
    { address: "init.mp4", bytes: null },
    { address: "0.m4s", bytes: null },
  ]);
});

test("a playlist without segments has no opening", () => {
  expect(openingOf("#EXTM3U\n")).toEqual([]);
});
