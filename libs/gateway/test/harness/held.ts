/** Connections of clients that do not finish their requests. */
import { once } from 'node:events';
import { connect } from 'node:net';

export interface Held {
  /** How many connections the gateway has not closed. */
  readonly open: () => number;
  /** What the gateway answered so far, one text for each connection that got an answer. */
  readonly answers: () => readonly string[];
  readonly end: () => void;
}

/** Opens connections to a port of this machine, and sends the same text on each. */
export const hold = async (port: number, count: number, text: string): Promise<Held> => {
  const sockets = Array.from({ length: count }, () => connect(port, '127.0.0.1'));
  const texts = new Map<object, string>();
  for (const socket of sockets) {
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => texts.set(socket, (texts.get(socket) ?? '') + part));
    // The gateway resets connections that time out.
    socket.on('error', () => socket.destroy());
  }
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  if (text) for (const socket of sockets) socket.write(text);
  return {
    open: () => sockets.filter(({ destroyed, readableEnded }) => !destroyed && !readableEnded).length,
    answers: () => [...texts.values()],
    end: () => sockets.forEach((socket) => socket.destroy()),
  };
};
