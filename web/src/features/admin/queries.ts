import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import * as api from "@/api/gen";

export const optionsQuery = () =>
  queryOptions({ queryKey: ["admin", "options"], queryFn: () => api.getOptions() });
export const changeOptions = (body: api.OptionsChange) => api.patchOptions({ body });
export const putLogo = (file: Blob) => api.putSiteLogo({ body: { file } });
export const deleteLogo = () => api.deleteSiteLogo();

export const membersQuery = (query: string) =>
  infiniteQueryOptions({
    queryKey: ["admin", "members", query],
    queryFn: ({ pageParam }) => api.listMembers({ query: { query, cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export type MemberChange = api.MemberChange;
export const changeMember = (id: string, body: MemberChange) =>
  api.changeMember({ path: { member_id: id }, body });
export const makeResetLink = (id: string) => api.makePasswordReset({ path: { member_id: id } });

interface AuditLogAsked {
  actor: string | null;
  kind: string | null;
}

export const auditLogQuery = (asked: AuditLogAsked) =>
  infiniteQueryOptions({
    queryKey: ["admin", "audit-log", asked],
    queryFn: ({ pageParam }) => api.listAuditLog({ query: { ...asked, cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const streamVideosQuery = () =>
  infiniteQueryOptions({
    queryKey: ["admin", "stream-videos"],
    queryFn: ({ pageParam }) => api.listStreamVideos({ query: { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
export const putIntoLibrary = (uid: string) => api.putIntoLibrary({ path: { uid }, body: {} });
export const putIntoLesson = (uid: string, body: api.IntoLesson) =>
  api.putIntoLesson({ path: { uid }, body });

/** All courses, to choose from. */
export const everyCourseQuery = () =>
  queryOptions({
    queryKey: ["courses", "list", "to choose from"],
    queryFn: async () => {
      const courses: api.CourseCard[] = [];
      let cursor: string | null | undefined = null;
      do {
        const page: api.PageCourseCard = await api.listCourses({ query: { cursor, limit: 100 } });
        courses.push(...page.items);
        cursor = page.next_cursor;
      } while (cursor);
      return courses;
    },
  });
