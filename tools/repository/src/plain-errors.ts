/**
 * Wraps a command's work: what it throws is printed as its sentence, without the frames that would hide it, and the exit
 * code is 1.
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
