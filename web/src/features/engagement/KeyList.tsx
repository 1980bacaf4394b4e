import { useTranslations } from "use-intl";
import { Dialog } from "@/ui/Dialog";
import classes from "./KeyList.module.css";

/** The player's keys, in the order in which one comes to need them. */
const KEYS = [
  ["play", ["K", "␣"]],
  ["five", ["←", "→"]],
  ["ten", ["J", "L"]],
  ["tenths", ["0", "9"]],
  ["start", ["Home"]],
  ["frame", [",", "."]],
  ["volume", ["↑", "↓"]],
  ["mute", ["M"]],
  ["speed", ["<", ">"]],
  ["captions", ["C"]],
  ["fullScreen", ["F"]],
  ["inPicture", ["I"]],
  ["list", ["?"]],
] as const;

/** What every key does while a video is on the page. */
export default function KeyList({ onClose }: { onClose: () => void }) {
  const t = useTranslations("player.keys");
  return (
    <Dialog title={t("title")} onClose={onClose}>
      <dl className={classes.keys}>
        {KEYS.map(([name, keys]) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
