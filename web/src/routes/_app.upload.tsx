import { createFileRoute } from "@tanstack/react-router";
import { UploadPage } from "@/features/uploads/UploadPage";

export const Route = createFileRoute("/_app/upload")({ component: UploadPage });
