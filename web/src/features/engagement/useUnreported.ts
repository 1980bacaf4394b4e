import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Me } from "@/api/types";
import { meQuery } from "@/features/identity/queries";
import { sendUnreported, unreportedOf } from "./unreported";

/** Sends what was watched without the server, as soon as it is `reachable` again. */
export function useUnreported(me: Me | null | undefined, isReachable: boolean): void {
  const queries = useQueryClient();
  const personId = me?.id;
  useEffect(() => {
    if (!personId) return;
    const sendWaiting = async () => {
      if (Object.keys(unreportedOf(personId)).length === 0) return;
      // Another tab may have signed somebody else in.
      const now = await queries.fetchQuery({ ...meQuery(), staleTime: 0 }).catch(() => null);
      if (now?.id !== personId || !(await sendUnreported(personId))) return;
      void queries.invalidateQueries({ queryKey: ["home"] });
      void queries.invalidateQueries({ queryKey: ["courses"] });
    };
    if (isReachable) void sendWaiting();
    window.addEventListener("online", sendWaiting);
    return () => window.removeEventListener("online", sendWaiting);
  }, [personId, isReachable, queries]);
}
