import { NumberInput, type NumberInputProps } from "@mantine/core";
import { GIGABYTE } from "./format";

interface BytesInputProps extends Omit<NumberInputProps, "value" | "onChange"> {
  /** Bytes; null for none. */
  value: number | null;
  onChange: (bytes: number | null) => void;
}

/** A size in gigabytes, kept in bytes. */
export function BytesInput({ value, onChange, ...rest }: BytesInputProps) {
  return (
    <NumberInput
      min={0}
      decimalScale={3}
      suffix=" GB"
      value={value === null ? "" : value / GIGABYTE}
      onChange={(given) => onChange(given === "" ? null : Math.round(Number(given) * GIGABYTE))}
      {...rest}
    />
  );
}
