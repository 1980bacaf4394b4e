import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useFailureText, useProgressText } from "@/features/processing/AssetStatus";
import type { UploadItem } from "@/features/uploads/queue";
import { UploadButtons } from "@/features/uploads/UploadButtons";
import { percentSent, useUploadLine } from "@/features/uploads/useUploadLine";
import { Bar } from "@/ui/Bar";
import { IconRefresh, IconUpload } from "@/ui/icons";
import classes from "./Authoring.module.css";
import type { TargetUpload } from "./useLessonUpload";
import { isBeingMade, isInterrupted, useFollowed, type Version } from "./versions";

/** How far the bytes of a file are. */
export function OnItsWay({ item }: { item: UploadItem }) {
  const t = useTranslations("uploads");
  const line = useUploadLine();
  const isFailed = item.state === "failed";
  return (
    <div className={classes.bar}>
      <div style={{ flex: "1 1 220px", minWidth: 0 }}>
        {!isFailed && (
          <Bar value={percentSent(item)} label={t("progressOf", { title: item.title })} />
        )}
        <p
          className="tabular"
          data-bad={isFailed || undefined}
          role={isFailed ? "alert" : undefined}
        >
          {item.filename} · {line(item)}
        </p>
      </div>
      <Group gap={4} wrap="nowrap">
        <UploadButtons item={item} />
      </Group>
    </div>
  );
}

function Making({ version }: { version: Version }) {
  const t = useTranslations("processing");
  const followed = useFollowed(version);
  return (
    <>
      <Bar
        value={followed.processing_progress ?? 0}
        isMoving={followed.status === "inprogress"}
        label={t("progress")}
      />
      <p className="tabular">{useProgressText(followed)}</p>
    </>
  );
}

interface VersionStateProps {
  title: string;
  version: Version;
  upload: TargetUpload;
  /** Tries once more with what failed, where that can be done. */
  onRetry?: () => void;
  isPending?: boolean;
  children?: ReactNode;
}

/** One file and what becomes of it: how far it is, or why nothing came of it. */
export function VersionState(props: VersionStateProps) {
  const { title, version, upload, onRetry, isPending, children } = props;
  const t = useTranslations("authoring.video");
  const failure = useFailureText();
  const isWaiting = isInterrupted(version);
  return (
    <div className={classes.state}>
      <h3>{title}</h3>
      <p className={classes.dim}>{version.filename}</p>
      {isWaiting && <p>{t("interruptedHint", { name: version.filename })}</p>}
      {isBeingMade(version) && !isWaiting && <Making version={version} />}
      {version.status === "ready" && <p>{t("ready")}</p>}
      {version.status === "error" && (
        <p data-bad role="alert">
          {failure(version)}
        </p>
      )}
      <Group gap="sm">
        {isWaiting && (
          <Button
            size="xs"
            variant="light"
            leftSection={<IconUpload size={16} />}
            onClick={upload.choose}
          >
            {t("chooseAgain")}
          </Button>
        )}
        {version.status === "error" && onRetry && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={16} />}
            loading={isPending}
            onClick={onRetry}
          >
            {t("retry")}
          </Button>
        )}
        {children}
      </Group>
    </div>
  );
}
