import { useTranslations } from "use-intl";
import type { Participant } from "@/api/types";
import { IconCheck, IconChecks, IconClock } from "@/ui/icons";
import classes from "./Messages.module.css";

export type Tick = "sending" | "sent" | "delivered" | "read";

/** What has become of one's own message: as far as the last of the others has come. */
export function tickOf(number: number, others: readonly Participant[]): Tick {
  if (others.length === 0) return "sent";
  if (others.every(({ read_number }) => (read_number ?? 0) >= number)) return "read";
  if (others.every(({ delivered_number }) => (delivered_number ?? 0) >= number)) return "delivered";
  return "sent";
}

interface TicksProps {
  tick: Tick;
}

export function Ticks({ tick }: TicksProps) {
  const t = useTranslations("chat.ticks");
  const Icon = { sending: IconClock, sent: IconCheck, delivered: IconChecks, read: IconChecks }[
    tick
  ];
  return (
    <span className={classes.tick} data-tick={tick} role="img" aria-label={t(tick)}>
      <Icon size={15} stroke={2} aria-hidden />
    </span>
  );
}
