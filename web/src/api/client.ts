/** Sets up the generated client: our own origin, and every refusal as an `ApiError`. */

import { client } from "./gen/client.gen";

export interface ProblemField {
  field: string;
  message: string;
}

/** A problem document (RFC 9457), or the code `network` when no reply came at all. */
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

/** Turns what came back, or that nothing did, into the one kind of error. */
export function toApiError(thrown: unknown, response: Response | undefined): unknown {
  if (thrown instanceof DOMException && thrown.name === "AbortError") return thrown;
  if (!response) return new ApiError(0, { code: "network" });
  const isDocument = typeof thrown === "object" && thrown !== null;
  return new ApiError(response.status, isDocument ? (thrown as Record<string, unknown>) : {});
}

let onSignedOut: () => void = () => undefined;

/** Called when the server no longer knows the session. */
export function whenSignedOut(callback: () => void): void {
  onSignedOut = callback;
}

client.interceptors.error.use((thrown, response) => {
  const error = toApiError(thrown, response);
  if (error instanceof ApiError && error.status === 401 && error.code === "sign_in_required") {
    onSignedOut();
  }
  return error;
});
