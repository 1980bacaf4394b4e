type Value = string | number | boolean | null | Value[];

/** One value that became another; `name` is null where the action itself says which. */
export interface Change {
  name: string | null;
  from: Value;
  to: Value;
}

/** What an entry of the audit log tells of values before and after, and of fields alone. */
export function readDetail(detail: Record<string, unknown>): {
  changes: Change[];
  fields: string[];
} {
  const fields = Array.isArray(detail.fields) ? detail.fields.map(String) : [];
  const whole = asChange(null, detail);
  if (whole) return { changes: [whole], fields };
  const changes = Object.entries(detail).map(([name, value]) => asChange(name, value));
  return { changes: changes.filter((change) => change !== null), fields };
}

function asChange(name: string | null, value: unknown): Change | null {
  if (typeof value !== "object" || value === null) return null;
  if (!("from" in value && "to" in value)) return null;
  return { name, from: value.from as Value, to: value.to as Value };
}
