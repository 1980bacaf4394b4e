import { createFileRoute } from "@tanstack/react-router";
import { CertificatePage } from "@/features/courses/certificate/CertificatePage";

function Certificate() {
  return <CertificatePage code={Route.useParams().code} />;
}

/** Open to everybody: whoever is shown a certificate may see whether it is a real one. */
export const Route = createFileRoute("/_auth/certificates/$code")({ component: Certificate });
