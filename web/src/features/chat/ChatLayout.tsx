import { useQuery } from "@tanstack/react-query";
import { Outlet, useParams } from "@tanstack/react-router";
import { meQuery } from "@/features/identity/queries";
import classes from "./Chat.module.css";
import { ConversationList } from "./ConversationList";
import { useLiveChat } from "./useLiveChat";

/** The list beside the open conversation; on a phone one or the other. */
export function ChatLayout() {
  const { data: me } = useQuery(meQuery());
  const { conversationId } = useParams({ strict: false });
  useLiveChat();
  if (!me) return null;
  return (
    <div className={classes.panes} data-open={conversationId ? true : undefined} data-fills-window>
      <div className={classes.list}>
        <ConversationList me={me} />
      </div>
      <div className={classes.open}>
        <Outlet />
      </div>
    </div>
  );
}
