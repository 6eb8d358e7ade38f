import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { objectMetadata } from './argo-cd.ts';
import { domain } from './labels.ts';
import type { Rule, RuleGroup } from './rules.ts';

const rule = (declared: Rule) =>
  'record' in declared
    ? { record: declared.record, expr: declared.expression }
    : {
        alert: declared.alert,
        expr: declared.expression,
        for: declared.lasts,
        labels: { severity: declared.severity },
        annotations: {
          summary: declared.summary,
          description: declared.description,
          runbook_url: declared.runbook,
        },
      };

/** The alerts and recorded series of one group, as an object for Prometheus. */
export const prometheusRule = ({ name, rules, onlyFor }: RuleGroup, application: string): PrometheusRule =>
  new PrometheusRule({
    metadata: objectMetadata(`${domain}-${name}`, application, 'edge', onlyFor && { onlyFor }),
    spec: { groups: [{ name: `${domain}-${name}`, rules: rules.map(rule) }] },
  });
