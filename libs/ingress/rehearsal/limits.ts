import { largestUpload, uploadType } from '@cost-onprem/contracts';
import {
  assertAccepted,
  hasIngress,
  requestsOf,
  sendUploads,
  type Check,
  type Upload,
  type UploadAnswer,
} from '../../../tools/rehearsal/src/checks/index.ts';
import { found, waitForAnnouncements } from './found.ts';

const mebibyte = 1024 * 1024;
const largest = largestUpload * mebibyte;

const plain = { contentType: uploadType, bytes: 1000 } as const;

/** Everything that a client of the public path relies on. */
export const uploadStored: Check = {
  title: 'an upload through the gateway is stored as it was sent, and announced; one of the largest size, too',
  stages: ['node'],
  applies: hasIngress,
  order: 235,
  showsWork: true,
  run: async ({ kubectl }) => {
    const uploads: readonly Upload[] = [
      { ...plain, name: 'a small one' },
      { ...plain, name: 'one of an old client', field: 'upload' },
      { ...plain, name: `one of ${largestUpload} Mi`, bytes: largest },
    ];
    const answers = await sendUploads(kubectl, uploads);
    assertAccepted(answers);
    const requests = requestsOf(answers);
    await waitForAnnouncements(kubectl, requests, 60);
    const { objects } = await found(kubectl, requests);
    requests.forEach((request, index) => {
      if (objects[request] !== uploads[index]?.bytes)
        throw new Error(`${uploads[index]?.name}: its object has ${objects[request] ?? 'no'} bytes`);
    });
    const [, , large] = answers;
    console.log(`         ${largestUpload} Mi in ${large?.seconds.toFixed(1)} s`);
  },
};

interface Refused {
  readonly upload: Upload;
  readonly status: number;
  /** Whether the answer must come before the client has sent much. */
  readonly atOnce?: true;
}

const refusals: readonly Refused[] = [
  { upload: { ...plain, name: 'one byte more than the largest', bytes: largest + 1 }, status: 413 },
  { upload: { ...plain, name: 'twice the largest size', bytes: 2 * largest }, status: 413, atOnce: true },
  { upload: { ...plain, name: 'another type', contentType: 'application/vnd.redhat.advisor.tar+tgz' }, status: 415 },
  { upload: { ...plain, name: 'a content type of no service', contentType: 'text/plain' }, status: 415 },
  { upload: { ...plain, name: 'a form without the file', field: 'other' }, status: 400 },
  { upload: { ...plain, name: 'a client without the token', withoutToken: true }, status: 401 },
];

/** Seconds and bytes after which a refusal has not come at once. Buffers of the network take a few Mi. */
const soon = { seconds: 5, bytes: largest / 2 } as const;

const faultOf = ({ upload, status, atOnce }: Refused, answer: UploadAnswer | undefined): readonly string[] => {
  if (answer?.status !== status)
    return [`${upload.name}: ${answer?.status} ${answer?.text.trim()}; it must be ${status}`];
  if (answer.text.trim() === '') return [`${upload.name}: ${status} without a sentence`];
  if (atOnce && (answer.seconds > soon.seconds || answer.sent > soon.bytes))
    return [`${upload.name}: ${status} after ${answer.seconds.toFixed(1)} s and ${answer.sent} bytes`];
  return [];
};

/** A client must know why, and must not send everything first. */
export const uploadRefused: Check = {
  title:
    'through the gateway a larger upload gets 413 at once and as a whole answer, another type or content type 415, a form without a file 400, no token 401, each with a sentence; and nothing is stored',
  stages: ['node'],
  applies: hasIngress,
  order: 236,
  run: async ({ kubectl }) => {
    const before = Object.keys((await found(kubectl)).objects);
    const answers = await sendUploads(
      kubectl,
      refusals.map(({ upload }) => upload),
      { atOnce: 1 },
    );
    const faults = refusals.flatMap((refused) =>
      faultOf(
        refused,
        answers.find(({ name }) => name === refused.upload.name),
      ),
    );
    const stored = Object.keys((await found(kubectl)).objects).filter((key) => !before.includes(key));
    if (stored.length > 0) faults.push(`stored: ${stored.join(', ')}`);
    if (faults.length > 0) throw new Error(faults.join('\n  '));
  },
};
