import { useCallback } from "react";

export const VIDEOS = "video/*,.mkv,.avi,.mov,.mp4,.webm";

interface PickerOptions {
  multiple: boolean;
  accept?: string;
  onFiles: (files: File[]) => void;
}

/** Opens the file chooser; must be called from a click. */
export function useFilePicker() {
  return useCallback((options: PickerOptions) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = options.accept ?? VIDEOS;
    input.multiple = options.multiple;
    input.onchange = () => options.onFiles([...(input.files ?? [])]);
    input.click();
  }, []);
}
