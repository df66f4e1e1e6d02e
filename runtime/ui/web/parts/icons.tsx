/**
 * The icons of the screen as inline strokes: they take the colour of the text beside them and are
 * never the only sign of anything.
 */

const PATHS = {
  back: "M15 5l-7 7 7 7",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
  orders: "M7 4h10a1 1 0 0 1 1 1v15l-2.5-1.7L13 20l-2.5-1.7L8 20l-2-1.4V5a1 1 0 0 1 1-1zM9.5 9h5M9.5 13h5",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  plus: "M12 6v12M6 12h12",
  minus: "M6 12h12",
  remove: "M5 7h14M10 7V5h4v2M7 7l.8 12h8.4L17 7M10.5 11v5M13.5 11v5",
  note: "M5 19l1-4L15.5 5.5a1.8 1.8 0 0 1 2.6 0l.4.4a1.8 1.8 0 0 1 0 2.6L9 18z",
  up: "M12 19V6M6.5 11.5L12 6l5.500 5.500",
  check: "M5 12.500l4.500 4.500L19 7.500",
  warning: "M12 4.500l8.500 15h-17zM12 10v4.500M12 17.200h.01",
  close: "M6 6l12 12M18 6L6 18",
  printer:
    "M7 9V4h10v5M7 17H5a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-2M7 14h10v6H7z",
  link: "M4.500 10a11 11 0 0 1 15 0M7.500 13.300a6.800 6.800 0 0 1 9 0M10.300 16.600a2.800 2.800 0 0 1 3.400 0",
  unlink:
    "M4.500 10a11 11 0 0 1 4-2.500M13 7.100a11 11 0 0 1 6.500 2.900M7.500 13.300a6.800 6.800 0 0 1 4.500-1.700M10.300 16.600a2.800 2.800 0 0 1 3.400 0M5 4l14 16",
  disk: "M5 6.500C5 5.100 8.100 4 12 4s7 1.100 7 2.500S15.900 9 12 9 5 7.900 5 6.500zM5 6.500v11C5 18.900 8.100 20 12 20s7-1.100 7-2.500v-11M5 12c0 1.400 3.100 2.500 7 2.500s7-1.100 7-2.500",
  person:
    "M12 12a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM5 20c.6-3.600 3.400-5.500 7-5.500s6.400 1.900 7 5.500",
  language:
    "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM4.500 9.500h15M4.500 14.500h15M12 4c2.200 2.400 3.300 5 3.300 8s-1.100 5.600-3.300 8c-2.200-2.400-3.300-5-3.300-8S9.800 6.400 12 4z",
  shield: "M12 4l7 2.500v5c0 4-2.800 7-7 8.500-4.200-1.500-7-4.500-7-8.500v-5zM9 12l2.200 2.200L15.200 10",
  undo: "M8 5L4 9l4 4M4 9h10a5.500 5.500 0 0 1 0 11h-4",
  clock: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8v4.500l3 2",
  pause: "M9 6v12M15 6v12",
  drawer: "M4 13h16v6H4zM6 13l2-7h8l2 7M10 16h4",
  stock: "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
  settings: "M5 7h8M17 7h2M5 12h2M11 12h8M5 17h6M15 17h4M13 5v4h4V5zM7 10v4h4v-4zM11 15v4h4v-4z",
  training: "M3 9l9-4 9 4-9 4zM7 11v5c1.500 1.300 3.200 2 5 2s3.500-.7 5-2v-5",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  returned: "M5 8h9a5 5 0 0 1 0 10H8M8.500 4.500L5 8l3.500 3.500",
  card: "M3 6.500h18v11H3zM3 10h18M6 14.500h4",
  deleteDigit: "M9 6h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H9l-5.500-6zM11.500 9.500l5 5M16.500 9.500l-5 5",
} as const;

/** The icons there are. */
export type IconName = keyof typeof PATHS;

/** One icon, hidden from readers of the screen: the words beside it say the same. */
export function Icon({ name, size = 24 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width={name === "more" ? 3 : 2}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
