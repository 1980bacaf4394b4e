import { createFileRoute } from "@tanstack/react-router";
import { ConversationPage } from "@/features/chat/ConversationPage";
import { threadQuery } from "@/features/chat/queries";

interface Search {
  /** The number of the message to begin at. */
  message?: number;
}

function Conversation() {
  const { conversationId } = Route.useParams();
  const { message } = Route.useSearch();
  return <ConversationPage key={conversationId} id={conversationId} message={message} />;
}

export const Route = createFileRoute("/_app/chat/$conversationId")({
  validateSearch: ({ message }): Search =>
    Number.isSafeInteger(message) && Number(message) > 0 ? { message: Number(message) } : {},
  loader: ({ context: { queries }, params }) =>
    void queries.prefetchQuery(threadQuery(queries, params.conversationId)),
  component: Conversation,
});
