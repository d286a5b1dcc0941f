/** What builders need from the connections to engines, which are above them. */
import type { Duplex } from 'node:stream';
import type { Address } from '../address.ts';
import type { Engine } from '../engine.ts';
import type { EngineError } from '../errors.ts';

export interface ContainerProgram {
  readonly container: string;
  readonly argv: readonly string[];
  /** The error of the stream if the program ends after it wrote this to standard error. */
  readonly toError: (output: string) => Error;
}

export interface ConnectedEngine {
  readonly engine: Engine;
  /** Starts a program in a running container: its standard input and output. Rejects with EngineError. */
  openInContainer(program: ContainerProgram): Promise<Duplex>;
}

export interface BuilderHost {
  /** The engine that the image is loaded into. */
  readonly engine: Engine;
  /** Its address. */
  readonly address: Address;
  /** Milliseconds until a builder must have responded. */
  readonly answerTime: number;
  /** Rejects with EngineError. */
  connect(address: Address): Promise<ConnectedEngine>;
  /** The error for the reason that a builder gives. */
  refusal(message: string): EngineError;
}
