import { useTranslations } from "use-intl";
import type { CoursePage } from "@/api/types";
import { IconCertificate } from "@/ui/icons";
import { CertificateButtons } from "../CertificateButtons";
import classes from "./Lesson.module.css";

interface FinishedProps {
  course: CoursePage;
}

/** That a course is done, with the certificate to take home; nothing until then. */
export function Finished({ course }: FinishedProps) {
  const t = useTranslations("certificate");
  const { certificate_code: code } = course;
  if (course.percent !== 100 || code === null) return null;
  return (
    <section className={classes.finished} aria-label={t("yours")}>
      <IconCertificate size={40} stroke={1.3} aria-hidden />
      <div role="status">
        <h2>{t("done")}</h2>
        <p>{t("doneHint", { title: course.title })}</p>
      </div>
      <div className={classes.finishedButtons}>
        <CertificateButtons code={code} variant="filled" />
      </div>
    </section>
  );
}
