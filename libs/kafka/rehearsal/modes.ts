/** The three modes in which Koku can connect to an external Kafka. */
import { kafkaAddress } from '@cost-onprem/contracts';
import { commitChange, waitSettled } from '../../../tools/rehearsal/src/argo-cd/index.ts';
import { allWork, hasOwnServers, works, type Check } from '../../../tools/rehearsal/src/checks/index.ts';

/** A cluster's settings of Kafka, apart from the host. The ports are those of `outside/server.properties`. */
const modes: Readonly<Record<string, readonly string[]>> = {
  SASL_PLAINTEXT: [
    'port=9094',
    'security-protocol=SASL_PLAINTEXT',
    'sasl-mechanism=SCRAM-SHA-512',
    'sasl-username=koku',
  ],
  PLAINTEXT: ['port=9092'],
};

/** Sets a cluster's settings of Kafka, apart from the host. */
export const withKafka =
  (lines: readonly string[]) =>
  (text: string): string =>
    text.replace(
      new RegExp(
        String.raw`(- name: ${kafkaAddress.configMap.name}\n(?: {4}(?!literals).*\n)* {4}literals:\n {6}- host=.*\n)(?: {6}- .*\n)*`,
      ),
      `$1${lines.map((line) => `      - ${line}\n`).join('')}`,
    );

/** The cluster itself uses SASL_SSL. */
export const kafkaModes: Check = {
  title: `with Kafka by SASL_PLAINTEXT, and by PLAINTEXT, ${works}`,
  stages: ['node'],
  applies: (rehearsed) => !hasOwnServers(rehearsed),
  order: 650,
  run: async (rehearsed) => {
    const { kubectl, cluster } = rehearsed;
    for (const [mode, lines] of Object.entries(modes)) {
      const commit = commitChange(`clusters/${cluster}/kustomization.yaml`, `Kafka by ${mode}`, withKafka(lines));
      await waitSettled(kubectl, cluster, commit, 600);
      console.log(`         ${mode}`);
      await allWork(rehearsed);
    }
  },
};
