import { refuseUnknown, type Invocation } from './arguments.ts';

const isInvocation = (value: unknown): value is Invocation =>
  typeof value === 'object' && value !== null && 'rawArgs' in value && 'cmd' in value;

/** A reader that has seen enough, such as `head`, closes the pipe; that is no error. */
const endWithReader = (error: NodeJS.ErrnoException): void => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
};

/**
 * Wraps a command's work: refuses arguments that the command does not declare, and on an error prints only its message,
 * because a stack trace would hide it, and exits with 1.
 */
export const withPlainErrors =
  <Arguments extends readonly unknown[]>(work: (...args: Arguments) => void | Promise<void>) =>
  async (...args: Arguments): Promise<void> => {
    process.stdout.on('error', endWithReader);
    try {
      if (isInvocation(args[0])) refuseUnknown(args[0]);
      await work(...args);
    } catch (error) {
      console.error((error as Error).message);
      process.exitCode = 1;
    }
  };
