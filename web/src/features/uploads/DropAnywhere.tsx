import { useMatchRoute, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { IconCloudUpload } from "@/ui/icons";
import classes from "./DropAnywhere.module.css";
import { dropTaker } from "./drops";
import { uploads } from "./uploads";

const carriesFiles = (event: DragEvent): boolean =>
  event.dataTransfer?.types.includes("Files") ?? false;

interface DropAnywhereProps {
  mayUpload: boolean;
}

/** Lets files be dropped on any page: for an upload, or for whatever the page does with them. */
export function DropAnywhere({ mayUpload }: DropAnywhereProps) {
  const t = useTranslations("uploads");
  const navigate = useNavigate();
  const matchRoute = useMatchRoute();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    // Entering a child leaves its parent, so the page is left only when all were left.
    let depth = 0;
    const isTaken = (event: DragEvent) =>
      carriesFiles(event) && (mayUpload || dropTaker() !== null);
    const enter = (event: DragEvent) => {
      if (!isTaken(event)) return;
      // Without this the page refuses files for the moment in which something moves under them.
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!isTaken(event)) return;
      depth = Math.max(0, depth - 1);
      setOver(depth > 0);
    };
    const over = (event: DragEvent) => {
      if (isTaken(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      if (!isTaken(event)) return;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      const taker = dropTaker();
      if (taker) return taker.take(files);
      uploads.add(files);
      // Whoever is watching goes on watching; the tray shows the rest.
      if (!matchRoute({ to: "/watch/$videoId" })) void navigate({ to: "/upload" });
    };
    window.addEventListener("dragenter", enter);
    window.addEventListener("dragleave", leave);
    window.addEventListener("dragover", over);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragenter", enter);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("dragover", over);
      window.removeEventListener("drop", drop);
    };
  }, [navigate, matchRoute, mayUpload]);
  if (!isOver) return null;
  return (
    <div className={classes.overlay}>
      <div className={classes.frame}>
        <IconCloudUpload size={64} stroke={1.3} />
        {dropTaker()?.hint ?? t("dropHere")}
      </div>
    </div>
  );
}
