/** ingress, which takes uploads: its endpoints, and how large an upload may be. */
import { endpoints } from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';

/**
 * 3000 is the program's default (tools/documentation/facts/ingress.md#port-and-paths). The port for metrics is the same as
 * in Koku, because the program takes it from a variable.
 */
export const ingress = endpoints('ingress', { http: 3000, metrics: 9000 });

/**
 * Mi of one upload: the metrics operator sends no larger file by default (tools/documentation/facts/ingress.md#size-of-an-upload).
 * Limits and folders of the gateway, ingress and the repair follow from it.
 */
export const largestUpload = 100;

/** The content type of an upload's file, as the metrics operator sends it (tools/documentation/facts/ingress.md#an-upload). */
export const uploadType = 'application/vnd.redhat.hccm.tar+tgz';

/**
 * Uploads of more than ten megabytes that each gateway passes on at once: each takes up to 230 Mi of memory in ingress
 * (tools/documentation/facts/ingress.md#memory). Most uploads are far smaller.
 */
export const largeUploadsAtOnce = 3;

/** Seconds that one upload may take. Time-outs of routers, the gateway and the shutdown of ingress follow from it. */
export const uploadTimeout = 180;

export const ingressContract = contract({ replicated: [ingress.http.workload] });
