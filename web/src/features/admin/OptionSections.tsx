import {
  Button,
  Checkbox,
  FileButton,
  Group,
  Input,
  NumberInput,
  Select,
  Switch,
  TagsInput,
  TextInput,
} from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "use-intl";
import type { SiteOptions } from "@/api/types";
import { siteQuery } from "@/features/identity/queries";
import { BytesInput } from "@/ui/BytesInput";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { Section } from "@/ui/Section";
import sections from "@/ui/Section.module.css";
import classes from "./Options.module.css";
import { deleteLogo, putLogo } from "./queries";

interface OptionsProps {
  form: UseFormReturnType<SiteOptions>;
}

const check = { type: "checkbox" } as const;
const JOINING = ["invitation", "open", "closed"] as const;
const UPLOADERS = ["everyone", "admins"] as const;
const FORMATS = ["mp4", "mov", "avi", "mkv", "webm"];
const HEIGHTS = [240, 360, 480, 720, 1080];
const PRESETS = ["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow"];
/** A Sunday; the days after it follow. */
const SUNDAY = Date.UTC(2026, 0, 4);
const DAY_MS = 24 * 3600 * 1000;

/** The logo is a file and is kept at once, not with the form. */
function Logo() {
  const t = useTranslations("admin");
  const text = useErrorText();
  const queries = useQueryClient();
  const { data: site } = useQuery(siteQuery());
  const refresh = () => queries.invalidateQueries({ queryKey: siteQuery().queryKey });
  const put = useMutation({ mutationFn: putLogo, onSuccess: refresh });
  const remove = useMutation({ mutationFn: deleteLogo, onSuccess: refresh });
  const error = put.error ?? remove.error;
  return (
    <Input.Wrapper label={t("logo")} description={t("logoHint")} labelElement="div">
      <Group mt={6} gap="sm">
        {site?.logo_url && <img className={classes.logo} src={site.logo_url} alt={t("logo")} />}
        <FileButton
          accept="image/png,image/jpeg,image/webp,image/gif"
          onChange={(file) => file && put.mutate(file)}
        >
          {(props) => (
            <Button {...props} variant="default" loading={put.isPending}>
              {site?.logo_url ? t("changeLogo") : t("addLogo")}
            </Button>
          )}
        </FileButton>
        {site?.logo_url && (
          <Button
            variant="subtle"
            color="gray"
            loading={remove.isPending}
            onClick={() => remove.mutate()}
          >
            {t("removeLogo")}
          </Button>
        )}
      </Group>
      <FormError text={error && text(error)} />
    </Input.Wrapper>
  );
}

export function SiteSection({ form }: OptionsProps) {
  const t = useTranslations("admin");
  return (
    <Section title={t("site")}>
      <div className={sections.form}>
        <TextInput label={t("siteName")} maxLength={100} {...form.getInputProps("site_name")} />
        <Logo />
        <Select
          label={t("joining")}
          allowDeselect={false}
          data={JOINING.map((value) => ({ value, label: t(`joinings.${value}`) }))}
          {...form.getInputProps("joining")}
        />
        <Switch
          label={t("membersMayInvite")}
          {...form.getInputProps("members_may_invite", check)}
        />
        {form.values.members_may_invite && (
          <NumberInput
            label={t("invitationBudget")}
            description={t("invitationBudgetHint")}
            min={0}
            allowDecimal={false}
            {...form.getInputProps("invitation_budget")}
          />
        )}
      </div>
    </Section>
  );
}

function useDays() {
  const locale = useLocale();
  const name = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  return Array.from({ length: 7 }, (_, day) => ({
    value: String(day),
    label: name.format(SUNDAY + day * DAY_MS),
  }));
}

export function UploadOptions({ form }: OptionsProps) {
  const t = useTranslations("admin");
  const days = useDays();
  const size = (name: "max_file_size_bytes" | "weekly_upload_limit_bytes") => ({
    value: form.values[name],
    error: form.errors[name],
    onChange: (bytes: number | null) => form.setFieldValue(name, bytes ?? 0),
  });
  return (
    <Section title={t("uploads")} hint={t("uploadsHint")}>
      <div className={sections.form}>
        <Select
          label={t("whoMayUpload")}
          allowDeselect={false}
          data={UPLOADERS.map((value) => ({ value, label: t(`uploaders.${value}`) }))}
          {...form.getInputProps("who_may_upload")}
        />
        <div className={sections.pair}>
          <BytesInput label={t("maxFileSize")} {...size("max_file_size_bytes")} />
          <BytesInput label={t("weeklyLimit")} {...size("weekly_upload_limit_bytes")} />
        </div>
        <div className={sections.pair}>
          <Select
            label={t("resetDay")}
            allowDeselect={false}
            data={days}
            value={String(form.values.quota_reset_day)}
            onChange={(day) => form.setFieldValue("quota_reset_day", Number(day))}
          />
          <NumberInput
            label={t("resetHour")}
            min={0}
            max={23}
            allowDecimal={false}
            {...form.getInputProps("quota_reset_hour")}
          />
        </div>
        <Select
          label={t("resetZone")}
          searchable
          allowDeselect={false}
          data={[
            ...new Set([
              form.values.quota_reset_timezone,
              "UTC",
              ...Intl.supportedValuesOf("timeZone"),
            ]),
          ]}
          {...form.getInputProps("quota_reset_timezone")}
        />
        <Checkbox.Group label={t("formats")} {...form.getInputProps("accepted_video_formats")}>
          <div className={classes.checks}>
            {FORMATS.map((format) => (
              <Checkbox key={format} value={format} label={format.toUpperCase()} />
            ))}
          </div>
        </Checkbox.Group>
      </div>
    </Section>
  );
}

export function MediaOptions({ form }: OptionsProps) {
  const t = useTranslations("admin");
  return (
    <Section title={t("media")} hint={t("mediaHint")}>
      <div className={sections.form}>
        <Checkbox.Group
          label={t("ladder")}
          value={form.values.ladder_heights.map(String)}
          onChange={(heights) =>
            form.setFieldValue(
              "ladder_heights",
              heights.map(Number).toSorted((a, b) => a - b),
            )
          }
        >
          <div className={classes.checks}>
            {[...new Set([...HEIGHTS, ...form.values.ladder_heights])]
              .toSorted((a, b) => a - b)
              .map((height) => (
                <Checkbox key={height} value={String(height)} label={`${height}p`} />
              ))}
          </div>
        </Checkbox.Group>
        <Select
          label={t("preset")}
          description={t("presetHint")}
          allowDeselect={false}
          data={[...new Set([...PRESETS, form.values.encoder_preset])]}
          {...form.getInputProps("encoder_preset")}
        />
        <NumberInput
          label={t("completion")}
          description={t("completionHint")}
          min={1}
          max={100}
          allowDecimal={false}
          suffix=" %"
          {...form.getInputProps("completion_threshold")}
        />
        <Switch
          label={t("keepOriginals")}
          description={t("keepOriginalsHint")}
          {...form.getInputProps("keep_originals", check)}
        />
      </div>
    </Section>
  );
}

export function ModerationOptions({ form }: OptionsProps) {
  const t = useTranslations("admin");
  return (
    <Section title={t("moderation")} hint={t("moderationHint")}>
      <TagsInput
        label={t("moderationWords")}
        description={t("moderationWordsHint")}
        maxTags={1000}
        splitChars={[","]}
        acceptValueOnBlur
        clearable
        {...form.getInputProps("moderation_words")}
      />
    </Section>
  );
}
