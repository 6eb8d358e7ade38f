/**
 * Wraps a command's work: on an error, prints only its message, because a stack trace would hide it, and exits with 1.
 */
export const withPlainErrors =
  <Arguments extends readonly unknown[]>(work: (...args: Arguments) => void | Promise<void>) =>
  async (...args: Arguments): Promise<void> => {
    try {
      await work(...args);
    } catch (error) {
      console.error((error as Error).message);
      process.exitCode = 1;
    }
  };
