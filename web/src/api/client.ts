/** Talks to our own server: JSON in, JSON out, problems as `ApiError`. */

export interface ProblemField {
  field: string;
  message: string;
}

/** A problem document (RFC 9457), or `network` when no reply came at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string | undefined;
  readonly fields: Record<string, unknown>;

  constructor(status: number, problem: Record<string, unknown>) {
    const { code, title, detail, ...fields } = problem;
    super(typeof title === "string" ? title : "Request failed");
    this.name = "ApiError";
    this.status = status;
    this.code = typeof code === "string" ? code : "internal_error";
    this.detail = typeof detail === "string" ? detail : undefined;
    this.fields = fields;
  }

  /** What is wrong with single fields of a form. */
  get problems(): ProblemField[] {
    return Array.isArray(this.fields.errors) ? (this.fields.errors as ProblemField[]) : [];
  }
}

export const networkError = (): ApiError => new ApiError(0, { code: "network", title: "Offline" });

/** Reads a reply's problem document; a reply of another kind becomes `internal_error`. */
export async function readProblem(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const problem = body && typeof body === "object" ? (body as Record<string, unknown>) : {};
  return new ApiError(response.status, problem);
}

type Query = Record<string, string | number | boolean | null | undefined>;

interface RequestOptions {
  query?: Query;
  body?: unknown;
  /** Lets the request outlive the page, for what is sent on leaving. */
  keepalive?: boolean;
  signal?: AbortSignal;
}

export function withQuery(path: string, query?: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== "") params.set(name, String(value));
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

let onSignedOut: () => void = () => undefined;

/** Called when the server no longer knows the session. */
export function whenSignedOut(callback: () => void): void {
  onSignedOut = callback;
}

export async function request<T>(
  method: string,
  path: string,
  { query, body, keepalive, signal }: RequestOptions = {},
): Promise<T> {
  const isForm = body instanceof FormData;
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined && !isForm) headers["Content-Type"] = "application/json";
  const response = await fetch(withQuery(path, query), {
    method,
    headers,
    credentials: "same-origin",
    body: body === undefined ? undefined : isForm ? body : JSON.stringify(body),
    keepalive,
    signal,
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw networkError();
  });
  if (!response.ok) {
    const error = await readProblem(response);
    if (error.status === 401 && error.code === "sign_in_required") onSignedOut();
    throw error;
  }
  if (response.status === 204 || response.headers.get("content-length") === "0") {
    return undefined as T;
  }
  return (await response.json()) as T;
}

export const http = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) =>
    request<T>("GET", path, { query, signal }),
  post: <T>(path: string, body?: unknown) => request<T>("POST", path, { body }),
  put: <T>(path: string, body?: unknown, keepalive?: boolean) =>
    request<T>("PUT", path, { body, keepalive }),
  patch: <T>(path: string, body: unknown) => request<T>("PATCH", path, { body }),
  delete: (path: string, query?: Query) => request<void>("DELETE", path, { query }),
};
