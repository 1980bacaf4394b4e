import { Avatar as MantineAvatar } from "@mantine/core";
import type { PersonLook } from "@/api/types";

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? "")][0] ?? "",
  );
  return letters.join("").toUpperCase();
}

/** White or ink, whichever reads better on the colour of the initials (WCAG luminance). */
export function readableOn(hex: string): string {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = channels.map((c) =>
    c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
  );
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return luminance > 0.18 ? "#1f1d1a" : "#ffffff";
}

interface AvatarProps {
  person: Pick<PersonLook, "display_name" | "picture_url" | "initials_color">;
  size?: number;
}

/** A person's picture, or their initials on their colour. The name stands beside it, so it is silent. */
export function Avatar({ person, size = 36 }: AvatarProps) {
  const color = person.initials_color.startsWith("#") ? person.initials_color : "#57524a";
  return (
    <MantineAvatar
      src={person.picture_url}
      alt=""
      size={size}
      radius={size}
      aria-hidden
      styles={{
        placeholder: {
          background: color,
          color: readableOn(color),
          fontSize: Math.round(size * 0.4),
          fontWeight: 600,
          border: 0,
        },
      }}
    >
      {initials(person.display_name)}
    </MantineAvatar>
  );
}
