import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useFormatter, useTranslations } from "use-intl";
import { ApiError } from "@/api/client";
import { siteQuery } from "@/features/identity/queries";
import { IconCertificate, IconCircleCheckFilled } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import classes from "./Certificate.module.css";
import { certificateQuery } from "./queries";

/** What a certificate says, for whoever was given its address; nobody has to sign in. */
export function CertificatePage({ code }: { code: string }) {
  const t = useTranslations("certificate");
  const common = useTranslations("common");
  const format = useFormatter();
  const { data: site } = useQuery(siteQuery());
  const { data: certificate, error, refetch } = useQuery(certificateQuery(code));
  const isUnknown = error instanceof ApiError && (error.status === 404 || error.status === 422);
  usePageTitle(isUnknown ? t("unknown") : t("title"));
  if (isUnknown) {
    return (
      <Message
        icon={IconCertificate}
        title={t("unknown")}
        heading={1}
        actions={
          <Button component={Link} to="/" variant="default">
            {t("toHome")}
          </Button>
        }
      >
        {t("unknownHint")}
      </Message>
    );
  }
  if (error && !certificate) {
    return <ErrorMessage error={error} heading={1} onRetry={() => void refetch()} />;
  }
  if (!certificate) {
    return (
      <div className={classes.sheet} role="status" aria-label={common("loading")}>
        <Skeleton h={28} w={260} radius="xl" />
        <Skeleton h={18} w={180} mt={16} radius="xl" />
      </div>
    );
  }
  const issued = format.dateTime(new Date(certificate.issued_at), { dateStyle: "long" });
  return (
    <article className={classes.sheet}>
      <IconCertificate size={56} stroke={1.2} aria-hidden />
      <h1>{t("title")}</h1>
      <p className={classes.valid}>
        <IconCircleCheckFilled size={20} aria-hidden /> {t("valid", { site: site?.name ?? "" })}
      </p>
      <dl>
        <div>
          <dt>{t("name")}</dt>
          <dd className={classes.name}>{certificate.person_name}</dd>
        </div>
        <div>
          <dt>{t("course")}</dt>
          <dd>{certificate.course_title}</dd>
        </div>
        <div>
          <dt>{t("issued")}</dt>
          <dd>{issued}</dd>
        </div>
        <div>
          <dt>{t("code")}</dt>
          <dd className="tabular">{certificate.code}</dd>
        </div>
      </dl>
    </article>
  );
}
