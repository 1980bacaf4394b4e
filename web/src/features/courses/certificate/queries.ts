import { queryOptions } from "@tanstack/react-query";
import * as api from "@/api/gen";

export const certificateQuery = (code: string) =>
  queryOptions({
    queryKey: ["certificates", code],
    queryFn: () => api.checkCertificate({ path: { code } }),
  });
