/** What an operator may want to change of ingress (tools/documentation/facts/ingress.md#variables). */
import { buckets } from '@cost-onprem/contracts';
import { mergeable } from '@cost-onprem/kit/vocabulary';

export const ingressSettings = mergeable({
  name: 'ingress-settings',
  purpose: 'Settings of ingress, which takes uploads.',
  settings: {
    // Here, because a variable of the container overrides it if a bucket claim gives the name.
    INGRESS_STAGEBUCKET: { value: buckets.ingress, purpose: 'Bucket of the uploads.', setBy: 'stack' },
    INGRESS_LOGLEVEL: {
      value: 'INFO',
      purpose: 'Level of the log. DEBUG logs each request.',
      type: 'DEBUG, INFO or ERROR',
      pattern: /DEBUG|INFO|ERROR/,
    },
    INGRESS_DENY_LISTED_ORGIDS: {
      purpose: 'Organisations whose uploads are refused. Default: none.',
      type: 'identifiers of organisations, separated by spaces',
      pattern: /\S+( \S+)*/,
    },
  },
});
