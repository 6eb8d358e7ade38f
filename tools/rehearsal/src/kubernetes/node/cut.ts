/** Cuts a pod's network: the node drops all packets from it and to it. */
import { inNode } from './namespaces.ts';

const table = 'rehearsal_cut';

/** Before the rules of the network policy engine. */
const script = (addresses: readonly string[]): string =>
  [
    `table ip ${table}`,
    `delete table ip ${table}`,
    `table ip ${table} {`,
    '  chain forward {',
    '    type filter hook forward priority -300',
    ...addresses.flatMap((address) => [`    ip daddr ${address} drop`, `    ip saddr ${address} drop`]),
    '  }',
    '}',
  ].join('\n');

/** Drops all packets to and from some addresses. Addresses of an earlier call pass again. */
export const cutOff = (first: number, addresses: readonly string[]): void => {
  inNode(first, ['sh', '-c', `nft -f - <<'RULES'\n${script(addresses)}\nRULES`]);
};

/** Lets all packets pass again. */
export const reconnect = (first: number): void => {
  inNode(first, ['sh', '-c', `nft delete table ip ${table} 2>/dev/null || true`]);
};
