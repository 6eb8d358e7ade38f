import { clientPort, type Endpoint, type HttpCheck } from './vocabulary.ts';

/** Seconds that a request may take. */
const patience = 3;

/** The last argument is the URL; the programs differ in how they are told to fail at an error status. */
const programs = {
  curl: ['curl', '--fail', '--silent', '--show-error', '--output', '/dev/null', '--max-time', `${patience}`],
  // The short options that BusyBox has too.
  wget: ['wget', '-q', '-O', '/dev/null', '-T', `${patience}`],
  python3: ['python3', '-c', `import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=${patience})`],
} as const;

const overTcp = `exec 3<>"/dev/tcp/$0/$1" &&
printf 'GET %s HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n' "$2" "$0" >&3 &&
read -r -t ${patience} _ status _ <&3 && [[ $status == [23]* ]]`;

/** The command that asks once, and exits 0 if the server answers without an error. */
export const httpCheck = (to: Endpoint, { get, by }: HttpCheck): readonly string[] =>
  by === 'bash'
    ? ['bash', '-c', overTcp, to.workload, String(clientPort(to)), get]
    : [...programs[by], `http://${to.workload}:${clientPort(to)}${get}`];
