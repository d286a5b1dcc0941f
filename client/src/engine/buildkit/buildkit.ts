/** What building through BuildKit needs besides plain requests; a chunk of its own, as it brings gRPC and protobuf. */
export { openSession, type Session } from './session.ts';
export { Trace } from './trace.ts';
