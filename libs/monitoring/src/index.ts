import { application } from '@cost-onprem/kit';
import { dashboard } from './dashboard.ts';
import { api } from './rules/api.ts';
import { blindness } from './rules/blindness.ts';
import { certificates } from './rules/certificates.ts';
import { jobs } from './rules/jobs.ts';
import { pods } from './rules/pods.ts';
import { queues } from './rules/queues.ts';
import { uploads } from './rules/uploads.ts';
import { volumes } from './rules/volumes.ts';
import { workloads } from './rules/workloads.ts';
import { valkeyExporter } from './valkey-exporter.ts';

/** What tells people that something is wrong before users do. */
export default application({
  name: 'monitoring',
  bases: {
    '.': {
      workloads: [valkeyExporter],
      rules: [workloads, pods, jobs, queues, uploads, api, volumes, certificates, blindness],
      dashboards: [dashboard],
    },
  },
});
