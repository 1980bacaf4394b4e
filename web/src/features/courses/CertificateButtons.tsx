import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { IconDownload } from "@/ui/icons";

interface CertificateButtonsProps {
  code: string;
  variant: "filled" | "default";
}

/** A certificate to take home, and the page on which others check it. */
export function CertificateButtons({ code, variant }: CertificateButtonsProps) {
  const t = useTranslations("certificate");
  return (
    <>
      <Button
        component="a"
        href={`/api/certificates/${code}/pdf`}
        download={`certificate-${code}.pdf`}
        variant={variant}
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
    </>
  );
}
