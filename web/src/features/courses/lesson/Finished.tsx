import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import type { CoursePage } from "@/api/types";
import { IconCertificate, IconDownload } from "@/ui/icons";
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
        <Button
          component="a"
          href={`/api/certificates/${code}/pdf`}
          download={`certificate-${code}.pdf`}
          radius="xl"
          leftSection={<IconDownload size={18} />}
        >
          {t("download")}
        </Button>
        <Button
          variant="default"
          radius="xl"
          renderRoot={(props) => <Link to="/certificates/$code" params={{ code }} {...props} />}
        >
          {t("check")}
        </Button>
      </div>
    </section>
  );
}
