import { useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { useTranslations } from "use-intl";
import type { Me, Message } from "@/api/types";
import { useConfirm } from "@/ui/Confirm";
import { copyText } from "@/ui/CopyButton";
import { useErrorText } from "@/ui/errors";
import { IconArrowBackUp, IconChecks, IconCopy, IconCornerUpLeft, IconPencil } from "@/ui/icons";
import { PopItem, walkItems } from "@/ui/PopMenu";
import { toastError } from "@/ui/toasts";
import { ReactionPicker } from "../engagement/reactions/ReactionPicker";
import { useReact } from "../engagement/reactions/useReact";
import type { Aim } from "./aim";
import classes from "./Messages.module.css";
import { fetchMessage, messageTarget, takeUp, unsendMessage } from "./queries";

const EDITABLE_MS = 15 * 60_000;
const EDGE = 8;
const SCROLLED_AWAY_PX = 60;

export interface MenuPlace {
  message: Message;
  /** Beside what it opens. */
  anchor: HTMLElement;
  kind: "all" | "reactions";
  /** What gets the keyboard back. */
  opener: HTMLElement | null;
}

interface MessageMenuProps {
  place: MenuPlace;
  me: Me;
  isGroup: boolean;
  onAim: ((aim: Aim) => void) | undefined;
  onReaders: (message: Message) => void;
  onClose: () => void;
}

/** Inside the window, above or below, whichever has room. */
function put(menu: HTMLElement, anchor: HTMLElement): void {
  const { top, bottom, left, right } = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const { clientWidth, clientHeight } = document.documentElement;
  const middle = (left + right) / 2 - width / 2;
  const isBelow = bottom + height + EDGE < clientHeight;
  menu.style.left = `${Math.max(EDGE, Math.min(middle, clientWidth - width - EDGE))}px`;
  menu.style.top = `${isBelow ? bottom + 4 : Math.max(EDGE, top - height - 4)}px`;
}

/** The six reactions and everything else one can do with a message. */
export function MessageMenu(props: MessageMenuProps) {
  const { place, me, isGroup, onAim, onReaders, onClose } = props;
  const { message, anchor, kind, opener } = place;
  const t = useTranslations("chat");
  const text = useErrorText();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const menu = useRef<HTMLDivElement>(null);
  const target = useMemo(() => messageTarget(queries, message), [queries, message]);
  const onReact = useReact(target);
  const isMine = message.sender.id === me.id;
  const isYoung = Date.now() - Date.parse(message.created_at) < EDITABLE_MS;
  const close = (givesFocusBack: boolean) => {
    onClose();
    if (givesFocusBack) opener?.focus();
  };
  const leave = useRef(close);
  leave.current = close;
  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    element.showPopover();
    put(element, anchor);
    const first = element.querySelector<HTMLElement>("[role=menuitemradio], [role=menuitem]");
    first?.focus({ preventScroll: true });
  }, [anchor]);
  useEffect(() => {
    const { top } = anchor.getBoundingClientRect();
    const outside = ({ target: hit }: Event) =>
      !menu.current?.contains(hit as Node) && leave.current(false);
    // What only settles, as when a message comes, is followed; who scrolls on has done with it.
    const follow = () => {
      const moved = Math.abs(anchor.getBoundingClientRect().top - top);
      if (moved > SCROLLED_AWAY_PX) leave.current(false);
      else if (menu.current) put(menu.current, anchor);
    };
    const options = { capture: true, passive: true };
    addEventListener("pointerdown", outside, options);
    addEventListener("scroll", follow, options);
    return () => {
      removeEventListener("pointerdown", outside, options);
      removeEventListener("scroll", follow, options);
    };
  }, [anchor]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Escape") {
      event.preventDefault();
      close(true);
    } else if (event.key === "Tab") {
      setTimeout(() => !menu.current?.contains(document.activeElement) && onClose(), 0);
    }
  };
  const aim = (what: Aim["kind"]) => {
    close(false);
    onAim?.({ kind: what, message });
  };
  const unsend = async () => {
    close(true);
    const question = { title: t("unsendTitle"), text: t("unsendText"), action: t("unsend") };
    if (!(await confirm(question))) return;
    try {
      await unsendMessage(message);
      takeUp(queries, await fetchMessage(message.conversation_id, message.id));
    } catch (error) {
      toastError(t("unsendFailed", { reason: text(error) }));
    }
  };
  return (
    <div
      ref={menu}
      popover="manual"
      role="dialog"
      aria-label={t("actionsTitle")}
      className={classes.menu}
      onKeyDown={onKeyDown}
    >
      {onAim && (
        <ReactionPicker
          mine={message.my_reaction}
          takesFocus={false}
          onPick={(type) => {
            close(true);
            onReact(type);
          }}
          onClose={(givesFocusBack) => givesFocusBack && close(true)}
        />
      )}
      {kind === "all" && (
        <div
          role="menu"
          tabIndex={-1}
          aria-label={t("actionsTitle")}
          className={classes.items}
          onKeyDown={walkItems}
        >
          {onAim && (
            <PopItem icon={IconCornerUpLeft} onClick={() => aim("reply")}>
              {t("reply")}
            </PopItem>
          )}
          {message.text && (
            <PopItem
              icon={IconCopy}
              onClick={() => {
                close(true);
                void copyText(message.text);
              }}
            >
              {t("copy")}
            </PopItem>
          )}
          {isMine && isGroup && (
            <PopItem
              icon={IconChecks}
              onClick={() => {
                close(true);
                onReaders(message);
              }}
            >
              {t("readBy")}
            </PopItem>
          )}
          {isMine && onAim && isYoung && message.text && (
            <PopItem icon={IconPencil} onClick={() => aim("edit")}>
              {t("edit")}
            </PopItem>
          )}
          {isMine && (
            <PopItem icon={IconArrowBackUp} isBad onClick={() => void unsend()}>
              {t("unsend")}
            </PopItem>
          )}
        </div>
      )}
    </div>
  );
}
