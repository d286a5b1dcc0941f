/** What BuildKit builds need besides HTTP requests. Bundled separately, because it contains gRPC and protobuf. */
export { buildOver, type BuildKitPeer, type BuildKitWork } from './build.ts';
export type { SessionHeaders } from './session/session.ts';
