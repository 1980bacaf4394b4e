import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

/** Warm greys: the page, its surfaces and its text. */
const gray: MantineColorsTuple = [
  "#faf9f7",
  "#f3f1ed",
  "#e9e6e0",
  "#dcd8d0",
  "#c9c4ba",
  "#a39d92",
  "#756f65",
  "#57524a",
  "#38342e",
  "#1f1d1a",
];

const dark: MantineColorsTuple = [
  "#eceae6",
  "#cbc7c0",
  "#aaa59d",
  "#7d7770",
  "#3b3835",
  "#302d2b",
  "#221f1e",
  "#131211",
  "#0d0c0c",
  "#080707",
];

/** The light in the hall: progress, the mark, what is live. */
const glow: MantineColorsTuple = [
  "#fff6e0",
  "#ffeabf",
  "#ffdb8f",
  "#fccb5f",
  "#f7bc45",
  "#f2b13c",
  "#d9921c",
  "#b26f00",
  "#8a5400",
  "#633b00",
];

/** Text on filled colours follows the scheme, because ink is dark by day and light by night. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const color = input.color ?? input.theme.primaryColor;
  if (input.variant === "filled" && (color === "ink" || color === "glow")) {
    return { ...colors, color: `var(--mantine-color-${color}-contrast)` };
  }
  return colors;
};

const headingSizes = {
  h1: { fontSize: "1.75rem", lineHeight: "1.2" },
  h2: { fontSize: "1.25rem", lineHeight: "1.3" },
  h3: { fontSize: "1.0625rem", lineHeight: "1.4" },
};

export const theme = createTheme({
  colors: { gray, dark, glow, ink: gray },
  primaryColor: "ink",
  primaryShade: 7,
  black: "#1f1d1a",
  white: "#ffffff",
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  headings: { fontFamily: "inherit", fontWeight: "650", textWrap: "balance", sizes: headingSizes },
  defaultRadius: "md",
  radius: { xs: "4px", sm: "7px", md: "10px", lg: "14px", xl: "20px" },
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "auto",
  variantColorResolver,
  components: {
    Button: { defaultProps: { fw: 550 } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: "lg" } },
    Checkbox: { defaultProps: { iconColor: "var(--mantine-color-ink-contrast)" } },
    Switch: { defaultProps: { color: "glow" } },
    ProgressRoot: { defaultProps: { radius: "xl" } },
    Loader: { defaultProps: { color: "glow", type: "oval" } },
    // The placeholder is no item, which a menu must not hold.
    Menu: {
      defaultProps: { shadow: "lg", radius: "lg", offset: 6, withInitialFocusPlaceholder: false },
    },
    Modal: {
      defaultProps: {
        centered: true,
        radius: "lg",
        overlayProps: { backgroundOpacity: 0.5, blur: 3 },
      },
      styles: {
        // A long word must not push the way out beyond the edge.
        title: { fontSize: "1.0625rem", fontWeight: 640, minWidth: 0, overflowWrap: "anywhere" },
        // The ring around a focused first field has to clear the head, which stays put.
        body: { paddingBlockStart: 6 },
      },
    },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, radius: "sm" } },
    Anchor: { defaultProps: { underline: "hover" } },
  },
});
