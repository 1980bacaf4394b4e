import { useCallback } from "react";

/** Opens the file chooser; must be called from a click. */
export function useFilePicker() {
  return useCallback((options: { multiple: boolean; onFiles: (files: File[]) => void }) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = "video/*,.mkv,.avi,.mov,.mp4,.webm";
    input.multiple = options.multiple;
    input.onchange = () => options.onFiles([...(input.files ?? [])]);
    input.click();
  }, []);
}
