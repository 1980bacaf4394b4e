// The player that other sites embed: what the query of its address asks for, and nothing else.
(() => {
  const video = document.getElementById("player");
  const query = new URLSearchParams(location.search);
  const asksFor = (name) => query.has(name) && query.get(name) !== "false";

  for (const name of ["muted", "loop", "autoplay"]) {
    video[name] = asksFor(name);
  }
  video.controls = query.get("controls") !== "false";
  const preload = query.get("preload");
  if (preload !== null) {
    video.preload = ["none", "metadata", "auto"].includes(preload) ? preload : "auto";
  }
  const poster = query.get("poster");
  if (poster?.startsWith("https://")) {
    video.poster = poster;
  }
  for (const [name, property] of [
    ["letterboxColor", "--letterbox"],
    ["primaryColor", "--primary"],
  ]) {
    const colour = query.get(name);
    if (colour && CSS.supports("color", colour)) {
      document.documentElement.style.setProperty(property, colour);
    }
  }
  const language = query.get("defaultTextTrack");
  for (const track of video.textTracks) {
    track.mode = track.language === language ? "showing" : "disabled";
  }

  const start = secondsOf(query.get("startTime") ?? "");
  if (start > 0) {
    video.addEventListener("loadedmetadata", () => {
      video.currentTime = start;
    });
  }

  const source = video.dataset.hls;
  if (window.Hls?.isSupported()) {
    const hls = new window.Hls({
      startPosition: start > 0 ? start : -1,
      renderTextTracksNatively: false,
    });
    hls.loadSource(source);
    hls.attachMedia(video);
  } else {
    video.src = source;
  }

  /** Seconds in `123` or `1h12m27s`. */
  function secondsOf(text) {
    const found = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(text);
    if (!found) return 0;
    const [, hours, minutes, seconds] = found.map((part) => Number(part ?? 0));
    return hours * 3600 + minutes * 60 + seconds;
  }
})();
