import { createFileRoute } from "@tanstack/react-router";
import { MembersPage } from "@/features/admin/MembersPage";

export const Route = createFileRoute("/_app/admin/members")({ component: MembersPage });
