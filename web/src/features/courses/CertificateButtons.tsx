import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { DownloadButton } from "@/ui/DownloadButton";

interface CertificateButtonsProps {
  code: string;
  variant: "filled" | "default";
}

/** A certificate to take home, and the page on which others check it. */
export function CertificateButtons({ code, variant }: CertificateButtonsProps) {
  const t = useTranslations("certificate");
  return (
    <>
      <DownloadButton
        href={`/api/certificates/${code}/pdf`}
        fileName={`certificate-${code}.pdf`}
        variant={variant}
      >
        {t("download")}
      </DownloadButton>
      <Button
        variant="default"
        radius="xl"
        renderRoot={(props) => <Link to="/certificates/$code" params={{ code }} {...props} />}
      >
        {t("check")}
      </Button>
    </>
  );
}
