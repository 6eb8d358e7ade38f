import { application } from '@cost-onprem/kit';
import { ingress } from './ingress.ts';
import { ingressSettings } from './settings.ts';

/** ingress, which takes the uploads of clusters. */
export default application({
  name: 'ingress',
  bases: { '.': { workloads: [ingress], settings: [ingressSettings] } },
});
