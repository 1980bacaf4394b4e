import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "./icons";

interface FormErrorProps {
  text: string | null;
}

/** Why the server refused, where one sees it before trying again. */
export function FormError({ text }: FormErrorProps) {
  if (!text) return null;
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} role="alert">
      {text}
    </Alert>
  );
}
