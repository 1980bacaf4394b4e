import { createFileRoute } from "@tanstack/react-router";
import { NewestPage } from "@/features/library/ListPages";

export const Route = createFileRoute("/_app/newest")({ component: NewestPage });
