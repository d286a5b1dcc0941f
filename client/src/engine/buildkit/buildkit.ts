/** What BuildKit builds need besides HTTP requests. Bundled separately, because it contains gRPC and protobuf. */
export {
  buildOver,
  buildWith,
  type BuildKitPeer,
  type BuildKitWork,
  type Report,
} from './build.ts';
export { builderExportsOf, type Receive } from './builder-exporters.ts';
export { grpcClient, isInvalidAnswer, type GrpcClient } from './grpc/client.ts';
export { isGrpcError } from './grpc/status.ts';
export { workersOf, type Worker } from './workers.ts';
export { sessionOver } from './session/tunnel.ts';
export type { SessionHeaders } from './session/session.ts';
export { historyOver, type HistoryPeer } from './history.ts';
