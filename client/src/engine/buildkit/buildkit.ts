/** What BuildKit builds need besides HTTP requests. Bundled separately, because it contains gRPC and protobuf. */
export { openSession, type Session } from './session.ts';
export { Trace } from './trace.ts';
