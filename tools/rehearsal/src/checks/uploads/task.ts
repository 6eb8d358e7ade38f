/** What the program that sends uploads gets and prints. */

/** One upload. */
export interface Upload {
  /** For the reports of a check. */
  readonly name: string;
  readonly contentType: string;
  /** Path of its file; or the number of bytes of a file that is no report. */
  readonly file?: string;
  readonly bytes?: number;
  /** The name of the form's part. Default: `file`. */
  readonly field?: string;
  /** Bytes a second. Default: as fast as the server reads. */
  readonly rate?: number;
  /** Bytes of the form after which the client goes away. */
  readonly stopAfter?: number;
  readonly withoutToken?: true;
}

/** What to send, and where. */
export interface Task {
  readonly origin: string;
  readonly path: string;
  readonly identity: string;
  readonly uploads: readonly Upload[];
  readonly atOnce: number;
  /** Whether to send a refused upload again. */
  readonly again: boolean;
}

/** What a client saw of one upload. */
export interface Answer {
  readonly name: string;
  /** 0 without an answer. Then the text is the reason. */
  readonly status: number;
  readonly text: string;
  /** The header with the request's name, which is the key of its object. */
  readonly requestId: string;
  /** Bytes of the form that the client wrote. */
  readonly sent: number;
  readonly seconds: number;
}
