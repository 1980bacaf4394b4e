import {
  type ComponentType,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import classes from "./PopMenu.module.css";

const ROOM_BELOW = 220;
const WIDTH = 230;
const EDGE = 8;

const itemsOf = (menu: HTMLElement) => [...menu.querySelectorAll<HTMLElement>("[role=menuitem]")];

/** Up and down go round; Home and End go to the ends. */
export function walkItems(event: KeyboardEvent<HTMLElement>): void {
  const items = itemsOf(event.currentTarget);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = {
    ArrowDown: items[(at + 1) % items.length],
    ArrowUp: items[(at - 1 + items.length) % items.length],
    Home: items[0],
    End: items.at(-1),
  }[event.key];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** Beside the button, inside the window. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const { top, bottom, right } = button.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const left = Math.max(EDGE, Math.min(right, clientWidth - EDGE) - WIDTH);
  const isBelow = bottom + ROOM_BELOW < clientHeight;
  menu.style.inset = isBelow
    ? `${bottom + 4}px auto auto ${left}px`
    : `auto auto ${clientHeight - top + 4}px ${left}px`;
}

interface PopItemProps {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  onClick: () => void;
  isBad?: boolean;
  children: ReactNode;
}

export function PopItem({ icon: Icon, onClick, isBad = false, children }: PopItemProps) {
  return (
    <button
      type="button"
      role="menuitem"
      className={classes.item}
      data-bad={isBad || undefined}
      onClick={onClick}
    >
      <Icon size={19} stroke={1.6} />
      {children}
    </button>
  );
}

interface PopMenuProps {
  label: string;
  icon: ReactNode;
  className?: string;
  /** Made only while the menu is open. */
  children: ReactNode;
  onOpen?: () => void;
}

/** A button with a menu: the browser's own popover, light enough to stand on every tile. */
export function PopMenu({ label, icon, className, children, onOpen }: PopMenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (!isOpen || !menu.current) return;
    itemsOf(menu.current)[0]?.focus({ preventScroll: true });
    const close = () => menu.current?.hidePopover();
    addEventListener("scroll", close, { capture: true, passive: true });
    return () => removeEventListener("scroll", close, { capture: true });
  }, [isOpen]);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`${classes.button} ${className ?? ""}`}
        popoverTarget={id}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={label}
      >
        {icon}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className={classes.menu}
        style={{ width: WIDTH }}
        onBeforeToggle={({ newState }) => {
          if (newState === "open" && menu.current && button.current) {
            place(menu.current, button.current);
            onOpen?.();
          }
        }}
        onToggle={({ newState }) => setOpen(newState === "open")}
        onKeyDown={(event) => {
          if (event.key === "Tab") menu.current?.hidePopover();
          walkItems(event);
        }}
        onClick={() => menu.current?.hidePopover()}
      >
        {isOpen && children}
      </div>
    </>
  );
}
