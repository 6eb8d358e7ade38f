/** The place of an overlay in a cluster's file. */
import { expect, test } from 'vitest';
import { repository } from '../../repository/src/repository.ts';
import { inOrder, readOverlays, withOverlay, type Overlays } from '../src/overlays.ts';

const overlays: Overlays = {
  ...readOverlays(repository),
  options: { adding: 'adds', patching: 'patches', removing: 'removes' },
};

const file = `resources:
  - ../../overlays/stacks/all # what there is
components:
  - ../../overlays/kafka/own
  - ../../overlays/secrets/generated
  - ../../overlays/platforms/kubernetes/
  - ../../overlays/options/removing # what differs here
  - ../../overlays/profiles/small
`;

/** The line after the added one. */
const follower = (path: string, text: string): string | undefined => {
  const lines = withOverlay(path, overlays)(text).split('\n');
  return lines[lines.findIndex((line) => line.includes(`../../overlays/${path}`)) + 1]?.trim();
};

test.each([
  ['options/adding', '- ../../overlays/secrets/generated'],
  ['options/patching', '- ../../overlays/options/removing # what differs here'],
  ['storage/small', '- ../../overlays/profiles/small'],
])('%s goes before what comes later in the order', (path, next) => {
  expect(follower(path, file)).toBe(next);
});

test('it has the indentation of its neighbours', () => {
  expect(withOverlay('storage/small', overlays)(file.replaceAll('  - ', '- '))).toContain(
    '\n- ../../overlays/storage/small\n- ../../overlays/profiles/small\n',
  );
});

test('overlays of one place are in the order of their names', () => {
  expect(inOrder(['profiles/small', 'options/removing', 'options/adding', 'kafka/own'], overlays)).toEqual([
    'kafka/own',
    'options/adding',
    'options/removing',
    'profiles/small',
  ]);
});
