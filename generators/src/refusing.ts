/** Runs a generator's work. An error keeps only its message, because a stack trace would hide the sentence. */
export const refusing = <Result>(work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    const refusal = new Error((error as Error).message);
    refusal.stack = '';
    throw refusal;
  }
};
