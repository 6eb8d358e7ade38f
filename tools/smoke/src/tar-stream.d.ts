/** The part of tar-stream that this folder uses. The package has no types of its own. */
declare module 'tar-stream' {
  import type { Readable } from 'node:stream';

  export interface Pack extends Readable {
    entry(header: { readonly name: string; readonly mode?: number; readonly mtime?: Date }, content: string): void;
    finalize(): void;
  }
  export function pack(): Pack;
}
