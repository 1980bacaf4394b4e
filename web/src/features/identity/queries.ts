import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { ApiError, http } from "@/api/client";
import type {
  Invitation,
  InvitationPreview,
  Language,
  Me,
  Page,
  Session,
  Site,
  Theme,
  Token,
  TokenScope,
} from "@/api/types";

export const siteQuery = () =>
  queryOptions({
    queryKey: ["site"],
    queryFn: () => http.get<Site>("/api/site"),
    staleTime: 5 * 60_000,
  });

/** Who is signed in; null for nobody. */
export const meQuery = () =>
  queryOptions({
    queryKey: ["me"],
    queryFn: () =>
      http.get<Me>("/api/me").catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 401) return null;
        throw error;
      }),
    staleTime: 60_000,
  });

// A type and not an interface: forms want values with an index signature.
export type NewAccount = {
  username: string;
  email: string;
  display_name: string;
  password: string;
};

export const signIn = (body: { login: string; password: string }) =>
  http.post<Me>("/api/sign-in", body);
export const signOut = () => http.post<void>("/api/sign-out");
export const signUp = (body: NewAccount) => http.post<Me>("/api/sign-up", body);
export const firstRun = (body: NewAccount & { site_name?: string }) =>
  http.post<Me>("/api/first-run", body);

export const invitationQuery = (secret: string) =>
  queryOptions({
    queryKey: ["invitation", secret],
    queryFn: () =>
      http.get<InvitationPreview>(`/api/invitations/by-secret/${encodeURIComponent(secret)}`),
    retry: false,
  });
export const acceptInvitation = (secret: string, body: NewAccount) =>
  http.post<Me>(`/api/invitations/by-secret/${encodeURIComponent(secret)}/accept`, body);

export const askPasswordReset = (email: string) =>
  http.post<void>("/api/password-resets", { email });
export const passwordResetQuery = (secret: string) =>
  queryOptions({
    queryKey: ["password-reset", secret],
    queryFn: () =>
      http.get<{ username: string }>(`/api/password-resets/${encodeURIComponent(secret)}`),
    retry: false,
  });
export const resetPassword = (secret: string, password: string) =>
  http.post<void>(`/api/password-resets/${encodeURIComponent(secret)}`, { password });

export type MeChange = Partial<{
  display_name: string;
  bio: string;
  email: string;
  username: string;
  time_zone: string;
  language: Language;
  theme: Theme;
}>;

export const changeMe = (body: MeChange) => http.patch<Me>("/api/me", body);
export const changePassword = (body: { current_password: string; new_password: string }) =>
  http.post<void>("/api/me/password", body);
export const deletePicture = () => http.delete("/api/me/picture");
export function putPicture(file: Blob): Promise<Me> {
  const form = new FormData();
  form.set("file", file);
  return http.put<Me>("/api/me/picture", form);
}

export const sessionsQuery = () =>
  queryOptions({
    queryKey: ["sessions"],
    queryFn: () => http.get<{ items: Session[] }>("/api/sessions"),
  });
export const endSession = (id: string) => http.delete(`/api/sessions/${id}`);

export const tokensQuery = () =>
  queryOptions({
    queryKey: ["tokens"],
    queryFn: () => http.get<{ items: Token[] }>("/api/tokens"),
  });
export const createToken = (body: { name: string; scopes: TokenScope[] }) =>
  http.post<Token & { token: string }>("/api/tokens", body);
export const deleteToken = (id: string) => http.delete(`/api/tokens/${id}`);

export const invitationsQuery = () =>
  infiniteQueryOptions({
    queryKey: ["invitations"],
    queryFn: ({ pageParam }) =>
      http.get<Page<Invitation>>("/api/invitations", { cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
export const createInvitation = (body: { email?: string; max_uses?: number }) =>
  http.post<Invitation & { url: string }>("/api/invitations", body);
export const revokeInvitation = (id: string) => http.delete(`/api/invitations/${id}`);
