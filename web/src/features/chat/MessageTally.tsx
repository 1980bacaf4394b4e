import { lazy, Suspense, useState } from "react";
import type { Message } from "@/api/types";
import { Tally } from "../engagement/reactions/Tally";
import { messageReactors } from "./queries";

const WhoReacted = lazy(() => import("../engagement/reactions/WhoReacted"));

interface MessageTallyProps {
  message: Message;
}

/** How often a message got each reaction; opens the list of who it was. */
export function MessageTally({ message }: MessageTallyProps) {
  const [isOpen, setOpen] = useState(false);
  const counts = message.reaction_counts;
  return (
    <>
      <Tally small counts={counts} onOpen={() => setOpen(true)} />
      {isOpen && (
        <Suspense>
          <WhoReacted
            reactors={messageReactors(message)}
            counts={counts}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
