/**
 * The messages of BuildKit's API, with the field names of their definitions (github.com/moby/buildkit, api/services/control,
 * solver/errdefs and session; github.com/tonistiigi/fsutil, types; github.com/containerd/containerd, services/content). Texts that can be any bytes are declared as bytes.
 */
import { parse, type Message } from 'protobufjs';
import { InvalidAnswerError } from './grpc/status.ts';

const { root } = parse(
  `syntax = "proto3";
  message SolveRequest {
    string Ref = 1; string Exporter = 3; map<string, string> ExporterAttrs = 4; string Session = 5;
    string Frontend = 6; map<string, string> FrontendAttrs = 7; CacheOptions Cache = 8;
    repeated string Entitlements = 9; repeated Exporter Exporters = 13;
  }
  message CacheOptions { repeated Exporter Exports = 4; repeated Exporter Imports = 5; }
  message Exporter { string Type = 1; map<string, string> Attrs = 2; }
  message SolveResponse { map<string, string> ExporterResponse = 1; }
  message StatusRequest { string Ref = 1; }
  message StatusResponse {
    repeated Vertex vertexes = 1; repeated VertexStatus statuses = 2;
    repeated VertexLog logs = 3; repeated VertexWarning warnings = 4;
  }
  message Vertex {
    string digest = 1; repeated string inputs = 2; string name = 3; bool cached = 4;
    Timestamp started = 5; Timestamp completed = 6; string error = 7;
  }
  message VertexStatus {
    string ID = 1; string vertex = 2; string name = 3; int64 current = 4; int64 total = 5;
    Timestamp timestamp = 6; Timestamp started = 7; Timestamp completed = 8;
  }
  message VertexLog { string vertex = 1; Timestamp timestamp = 2; int64 stream = 3; bytes msg = 4; }
  message VertexWarning { string vertex = 1; bytes short = 3; string url = 5; repeated Range ranges = 7; }
  message Range { Position start = 1; Position end = 2; }
  message Position { int32 line = 1; int32 character = 2; }
  message Timestamp { int64 seconds = 1; int32 nanos = 2; }
  message RpcStatus { int32 code = 1; string message = 2; repeated Any details = 3; }
  message Any { string type_url = 1; bytes value = 2; }
  message ListWorkersResponse { repeated WorkerRecord record = 1; }
  message WorkerRecord {
    string ID = 1; map<string, string> Labels = 2; repeated Platform platforms = 3; Version BuildkitVersion = 5;
  }
  message Platform { string Architecture = 1; string OS = 2; string Variant = 3; }
  message Version { string package = 1; string version = 2; string revision = 3; }
  message Empty { }
  message BuildHistoryRequest { bool ActiveOnly = 1; string Ref = 2; bool EarlyExit = 3; }
  message BuildHistoryEvent { int32 type = 1; BuildHistoryRecord record = 2; }
  message BuildHistoryRecord {
    string Ref = 1; map<string, string> FrontendAttrs = 3; repeated Exporter Exporters = 4;
    RpcStatus error = 5; Timestamp CreatedAt = 6; Timestamp CompletedAt = 7;
    BuildResultInfo Result = 10; Descriptor externalError = 18;
  }
  message BuildResultInfo { repeated Descriptor Attestations = 2; }
  message Descriptor { string media_type = 1; string digest = 2; int64 size = 3; map<string, string> annotations = 5; }
  message ReadContentRequest { string digest = 1; int64 offset = 2; int64 size = 3; }
  message ReadContentResponse { int64 offset = 1; bytes data = 2; }
  message ContentInfoResponse { ContentInfo info = 1; }
  message ContentInfo { string digest = 1; int64 size = 2; Timestamp created_at = 3; Timestamp updated_at = 4; }
  message WriteContentRequest {
    int32 action = 1; string ref = 2; int64 total = 3; string expected = 4; int64 offset = 5; bytes data = 6;
  }
  message WriteContentResponse {
    int32 action = 1; Timestamp started_at = 2; Timestamp updated_at = 3; int64 offset = 4; int64 total = 5;
    string digest = 6;
  }

  message Packet { int32 type = 1; Stat stat = 2; uint32 ID = 3; bytes data = 4; }
  message Stat {
    bytes path = 1; uint32 mode = 2; int64 size = 5; int64 modTime = 6; bytes linkname = 7;
    int64 devmajor = 8; int64 devminor = 9;
  }
  message BytesMessage { bytes data = 1; }

  message HealthCheckResponse { int32 status = 1; }
  message CredentialsRequest { string Host = 1; }
  message CredentialsResponse { string Username = 1; string Secret = 2; }
  message GetSecretRequest { string ID = 1; }
  message GetSecretResponse { bytes data = 1; }
  message CheckAgentRequest { string ID = 1; }`,
  { keepCase: true },
);

export interface Timestamp {
  readonly seconds?: number;
  readonly nanos?: number;
}

/** Empty texts, numbers and bytes are absent. */
export interface Vertex {
  readonly digest?: string;
  readonly inputs: readonly string[];
  readonly name?: string;
  readonly cached?: boolean;
  readonly started?: Timestamp;
  readonly completed?: Timestamp;
  readonly error?: string;
}

export interface VertexStatus {
  readonly ID?: string;
  readonly vertex?: string;
  readonly name?: string;
  readonly current?: number;
  readonly total?: number;
  readonly timestamp?: Timestamp;
  readonly completed?: Timestamp;
}

export interface VertexLog {
  readonly vertex?: string;
  readonly timestamp?: Timestamp;
  readonly stream?: number;
  readonly msg?: Uint8Array;
}

export interface VertexWarning {
  readonly vertex?: string;
  readonly short?: Uint8Array;
  readonly url?: string;
  readonly ranges: readonly { readonly start?: { readonly line?: number } }[];
}

