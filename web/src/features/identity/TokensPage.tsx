import {
  ActionIcon,
  Alert,
  Button,
  Checkbox,
  Code,
  Group,
  Skeleton,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Token, TokenScope } from "@/api/types";
import { useConfirm } from "@/ui/Confirm";
import { CopyButton } from "@/ui/CopyButton";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { IconKey, IconPlus, IconTrash } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import { Section } from "@/ui/Section";
import sections from "@/ui/Section.module.css";
import { toastError } from "@/ui/toasts";
import { useFormats } from "@/ui/useFormats";
import { createToken, deleteToken, meQuery, tokensQuery } from "./queries";

const SCOPES: TokenScope[] = ["read", "write", "upload"];

interface NewTokenProps {
  onClose: () => void;
}

/** Makes a token and shows it this once. */
function NewToken({ onClose }: NewTokenProps) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const text = useErrorText();
  const queries = useQueryClient();
  const { data: me } = useQuery(meQuery());
  const scopes: TokenScope[] = me?.role === "admin" ? [...SCOPES, "admin", "stream"] : SCOPES;
  const form = useForm({
    initialValues: { name: "", scopes: ["read"] as TokenScope[] },
    validate: {
      name: (value) => (value.trim() ? null : t("tokenNameNeeded")),
      scopes: (value) => (value.length > 0 ? null : t("tokenScopeNeeded")),
    },
  });
  const make = useMutation({
    mutationFn: createToken,
    onSuccess: () => queries.invalidateQueries({ queryKey: tokensQuery().queryKey }),
  });
  return (
    <Dialog onClose={onClose} title={t("newToken")}>
      {make.data ? (
        <Stack>
          <Alert color="glow" icon={<IconKey size={18} />}>
            {t("tokenOnce")}
          </Alert>
          <Code block style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
            {make.data.token}
          </Code>
          <Group justify="flex-end">
            <CopyButton value={make.data.token} label={t("copyToken")} />
            <Button onClick={onClose}>{common("done")}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={form.onSubmit((values) => make.mutate(values))}>
          <Stack>
            <TextInput
              label={t("tokenName")}
              placeholder={t("tokenNameExample")}
              maxLength={100}
              data-autofocus
              {...form.getInputProps("name")}
            />
            <Checkbox.Group label={t("tokenScopes")} {...form.getInputProps("scopes")}>
              <Stack gap="xs" mt={6}>
                {scopes.map((scope) => (
                  <Checkbox key={scope} value={scope} label={t(`scopes.${scope}`)} />
                ))}
              </Stack>
            </Checkbox.Group>
            <FormError text={make.error && text(make.error)} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {common("cancel")}
              </Button>
              <Button type="submit" loading={make.isPending}>
                {t("makeToken")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}

function TokenRow({ token }: { token: Token }) {
  const t = useTranslations("account");
  const { day, ago } = useFormats();
  const text = useErrorText();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteToken(token.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: tokensQuery().queryKey }),
    onError: (error) => toastError(text(error)),
  });
  const ask = async () => {
    const isSure = await confirm({
      title: t("revokeTokenTitle"),
      text: t("revokeTokenText", { name: token.name }),
      action: t("revokeToken"),
    });
    if (isSure) remove.mutate();
  };
  return (
    <li>
      <IconKey size={24} stroke={1.4} />
      <div className={sections.words}>
        <p className={sections.name}>{token.name}</p>
        <p className={sections.note}>
          {token.scopes.map((scope) => t(`scopeNames.${scope}`)).join(", ")} ·{" "}
          {t("made", { when: day(token.created_at) })} ·{" "}
          {token.last_used_at ? t("lastUsed", { when: ago(token.last_used_at) }) : t("neverUsed")}
        </p>
      </div>
      <ActionIcon
        aria-label={t("revokeTokenOf", { name: token.name })}
        loading={remove.isPending}
        onClick={() => void ask()}
      >
        <IconTrash size={20} stroke={1.7} />
      </ActionIcon>
    </li>
  );
}

export function TokensPage() {
  const t = useTranslations("account");
  usePageTitle(t("tokens"));
  const { data: tokens, error, refetch } = useQuery(tokensQuery());
  const [isMaking, setMaking] = useState(false);
  return (
    <Section
      title={t("tokens")}
      hint={t("tokensHint")}
      action={
        <Button leftSection={<IconPlus size={18} />} onClick={() => setMaking(true)}>
          {t("newToken")}
        </Button>
      }
    >
      {error && !tokens && (
        <ErrorMessage error={error} onRetry={() => void refetch()} heading={3} />
      )}
      {!error && !tokens && <Skeleton h={60} radius="md" />}
      {tokens?.items.length === 0 && (
        <Message icon={IconKey} title={t("noTokens")} heading={3}>
          <Text inherit component="span">
            {t("noTokensHint")}
          </Text>
        </Message>
      )}
      {tokens && tokens.items.length > 0 && (
        <ul className={sections.rows}>
          {tokens.items.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </ul>
      )}
      {isMaking && <NewToken onClose={() => setMaking(false)} />}
    </Section>
  );
}
