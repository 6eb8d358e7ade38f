/** Connections of clients that do not finish their requests. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Held {
  /** How many connections the gateway has not closed. */
  readonly open: () => number;
  /** What the gateway answered so far, one text for each connection that got an answer. */
  readonly answers: () => readonly string[];
  readonly end: () => void;
}

/** Connections that open at once. If nginx is short of them, it drops those that have sent nothing yet. */
const burst = 50;

/** Opens connections to a port of this machine, and sends the same text on each. */
export const hold = async (port: number, count: number, text: string): Promise<Held> => {
  const sockets: Socket[] = [];
  const texts = new Map<Socket, string>();
  const open = async () => {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => texts.set(socket, (texts.get(socket) ?? '') + part));
    // The gateway resets connections that time out.
    socket.on('error', () => socket.destroy());
    await once(socket, 'connect');
    if (text) socket.write(text);
  };
  while (sockets.length < count) await Promise.all(Array.from({ length: burst }, open));
  return {
    open: () => sockets.filter(({ destroyed, readableEnded }) => !destroyed && !readableEnded).length,
    answers: () => [...texts.values()],
    end: () => sockets.forEach((socket) => socket.destroy()),
  };
};
