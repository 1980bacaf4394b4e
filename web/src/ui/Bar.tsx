import { Progress } from "@mantine/core";

interface BarProps {
  /** 0 to 100. */
  value: number;
  /** What it is the progress of, for those who listen. */
  label: string;
  size?: number;
  isMoving?: boolean;
  color?: string;
  className?: string;
}

export function Bar({
  value,
  label,
  size = 6,
  isMoving = false,
  color = "glow",
  className,
}: BarProps) {
  return (
    <Progress.Root size={size} className={className}>
      <Progress.Section value={value} color={color} animated={isMoving} aria-label={label} />
    </Progress.Root>
  );
}
