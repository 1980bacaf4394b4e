import { createFileRoute } from "@tanstack/react-router";
import { ConversationPage } from "@/features/chat/ConversationPage";
import { threadQuery } from "@/features/chat/queries";

function Conversation() {
  const { conversationId } = Route.useParams();
  return <ConversationPage key={conversationId} id={conversationId} />;
}

export const Route = createFileRoute("/_app/chat/$conversationId")({
  loader: ({ context: { queries }, params }) =>
    void queries.prefetchQuery(threadQuery(queries, params.conversationId)),
  component: Conversation,
});
