/** How a gRPC call ends (https://github.com/grpc/grpc/blob/master/doc/statuscodes.md). */

/** The codes that are used here. */
export const codes = {
  ok: 0,
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  failedPrecondition: 9,
  aborted: 10,
  outOfRange: 11,
  unimplemented: 12,
  unavailable: 14,
} as const;

/** A call that ended with a status other than 0. */
export class GrpcError extends Error {
  override name = 'GrpcError';
  readonly code: number;
  /** The bytes of `google.rpc.Status`, if the server sent them. */
  readonly details: Uint8Array | undefined;

  constructor(code: number, message: string, details?: Uint8Array) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** Compares the name and not the class, because two bundles can contain it. */
export function isGrpcError(error: unknown): error is GrpcError {
  return error instanceof Error && error.name === 'GrpcError' && 'code' in error;
}

/** The other side does not use the protocol. */
export class InvalidAnswerError extends Error {
  override name = 'InvalidAnswerError';
}

/** The message in the form of the header `grpc-message`. */
export function encodeMessage(message: string): string {
  return Array.from(Buffer.from(message), (byte) =>
    byte >= 0x20 && byte <= 0x7e && byte !== 0x25
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}

/** The text of the header `grpc-message`; unchanged where it is not valid. */
export function decodeMessage(text: string): string {
  const bytes = Buffer.from(text, 'latin1').toString('latin1');
  const decoded = bytes.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return Buffer.from(decoded, 'latin1').toString();
}
