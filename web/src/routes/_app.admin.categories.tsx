import { createFileRoute } from "@tanstack/react-router";
import { CategoriesPage } from "@/features/admin/CategoriesPage";

export const Route = createFileRoute("/_app/admin/categories")({ component: CategoriesPage });
