import { describe, expect, test } from 'vitest';
import { EngineError } from '../engine/errors.ts';
import { attempt } from './attempt.ts';
import { reasonOf } from './engine-reasons.ts';
import { describeFailure } from './failure-message.ts';

/** Messages as engines sent them. */
const messages: readonly (readonly [
  message: string,
  sentence: string,
  remedies: readonly string[],
])[] = [
  [
    'no matching manifest for linux/arm64/v8 in the manifest list entries: no match for platform in manifest: not found',
    'there is no image for linux/arm64/v8',
    ['platform'],
  ],
  [
    'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
    'the pull limit of the registry is reached; log in, or use a mirror',
    ['login', 'registry-settings'],
  ],
  [
    'failed to resolve reference "localhost:5000/app:1": failed to do request: Head "https://localhost:5000/v2/app/manifests/1": http: server gave HTTP response to HTTPS client',
    'localhost:5000 uses HTTP, which requires an entry in insecure-registries',
    ['registry-settings'],
  ],
  [
    'Get "https://registry.example.com/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    'the engine does not trust the certificate of registry.example.com',
    ['registry-settings'],
  ],
  [
    "pull access denied for nosuch, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    'the repository does not exist, or requires a login',
    ['login'],
  ],
  [
    'manifest for python:99 not found: manifest unknown: manifest unknown',
    'there is no such tag in the repository',
    [],
  ],
  [
    'Head "http://127.0.0.1:5000/v2/private/manifests/1": no basic auth credentials',
    '127.0.0.1:5000 requires a login',
    ['login'],
  ],
  ['denied: requested access to the resource is denied', 'the registry denied access', ['login']],
  [
    'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 127.0.0.53:53: no such host',
    'the engine cannot resolve Docker Hub; check the name, the network or the proxy',
    ['registry-settings'],
  ],
  [
    'Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused',
    'the engine cannot connect to 127.0.0.1:1',
    ['registry-settings'],
  ],
  [
    'Get "https://ghcr.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    'ghcr.io does not respond',
    ['registry-settings'],
  ],
  [
    'received unexpected HTTP status: 503 Service Unavailable',
    'the registry responded with 503 Service Unavailable',
    [],
  ],
  [
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "bash": executable file not found in $PATH: unknown',
    'bash does not exist in the container',
    [],
  ],
  [
    'unable to find user bob: no matching entries in passwd file',
    'user bob does not exist in the container',
    [],
  ],
  [
    'OCI runtime exec failed: exec failed: container_linux.go:380: starting container process caused: chdir to cwd ("/nowhere") set in config.json failed: no such file or directory: unknown',
    'directory /nowhere does not exist in the container',
    [],
  ],
  ['Container 0123456789abcdef is not running', 'the container is not running', []],
];

describe('reasons', () => {
  test.each(messages)('says in words: %s', (message, sentence, remedies) => {
    expect(reasonOf(message)).toEqual({ sentence, remedies });
  });

  test.each([
    'No such container: web',
    'could not stop: context deadline exceeded',
    'port is already allocated',
    'no space left on device',
  ])('keeps a message that is plain: %s', (message) => {
    expect(reasonOf(message)).toBeUndefined();
  });

  test.each(messages)('no sentence has a chain of errors: %s', (message) => {
    const { sentence = '' } = reasonOf(message) ?? {};
    expect(sentence).not.toMatch(/Get "|Head "|dial tcp|rpc error|OCI runtime|: .*: /);
  });
});

test('a failed pull has the buttons that help, and the log keeps the message of the engine', async () => {
  const raw = messages[0]?.[0] ?? '';
  const error: unknown = await attempt('Could not pull app:1', () =>
    Promise.reject(new EngineError('failed', raw)),
  ).catch((reason: unknown) => reason);
  expect(describeFailure(error, 'Pull Image')).toEqual({
    message: 'Could not pull app:1: there is no image for linux/arm64/v8',
    actions: [
      { button: 'Pull for Another Platform…', command: 'drydock.images.pull-platform' },
      { button: 'Show Output', command: 'drydock.engine.show-log' },
    ],
  });
  expect(error).toMatchObject({ cause: { message: raw } });
});
