import { Button, Text, Title } from "@mantine/core";
import type { ComponentType, ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useErrorText } from "./errors";
import { IconAlertTriangle, IconRefresh } from "./icons";
import classes from "./Message.module.css";

interface MessageProps {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  heading?: 1 | 2 | 3;
  /** Inside a card that has room of its own. */
  compact?: boolean;
}

/** What a page or a part of it says when there is nothing else to show: why, and what to do. */
export function Message({
  icon: Icon,
  title,
  children,
  actions,
  heading = 2,
  compact = false,
}: MessageProps) {
  return (
    <div className={classes.message} data-compact={compact || undefined}>
      <span className={classes.icon}>
        <Icon size={30} stroke={1.5} />
      </span>
      <Title order={heading} size="h3">
        {title}
      </Title>
      {children && (
        <Text c="dimmed" size="sm">
          {children}
        </Text>
      )}
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}

interface ErrorMessageProps {
  error: unknown;
  onRetry?: () => void;
  heading?: 1 | 2 | 3;
}

export function ErrorMessage({ error, onRetry, heading }: ErrorMessageProps) {
  const t = useTranslations("common");
  const text = useErrorText();
  return (
    <div role="alert">
      <Message
        icon={IconAlertTriangle}
        title={t("couldNotLoad")}
        heading={heading}
        actions={
          onRetry && (
            <Button variant="default" leftSection={<IconRefresh size={18} />} onClick={onRetry}>
              {t("tryAgain")}
            </Button>
          )
        }
      >
        {text(error)}
      </Message>
    </div>
  );
}
