/** What the cluster generator may be told, as Nx reads it: an argument for each choice, and what is no choice. */
import { choices, type Choice } from '../../tools/clusters/src/layers.ts';

const choiceProperty = ({ folder, remark, standard }: Choice): object => ({
  type: 'string',
  description: `A folder of overlays/${folder}.`,
  ...(standard === undefined
    ? { 'x-prompt': `Which folder of overlays/${folder} says ${remark}?` }
    : { default: standard }),
});

/** The JSON schema. */
export const clusterSchema = (): object => ({
  $schema: 'https://json-schema.org/draft-07/schema',
  $id: 'cluster',
  title: 'A cluster',
  description: 'Adds clusters/<name>/kustomization.yaml, which Argo CD then finds by itself.',
  type: 'object',
  additionalProperties: false,
  properties: {
    name: {
      type: 'string',
      description: 'Name of the folder and of the cluster in Argo CD.',
      $default: { $source: 'argv', index: 0 },
      'x-prompt': "What is the cluster's name in Argo CD?",
    },
    host: {
      type: 'string',
      description: 'Public host name, such as cost.apps.example.com.',
      'x-prompt': 'Under which host name will it be reached?',
    },
    ...Object.fromEntries(choices.map((choice) => [choice.argument, choiceProperty(choice)])),
    options: {
      type: 'string',
      description: 'Folders of overlays/options, with commas between them; their order does not matter.',
      default: '',
    },
    settings: {
      type: 'array',
      items: { type: 'string' },
      description:
        'What a choice asks the cluster for, as <ConfigMap>.<key>=<value>: kafka-endpoint.host=kafka.example.com. Repeat it, or put commas between; values may contain commas.',
      default: [],
    },
    description: {
      type: 'string',
      description: 'One sentence about the cluster, for the first line of its file.',
    },
  },
  required: ['name'],
});
