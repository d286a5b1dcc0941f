import { test } from 'vitest';
import { valueOf } from '../../client/src/engine/docker-cli/config-file.ts';
import { endpointOf } from '../../client/src/engine/docker-cli/context-files.ts';
import {
  credentialsIn,
  credentialsOf,
  helperFor,
} from '../../client/src/engine/docker-cli/credentials.ts';
import { parseEndpoint } from '../../client/src/engine/docker-cli/endpoint-url.ts';
import { isObject, type Json } from '../../client/src/engine/json-object.ts';
import type { Endpoint } from '../../client/src/engine/address.ts';
import type { Credentials } from '../../client/src/engine/credentials.ts';
import { isEngineError } from '../../client/src/engine/errors.ts';
import { sshArguments } from '../../client/src/engine/transport/stdio-agent.ts';
import { forEachInput, joined, pick, type Next } from './inputs.ts';

const registries = ['https://index.docker.io/v1/', 'r.io', 'r.io:5000', '__proto__'] as const;
const keys = ['auths', 'credHelpers', 'credsStore', 'currentContext', 'HttpHeaders', 'auth', 'username', 'password', 'identitytoken', 'Username', 'Secret', 'Endpoints', 'docker', 'Host', 'SkipTLSVerify', 'Metadata', 'https://r.io/v2/', 'http://r.io', 'constructor', 'toString', '', ...registries] as const; // prettier-ignore
const addressParts = ['ssh://', 'unix://', 'npipe://', 'tcp://', 'https://', 'SSH://', 'fd://', '//./pipe/', '\\\\.\\pipe\\', '//server/', '//', '/', '\\', 'me', '@', 'box', ':', '22', '[', '::1', 'fe80::1', '%25', '%', ']', '-o', '-', '..', '.', '$', '`', ';', ' ', '\n', '\0', '%0A', '%24', '?', '#', 'é', '_', 'docker_engine', '/run/docker.sock'] as const; // prettier-ignore
const raw = ['{', '}', '[', ']', '"', ':', ',', '\\', '\uFEFF', '\0', ' ', '\n', 'null', 'true', '1e999', '-', '{"auths":', '"auth":"bWU6eA=="', '\\u0000', '\\ud800', '"r.io":'] as const; // prettier-ignore

function randomAddress(next: Next): string {
  return pick(next, ['', 'ssh://', 'ssh://me@', 'npipe://']) + joined(next, addressParts, 7);
}

function randomValue(next: Next, depth = 0): unknown {
  const kind = Math.floor(next() * (depth > 3 ? 6 : 10));
  if (kind < 3) return pick<unknown>(next, [null, true, 0, -1, '', [], {}, 'x', '<token>']);
  if (kind === 3) return randomAddress(next);
  if (kind === 4) return Buffer.from(joined(next, ['me', ':', 'x', '\0', 'é'], 5)).toString('base64'); // prettier-ignore
  if (kind === 5) return pick<unknown>(next, ['secretservice', '../x', 'a b', '-x', 'a/b']);
  if (kind === 6) return Array.from({ length: 2 }, () => randomValue(next, depth + 1));
  const count = Math.floor(next() * 5);
  return Object.fromEntries(
    Array.from({ length: count }, () => [pick(next, keys), randomValue(next, depth + 1)]),
  );
}

/** JSON with known names, JSON with any, or text that is hardly ever JSON; sometimes with bytes that are not UTF-8. */
function randomFile(next: Next): Buffer {
  const kind = next();
  const entries = (): Json => ({
    ...Object.fromEntries(registries.map((name) => [name, randomValue(next, 2)])),
  });
  const named = {
    auths: next() < 0.8 ? entries() : randomValue(next),
    credHelpers: next() < 0.5 ? entries() : randomValue(next),
    credsStore: randomValue(next, 3),
    Endpoints: next() < 0.8 ? { docker: { Host: randomAddress(next) } } : randomValue(next),
  };
  const text =
    kind < 0.5
      ? JSON.stringify(named)
      : kind < 0.7
        ? (JSON.stringify(randomValue(next)) as string | undefined)
        : joined(next, raw, 12);
  const bytes = Buffer.from(text ?? '');
  const isDamaged = next() < 0.2 && bytes.length > 0;
  if (isDamaged) bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
  return bytes;
}

/** The value, or undefined after an EngineError with one sentence; any other error is thrown. */
function orError<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!isEngineError(error) || !/^[^\u0000-\u001f]{10,}$/.test(error.message)) throw error;
    return undefined;
  }
}

function isComplete(credentials: Credentials | undefined, registry: string): boolean {
  if (credentials === undefined) return true;
  const { username, password, identitytoken, serveraddress } = credentials;
  const isLogin = typeof username === 'string' && typeof password === 'string';
  return serveraddress === registry && (isLogin || typeof identitytoken === 'string');
}

test('any configuration file gives credentials, none, or one sentence', async () => {
  await forEachInput(randomFile, (bytes) => {
    const value = orError(() => valueOf(bytes, 'config.json'));
    const config = isObject(value) ? value : {};
    for (const registry of registries) {
      const helper: unknown = helperFor(config, registry);
      if (helper !== undefined && (typeof helper !== 'string' || helper === '')) return 'helper';
      if (!isComplete(credentialsIn(config, registry), registry)) return registry;
      if (!isComplete(credentialsOf(bytes.toString(), registry), registry)) return 'output';
    }
    return undefined;
  });
});

/** What is unsafe in an endpoint, or undefined. */
function dangerOf(endpoint: Endpoint, platform: NodeJS.Platform): string | undefined {
  if (endpoint.kind === 'ssh') {
    const words = sshArguments(endpoint);
    const safe = /^[A-Za-z0-9_@:%+./=-]+$/;
    const options = new Set(['-l', '-p', '-o', '-T', '--', '--host']);
    return words.find((word) => !safe.test(word) || (word.startsWith('-') && !options.has(word)));
  }
  if (endpoint.kind === 'tcp') return /[\s\0]/.test(endpoint.host) ? endpoint.host : undefined;
  const path = endpoint.path.replaceAll('\\', '/');
  const isShare = platform === 'win32' && path.startsWith('//');
  return path.includes('\0') || (isShare && !/^\/\/\.\/pipe\/[^/]*[^/.][^/]*$/i.test(path))
    ? path
    : undefined;
}

test('any context file and address gives a safe endpoint, none, or one sentence', async () => {
  const make = (next: Next) => ({ bytes: randomFile(next), address: randomAddress(next) });
  await forEachInput(make, ({ bytes, address }) => {
    const value = orError(() => valueOf(bytes, 'meta.json'));
    const host = endpointOf(isObject(value) ? value : undefined)?.host;
    for (const platform of ['linux', 'win32'] as const) {
      const environment = { env: {}, home: '/home/me', platform };
      for (const url of [address, host ?? '']) {
        const endpoint = orError(() => parseEndpoint(url, undefined, environment));
        const danger = endpoint && dangerOf(endpoint, platform);
        if (danger !== undefined) return danger;
      }
    }
    return undefined;
  });
});
