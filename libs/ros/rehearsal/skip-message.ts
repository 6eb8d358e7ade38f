import { join } from 'node:path';
import { consumerGroups, kokuApiWrites, rosocpProcessor } from '@cost-onprem/contracts';
import { hasObject, runProgramInPod, runSection, type Check } from '../../../tools/rehearsal/src/checks/index.ts';

const page = 'skip-message.md';
const workload = rosocpProcessor.metrics.workload;
const { group, topic } = consumerGroups[workload];
const partition = 0;

/** What the page asks its reader for. */
const values = (offset: string): string =>
  `group=${group} topic=${topic} workload=${workload} partition=${partition} offset=${offset}`;

/**
 * The consumer is stopped before the message arrives, because the real one would mark it as done, and an understudy joins no
 * group.
 */
export const messageSkipped: Check = {
  title: 'an operator can skip a message that no program can process, once, with the commands of the page',
  stages: ['node'],
  applies: (rehearsed) => hasObject(rehearsed, 'Deployment', workload),
  order: 340,
  run: async (rehearsed) => {
    await runSection(rehearsed, page, 'Stop the consumer', values('0'));
    const file = join(import.meta.dirname, 'message.py');
    const offset = await runProgramInPod(rehearsed.kubectl, kokuApiWrites.http.workload, file, {
      topic,
      partition,
      group,
    });
    const found = await runSection(rehearsed, page, 'Find', values(offset));
    if (!found.includes(`offset ${offset}, `) || !found.includes('not JSON'))
      throw new Error(`the page does not show the message at ${offset}:\n${found}`);
    await runSection(rehearsed, page, 'Skip', values(offset));
    const again = await runSection(rehearsed, page, 'Skip', values(offset)).then(
      () => 'skips one more',
      ({ message }: Error) => message,
    );
    const next = Number(offset) + 1;
    if (!again.includes(`the next message of ${group} in partition ${partition} is ${next}, not ${offset}`))
      throw new Error(`a second run of the command must refuse: ${again}`);
    await runSection(rehearsed, page, 'Start the consumer', values(offset));
  },
};
