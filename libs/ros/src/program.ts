/** What the programs of ROS have in common. */
import { trustedCa } from '@cost-onprem/contracts';
import type { Endpoint, Env, Probes } from '@cost-onprem/kit';
import { image } from './image.ts';
import { rosSettings } from './settings.ts';

export const program = {
  image,
  // The programs open their files by relative names.
  workingDirectory: '/',
  settings: [rosSettings],
  contributions: [trustedCa],
} as const;

/** The port for Prometheus. */
export const metricsEnvironment = ({ number }: Endpoint): Env => ({ PROMETHEUS_PORT: String(number) });

/** A program without an API answers at its metrics only (tools/documentation/facts/ros.md#probes). */
export const probes = (get: `/${string}`, on: Endpoint): Probes => ({
  startup: { check: { get, on }, every: 5, timeout: 5, failures: 60 },
  readiness: { check: { get, on }, every: 10, timeout: 5, failures: 3 },
  liveness: { check: { get, on }, every: 20, timeout: 10, failures: 5 },
});
