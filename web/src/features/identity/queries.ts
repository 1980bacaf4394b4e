import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { ApiError } from "@/api/client";
import * as api from "@/api/gen";

export const siteQuery = () =>
  queryOptions({ queryKey: ["site"], queryFn: () => api.getSite(), staleTime: 5 * 60_000 });

/** Who is signed in; null for nobody. */
export const meQuery = () =>
  queryOptions({
    queryKey: ["me"],
    queryFn: () =>
      api.getMe().catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 401) return null;
        throw error;
      }),
    staleTime: 60_000,
  });

export const personQuery = (username: string) =>
  queryOptions({
    queryKey: ["people", "one", username.toLowerCase()],
    queryFn: () => api.getPersonByName({ path: { username } }),
    staleTime: 60_000,
  });

/** People whose names begin like this. */
export const peopleQuery = (query: string) =>
  queryOptions({
    queryKey: ["people", query],
    queryFn: () => api.listPeople({ query: { query } }),
    staleTime: 60_000,
  });

export type NewAccount = api.NewAccount;

export const signIn = (body: api.SignIn) => api.signIn({ body });
export const signOut = () => api.signOut();
export const signUp = (body: NewAccount) => api.signUp({ body });
export const firstRun = (body: api.FirstRun) => api.makeFirstAdmin({ body });

export const invitationQuery = (secret: string) =>
  queryOptions({
    queryKey: ["invitation", secret],
    queryFn: () => api.previewInvitation({ path: { secret } }),
    retry: false,
  });
export const acceptInvitation = (secret: string, body: NewAccount) =>
  api.acceptInvitation({ path: { secret }, body });

export const askPasswordReset = (email: string) => api.askPasswordReset({ body: { email } });
export const passwordResetQuery = (secret: string) =>
  queryOptions({
    queryKey: ["password-reset", secret],
    queryFn: () => api.previewPasswordReset({ path: { secret } }),
    retry: false,
  });
export const resetPassword = (secret: string, password: string) =>
  api.usePasswordReset({ path: { secret }, body: { password } });

export type MeChange = api.ProfileChange;

export const changeMe = (body: MeChange) => api.changeMe({ body });
export const changePassword = (body: api.PasswordChange) => api.changeMyPassword({ body });
export const putPicture = (file: Blob) => api.putMyPicture({ body: { file } });
export const deletePicture = () => api.deleteMyPicture();

export const sessionsQuery = () =>
  queryOptions({ queryKey: ["sessions"], queryFn: () => api.getSessions() });
export const endSession = (id: string) => api.deleteSession({ path: { session_id: id } });

export const tokensQuery = () =>
  queryOptions({ queryKey: ["tokens"], queryFn: () => api.getTokens() });
export const createToken = (body: api.NewToken) => api.createToken({ body });
export const deleteToken = (id: string) => api.revokeToken({ path: { token_id: id } });

export const invitationsQuery = () =>
  infiniteQueryOptions({
    queryKey: ["invitations"],
    queryFn: ({ pageParam }) => api.getInvitations({ query: { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
export const createInvitation = (body: api.NewInvitation) => api.createInvitation({ body });
export const revokeInvitation = (id: string) =>
  api.revokeInvitation({ path: { invitation_id: id } });
