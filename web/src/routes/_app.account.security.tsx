import { createFileRoute } from "@tanstack/react-router";
import { SecurityPage } from "@/features/identity/SecurityPage";

export const Route = createFileRoute("/_app/account/security")({ component: SecurityPage });
