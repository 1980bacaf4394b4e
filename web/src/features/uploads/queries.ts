import { queryOptions } from "@tanstack/react-query";
import * as api from "@/api/gen";

export const createVideo = (body: api.NewVideo) => api.createVideo({ body });

export const unfinishedQuery = () =>
  queryOptions({ queryKey: ["uploads"], queryFn: () => api.listMyUnfinishedUploads() });

export const quotaQuery = () =>
  queryOptions({ queryKey: ["quota"], queryFn: () => api.readMyQuota() });
