import { Text, Title } from "@mantine/core";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { meQuery, siteQuery } from "@/features/identity/queries";
import { Bar } from "@/ui/Bar";
import { IconCloudUpload, IconLock } from "@/ui/icons";
import { Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { useFormats } from "@/ui/useFormats";
import { quotaQuery, unfinishedQuery } from "./queries";
import { UploadCard } from "./UploadCard";
import classes from "./UploadPage.module.css";
import { uploads, useUploads } from "./uploads";
import { useFilePicker } from "./useFilePicker";

/** How much of this week's allowance is left, and when the next begins. */
function QuotaLine() {
  const t = useTranslations("uploads");
  const { bytes, weekMoment } = useFormats();
  const { data: quota, refetch } = useQuery(quotaQuery());
  const count = useUploads().filter(({ videoId }) => videoId !== null).length;
  // Every upload that the server has begun, or has given up, changes what is reserved.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count is the reason to ask again.
  useEffect(() => void refetch(), [count, refetch]);
  if (!quota) return null;
  const used = Math.min(100, (quota.used_bytes / Math.max(1, quota.limit_bytes)) * 100);
  return (
    <div className={classes.quota}>
      <Bar size={5} value={used} color={used >= 100 ? "red" : "glow"} label={t("quotaLabel")} />
      <Text size="sm" c="dimmed">
        {t("quota", {
          left: bytes(quota.remaining_bytes),
          limit: bytes(quota.limit_bytes),
          when: weekMoment(quota.resets_at),
        })}
      </Text>
    </div>
  );
}

export function UploadPage() {
  const t = useTranslations("uploads");
  usePageTitle(t("title"));
  const { data: site } = useSuspenseQuery(siteQuery());
  const { data: me } = useQuery(meQuery());
  const { bytes } = useFormats();
  const items = useUploads().filter(({ target }) => !target);
  // Another device may have left some since this page was opened.
  useQuery({ ...unfinishedQuery(), refetchOnMount: "always" });
  const pick = useFilePicker();
  if (me && !me.can_upload) {
    return (
      <Message icon={IconLock} title={t("notAllowed")} heading={1}>
        {t("notAllowedHint")}
      </Message>
    );
  }
  const isBusy = items.length > 0;
  return (
    <div className={classes.page}>
      <Title order={1}>{t("title")}</Title>
      <button
        type="button"
        className={classes.drop}
        data-small={isBusy || undefined}
        onClick={() => pick({ multiple: true, onFiles: (files) => uploads.add(files) })}
      >
        {!isBusy && (
          <span className={classes.glyph}>
            <IconCloudUpload size={36} stroke={1.5} />
          </span>
        )}
        <strong>{isBusy ? t("dropMore") : t("dropOrChoose")}</strong>
        {!isBusy && (
          <span>
            {t("formats", {
              formats: site.accepted_formats.map((format) => format.toUpperCase()).join(", "),
              size: bytes(site.max_file_size_bytes),
            })}
          </span>
        )}
      </button>
      <QuotaLine />
      <ul className={classes.list}>
        {items.toReversed().map((item) => (
          <UploadCard key={item.key} item={item} />
        ))}
      </ul>
    </div>
  );
}
