#!/usr/bin/env node
/** Command: times fleets of clusters, and shows whether the time per cluster grows with their number. */
import { defineCommand, runMain } from 'citty';
import { measureFleet, type FleetTime } from './measure.ts';
import { compare, type Side } from './rival.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';

const row = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(14)).join('');
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
const each = (milliseconds: number, size: number): string => `${Math.round(milliseconds / size)} ms`;

const fleetRow = ({ size, cold, cached }: FleetTime): string =>
  row([String(size), seconds(cold), each(cold, size), seconds(cached), each(cached, size)]);

const perObject = ({ objects, milliseconds }: Side): number => milliseconds / objects;

const rivalLine = (title: string, side: Side): string =>
  `${title}: ${side.objects} objects in ${Math.round(side.milliseconds)} ms, ${perObject(side).toFixed(2)} ms each`;

const against = async (chart: string): Promise<void> => {
  const { ours, theirs } = await compare(chart);
  console.log(`\n${rivalLine('kustomize build + kubeconform, example-openshift-production', ours)}`);
  console.log(rivalLine('helm template + kubeconform of the chart', theirs));
  console.log(`ratio per object, theirs to ours: ${(perObject(theirs) / perObject(ours)).toFixed(2)}`);
};

const command = defineCommand({
  meta: { name: 'bench', description: 'Time generate, render and validate for fleets of clusters, cold and cached.' },
  args: {
    sizes: { type: 'string', default: '10,100,1000', description: 'Numbers of clusters, separated by commas.' },
    against: { type: 'string', required: false, description: 'A Helm chart to compare with: time per object.' },
  },
  run: withPlainErrors(async ({ args }) => {
    const sizes = args.sizes.split(',').map(Number);
    if (!sizes.every((size) => Number.isInteger(size) && size > 0 && size < 10_000)) {
      throw new Error(`--sizes ${args.sizes}: must be numbers from 1 to 9999, separated by commas`);
    }
    console.log(row(['clusters', 'cold', 'each', 'cached', 'each']));
    for (const size of sizes) console.log(fleetRow(await measureFleet(size)));
    if (args.against) await against(args.against);
  }),
});

await runMain(command);
