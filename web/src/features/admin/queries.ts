import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { http } from "@/api/client";
import type { Member, Page, Role, SiteOptions } from "@/api/types";

export const optionsQuery = () =>
  queryOptions({
    queryKey: ["admin", "options"],
    queryFn: () => http.get<SiteOptions>("/api/admin/options"),
  });
export const changeOptions = (body: Partial<SiteOptions>) =>
  http.patch<SiteOptions>("/api/admin/options", body);

export const membersQuery = (query: string) =>
  infiniteQueryOptions({
    queryKey: ["admin", "members", query],
    queryFn: ({ pageParam }) =>
      http.get<Page<Member>>("/api/admin/members", { query, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export type MemberChange = Partial<{
  role: Role;
  disabled: boolean;
  weekly_upload_limit_bytes: number | null;
}>;
export const changeMember = (id: string, body: MemberChange) =>
  http.patch<Member>(`/api/admin/members/${id}`, body);
export const makeResetLink = (id: string) =>
  http.post<{ url: string }>(`/api/admin/members/${id}/password-reset`);
