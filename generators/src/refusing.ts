/**
 * Runs a generator's work; what it throws becomes the whole message, without the frames of a stack that would hide it.
 */
export const refusing = <Result>(work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    const refusal = new Error((error as Error).message);
    refusal.stack = '';
    throw refusal;
  }
};