export interface StatusResponse {
  readonly vertexes: readonly Vertex[];
  readonly statuses: readonly VertexStatus[];
  readonly logs: readonly VertexLog[];
  readonly warnings: readonly VertexWarning[];
}

export interface Typed {
  readonly Type: string;
  readonly Attrs: Readonly<Record<string, string>>;
}

export interface SolveRequest {
  readonly Ref: string;
  readonly Exporter: string;
  readonly ExporterAttrs: Readonly<Record<string, string>>;
  readonly Session: string;
  readonly Frontend: string;
  readonly FrontendAttrs: Readonly<Record<string, string>>;
  readonly Cache: { readonly Exports: readonly Typed[]; readonly Imports: readonly Typed[] };
  readonly Entitlements: readonly string[];
  readonly Exporters: readonly Typed[];
}

/** A 64-bit integer in two halves. */
export interface Int64 {
  readonly low: number;
  readonly high: number;
  readonly unsigned: boolean;
}

export interface Stat {
  readonly path?: Uint8Array;
  readonly mode?: number;
  readonly size?: number | Int64;
  readonly modTime?: number | Int64;
  readonly linkname?: Uint8Array;
  readonly devmajor?: number;
  readonly devminor?: number;
}

export interface Packet {
  readonly type?: number;
  readonly stat?: Stat;
  readonly ID?: number;
  readonly data?: Uint8Array;
}

export interface Descriptor {
  readonly digest?: string;
  readonly size?: number;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface BuildHistoryRecord {
  readonly Ref?: string;
  readonly FrontendAttrs: Readonly<Record<string, string>>;
  readonly Exporters: readonly Typed[];
  readonly error?: { readonly code?: number; readonly message?: string };
  readonly CreatedAt?: Timestamp;
  readonly CompletedAt?: Timestamp;
  readonly Result?: { readonly Attestations: readonly Descriptor[] };
  readonly externalError?: Descriptor;
}

export interface ContentInfo {
  readonly digest: string;
  readonly size: number;
  readonly created_at: Timestamp;
  readonly updated_at: Timestamp;
}

/** A part of a blob that is written. */
export interface WriteContentRequest {
  /** 0: report the state, 1: write, 2: write and complete. */
  readonly action?: number;
  readonly total?: number;
  /** Its digest, if it is known. */
  readonly expected?: string;
  readonly offset?: number;
  readonly data?: Uint8Array;
}

export interface WriteContentResponse {
  readonly action: number;
  readonly started_at: Timestamp;
  readonly updated_at: Timestamp;
  readonly offset: number;
  readonly total: number;
  readonly digest: string;
}

export interface Messages {
  readonly BuildHistoryRequest: { readonly ActiveOnly?: boolean; readonly EarlyExit?: boolean };
  readonly BuildHistoryEvent: { readonly type?: number; readonly record?: BuildHistoryRecord };
  readonly ReadContentRequest: {
    readonly digest?: string;
    readonly offset?: number;
    readonly size?: number;
  };
  readonly ReadContentResponse: { readonly offset?: number; readonly data?: Uint8Array };
  readonly ContentInfoResponse: { readonly info: ContentInfo };
  readonly WriteContentRequest: WriteContentRequest;
  readonly WriteContentResponse: WriteContentResponse;
  readonly SolveRequest: SolveRequest;
  readonly SolveResponse: { readonly ExporterResponse: Readonly<Record<string, string>> };
  readonly StatusRequest: { readonly Ref: string };
  readonly StatusResponse: StatusResponse;
  readonly RpcStatus: {
    readonly message?: string;
    readonly details: readonly { readonly type_url?: string; readonly value?: Uint8Array }[];
  };
  readonly ListWorkersResponse: {
    readonly record: readonly {
      readonly Labels: Readonly<Record<string, string>>;
      readonly platforms: readonly {
        readonly Architecture?: string;
        readonly OS?: string;
        readonly Variant?: string;
      }[];
      readonly BuildkitVersion?: { readonly version?: string };
    }[];
  };
  readonly Empty: object;
  readonly Packet: Packet;
  readonly BytesMessage: { readonly data?: Uint8Array };
  readonly HealthCheckResponse: { readonly status: number };
  readonly CredentialsRequest: { readonly Host?: string };
  readonly CredentialsResponse: { readonly Username?: string; readonly Secret?: string };
  readonly GetSecretRequest: { readonly ID?: string };
  readonly GetSecretResponse: { readonly data: Uint8Array };
  readonly CheckAgentRequest: { readonly ID?: string };
}

/** The bytes of a message. */
export function encode<K extends keyof Messages>(name: K, message: Messages[K]): Buffer {
  return Buffer.from(
    typeOf(name)
      .encode(message as unknown as Message)
      .finish(),
  );
}

/** Reads a message; throws InvalidAnswerError if the bytes are not valid. */
export function decode<K extends keyof Messages>(name: K, bytes: Uint8Array): Messages[K] {
  const type = typeOf(name);
  const options = { longs: Number, arrays: true, objects: true } as const;
  try {
    return type.toObject(type.decode(bytes), options) as Messages[K];
  } catch (error) {
    throw new InvalidAnswerError(error instanceof Error ? error.message : String(error));
  }
}

const types = new Map<string, ReturnType<typeof root.lookupType>>();

function typeOf(name: string): ReturnType<typeof root.lookupType> {
  const known = types.get(name) ?? root.lookupType(name);
  types.set(name, known);
  return known;
}

/** The two halves of a 64-bit integer. */
export function int64(value: bigint): Int64 {
  const bits = BigInt.asUintN(64, value);
  return {
    low: Number(bits & 0xffffffffn) | 0,
    high: Number(bits >> 32n) | 0,
    unsigned: false,
  };
}
