/** What building through BuildKit needs besides plain requests; a chunk of its own, as it brings gRPC and protobuf. */
export { openSession, type Session } from './buildkit-session.ts';
export { Trace } from './buildkit-trace.ts';
