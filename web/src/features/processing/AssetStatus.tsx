import { Text } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { Asset } from "@/api/types";
import type en from "@/i18n/en";
import { type AssetChange, useLiveAsset } from "@/realtime/events";
import { useAssetTopic } from "@/realtime/live";
import { Bar } from "@/ui/Bar";
import { useFormats } from "@/ui/useFormats";
import classes from "./AssetStatus.module.css";

const TONES = {
  pendingupload: "calm",
  queued: "calm",
  inprogress: "busy",
  ready: "good",
  error: "bad",
} as const;

export const isBeingMade = ({ status }: Pick<Asset, "status">): boolean =>
  status === "queued" || status === "inprogress";

/** An asset that follows its own progress for as long as it is being made. */
export function useFollowedAsset<A extends Pick<Asset, "id" | "status">>(asset: A): A {
  useAssetTopic(asset.id, asset.status !== "ready" && asset.status !== "error");
  return useLiveAsset(asset);
}

interface AssetProps {
  asset: Asset;
}

export function AssetBadge({ asset }: AssetProps) {
  const t = useTranslations("processing");
  return (
    <span className={classes.badge} data-tone={TONES[asset.status]}>
      {asset.playable && asset.status === "inprogress"
        ? t("playable")
        : t(`status.${asset.status}`)}
    </span>
  );
}

type StepKey = keyof typeof en.processing.steps;

/** One line that says where an asset stands and how long it still takes. */
export function useProgressText(asset: Pick<Asset, keyof AssetChange>): string {
  const t = useTranslations("processing");
  const { wait } = useFormats();
  if (isBeingMade(asset) && asset.queue_position) {
    return t("inLine", { position: asset.queue_position });
  }
  if (asset.status !== "inprogress") return t(`status.${asset.status}`);
  const step = `steps.${asset.processing_step as StepKey}` as const;
  const doing = asset.processing_step && t.has(step) ? t(step) : t("status.inprogress");
  const parts = [doing];
  if (asset.processing_progress) parts.push(`${Math.round(asset.processing_progress)} %`);
  if (asset.eta_seconds) parts.push(t("left", { time: wait(asset.eta_seconds) }));
  return parts.join(" · ");
}

type FailureKey = keyof typeof en.processing.failures;

/** Why an asset failed, in the language of the page; what we have no words for is quoted. */
export function useFailureText(): (asset: Pick<Asset, "error_code" | "error_message">) => string {
  const t = useTranslations("processing");
  return (asset) => {
    const key = `failures.${asset.error_code as FailureKey}` as const;
    if (asset.error_code && t.has(key)) return t(key, { said: asset.error_message ?? "" });
    return asset.error_message ?? t("failures.encoder_failed");
  };
}

export function AssetProgress({ asset }: AssetProps) {
  const t = useTranslations("processing");
  const text = useProgressText(asset);
  return (
    <div>
      <Bar
        value={asset.processing_progress}
        isMoving={asset.status === "inprogress"}
        label={t("progress")}
      />
      <Text size="xs" c="dimmed" mt={6} className="tabular">
        {text}
      </Text>
    </div>
  );
}
