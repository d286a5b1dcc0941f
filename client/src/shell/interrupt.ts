/** Ends a shell whose terminal was closed. */
import type { Duplex } from '../engine/engine.ts';

/** The engine does not end the process with the connection; an interrupt and end of file end a shell. */
export function interruptAndClose(stream: Duplex): void {
  stream.write(new TextEncoder().encode('\x03\x04'));
  stream.close();
}
