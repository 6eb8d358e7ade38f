/** A name server for nginx. It knows the addresses that a test sets, and may change them while nginx runs. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6, type AddressInfo } from 'node:net';

const headerLength = 12;
const typeA = 1;
const typeAaaa = 28;
const nonexistent = 3;

/** The name that a query asks about, its type, and where the question ends. */
const questionOf = (query: Buffer) => {
  const labels: string[] = [];
  let at = headerLength;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString());
    at += length + 1;
  }
  return { name: labels.join('.'), type: query.readUInt16BE(at + 1), end: at + 5 };
};

const bytesOf = (address: string): Buffer => {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail = ''] = address.split('::');
  const groups = (part: string) => part.split(':').filter(Boolean);
  const gap = Array.from({ length: 8 - groups(head).length - groups(tail).length }, () => '0');
  const words = [...groups(head), ...gap, ...groups(tail)];
  return Buffer.from(words.map((word) => word.padStart(4, '0')).join(''), 'hex');
};

/** One record: a pointer to the name of the question, the type, the class IN, a lifetime of 30 s, and the address. */
const record = (type: number, address: string) => {
  const data = bytesOf(address);
  const start = Buffer.from([0xc0, headerLength, 0, type, 0, 1, 0, 0, 0, 30, 0, data.length]);
  return Buffer.concat([start, data]);
};

const reply = (query: Buffer, addressesOf: (name: string) => readonly string[] | undefined) => {
  const { name, type, end } = questionOf(query);
  const known = addressesOf(name);
  const wanted = (known ?? []).filter((address) => type === (isIPv6(address) ? typeAaaa : typeA));
  const header = Buffer.from(query.subarray(0, headerLength));
  header.writeUInt16BE(0x84_00 | (known ? 0 : nonexistent), 2);
  header.writeUInt16BE(wanted.length, 6);
  header.fill(0, 8);
  return Buffer.concat([header, query.subarray(headerLength, end), ...wanted.map((each) => record(type, each))]);
};

/**
 * Listens on a free port of 127.0.0.1.
 * @param addressesOf the addresses of a name; undefined for one that does not exist
 * @returns its address for nginx, and a function that ends it
 */
export const startNameServer = async (addressesOf: (name: string) => readonly string[] | undefined) => {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => socket.send(reply(query, addressesOf), port, address));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    stop: async () => {
      socket.close();
      await once(socket, 'close');
    },
  };
};
