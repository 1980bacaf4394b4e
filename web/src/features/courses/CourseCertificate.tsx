import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { CoursePage } from "@/api/types";
import { useErrorText } from "@/ui/errors";
import { IconCertificate } from "@/ui/icons";
import { toastError } from "@/ui/toasts";
import { CertificateButtons } from "./CertificateButtons";
import classes from "./CoursePage.module.css";
import { claimCertificate, refreshCourses } from "./queries";

interface CourseCertificateProps {
  course: CoursePage;
}

/**
 * One's own certificate. It stays when lessons are added or one stops taking the course; and
 * who completed the course because lessons were taken out of it has to ask for theirs.
 */
export function CourseCertificate({ course }: CourseCertificateProps) {
  const t = useTranslations("certificate");
  const text = useErrorText();
  const queries = useQueryClient();
  const claim = useMutation({
    mutationFn: () => claimCertificate(course.id),
    onSuccess: () => refreshCourses(queries),
    onError: (error) => toastError(text(error)),
  });
  const code = course.certificate_code;
  if (code === null && course.percent !== 100) return null;
  return (
    <section className={classes.actions} aria-label={t("yours")}>
      {code === null ? (
        <Button
          variant="default"
          radius="xl"
          leftSection={<IconCertificate size={18} />}
          loading={claim.isPending}
          onClick={() => claim.mutate()}
        >
          {t("claim")}
        </Button>
      ) : (
        <CertificateButtons code={code} variant="default" />
      )}
    </section>
  );
}
