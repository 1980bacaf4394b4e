import { Text, UnstyledButton } from "@mantine/core";
import { useTranslations } from "use-intl";
import type { AuditLogEntry, PersonLook } from "@/api/gen";
import type en from "@/i18n/en";
import { Avatar } from "@/ui/Avatar";
import sections from "@/ui/Section.module.css";
import { useFormats } from "@/ui/useFormats";
import { type Change, readDetail } from "./auditDetail";

const NOBODY = { display_name: "?", picture_url: null, initials_color: "#57524a" };

/** What was done, as a sentence without its subject; an unknown action by its own name. */
function useDeedText(): (entry: AuditLogEntry) => string {
  const t = useTranslations("audit");
  return ({ action, target, detail }) => {
    const key = `actions.${action}` as "actions.member.disabled";
    const name = typeof detail.name === "string" ? detail.name : null;
    const about = { target: target?.display_name ?? name ?? t("unnamed") };
    return t.has(key) ? t(key, about) : action;
  };
}

/** One line that says which values changed, and to what. */
function useChangesText(): (detail: Record<string, unknown>) => string {
  const t = useTranslations("audit");
  const admin = useTranslations("admin");
  const { bytes } = useFormats();
  const label = (name: string) => {
    const key = `fields.${name}` as `fields.${keyof typeof en.audit.fields}`;
    return t.has(key) ? t(key) : name;
  };
  const say = (name: string | null, value: Change["from"]): string => {
    if (value === null) return t("unset");
    if (typeof value === "boolean") return t(value ? "yes" : "no");
    if (Array.isArray(value)) return value.map((one) => say(name, one)).join(", ") || t("unset");
    if (typeof value === "number") {
      return name === null || name.endsWith("_bytes") ? bytes(value) : String(value);
    }
    const role = `roles.${value}` as "roles.member";
    return name === null && admin.has(role) ? admin(role) : value;
  };
  return (detail) => {
    const { changes, fields } = readDetail(detail);
    const told = changes.map(({ name, from, to }) => {
      const values = `${say(name, from)} → ${say(name, to)}`;
      return name === null ? values : `${label(name)}: ${values}`;
    });
    return [...told, fields.map(label).join(", ")].filter(Boolean).join(" · ");
  };
}

interface AuditEntryRowProps {
  entry: AuditLogEntry;
  onPick: (person: PersonLook) => void;
}

export function AuditEntryRow({ entry, onPick }: AuditEntryRowProps) {
  const t = useTranslations("audit");
  const { moment } = useFormats();
  const deed = useDeedText();
  const changes = useChangesText();
  const { actor } = entry;
  const more = changes(entry.detail);
  return (
    <li>
      <Avatar person={actor ?? NOBODY} size={36} />
      <div className={sections.words}>
        <p className={sections.name}>
          {actor ? (
            <UnstyledButton
              fw={650}
              fz="inherit"
              aria-label={t("onlyOf", { name: actor.display_name })}
              onClick={() => onPick(actor)}
            >
              {actor.display_name}
            </UnstyledButton>
          ) : (
            t("gone")
          )}{" "}
          <Text span inherit fw={400}>
            {deed(entry)}
          </Text>
        </p>
        <p className={sections.note}>
          <time dateTime={entry.created_at}>{moment(entry.created_at)}</time>
          {more && ` · ${more}`}
        </p>
      </div>
    </li>
  );
}
