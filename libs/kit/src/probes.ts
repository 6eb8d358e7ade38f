import type { IProbe } from 'kubernetes-models/v1';
import type { Probe, Probes } from './vocabulary.ts';

const action = ({ check }: Probe): IProbe => {
  if ('get' in check) return { httpGet: { path: check.get, port: check.on.port } };
  if ('run' in check) return { exec: { command: [...check.run] } };
  return { tcpSocket: { port: check.connectTo.port } };
};

const probe = (declaration: Probe): IProbe => ({
  ...action(declaration),
  periodSeconds: declaration.every,
  timeoutSeconds: declaration.timeout,
  failureThreshold: declaration.failures,
});

/** The probes of the main container. */
export const probes = ({ startup, readiness, liveness }: Probes = {}) => ({
  ...(startup && { startupProbe: probe(startup) }),
  ...(readiness && { readinessProbe: probe(readiness) }),
  ...(liveness && { livenessProbe: probe(liveness) }),
});
