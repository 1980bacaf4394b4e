import type { HLSProvider, MediaProviderAdapter } from "@vidstack/react";
import { isHLSProvider } from "@vidstack/react";
import { withGrant } from "./grant";

export interface HlsWishes {
  /** The grant of this moment; asked before every request. */
  grant: () => string | null;
  startAt: () => number;
}

/** Only Safari knows AirPlay, which takes the address from a `<source>` beside hls.js. */
const hasAirPlay = "WebKitPlaybackTargetAvailabilityEvent" in window;

/** Our own copy of hls.js, at our position, always with the newest grant. */
export function setUpHls(
  provider: MediaProviderAdapter | null,
  { grant, startAt }: HlsWishes,
): HLSProvider | null {
  if (!isHLSProvider(provider)) return null;
  // By default the player would fetch hls.js from another host.
  provider.library = () => import("./hlsLibrary");
  // Chromium plays HLS by itself since 142, and would load the first segments a second time.
  if (!hasAirPlay) Object.assign(provider, { appendSource: () => undefined });
  provider.config = {
    // A playlist that still grows would start at its end.
    startPosition: startAt(),
    maxBufferLength: 30,
    backBufferLength: 60,
    capLevelToPlayerSize: true,
    xhrSetup: (xhr, url) => xhr.open("GET", withGrant(url, grant()), true),
  };
  return provider;
}

/** The second at which the next address that is loaded begins. */
export function startHlsAt(provider: HLSProvider | null, seconds: number): void {
  if (!provider) return;
  provider.config = { ...provider.config, startPosition: seconds };
  if (provider.instance) provider.instance.config.startPosition = seconds;
}
