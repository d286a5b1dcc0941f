/** The secrets of a build request. Their values are in no message and no log. */
import { t } from '@vscode/l10n';
import type { BuildSecret } from '../../../../../contract/build.ts';
import { EngineError } from '../../errors.ts';
import { fileErrorReason } from '../../file-errors.ts';
import { readRegularFile } from '../../regular-file.ts';
import { unary, type Method } from '../grpc/server.ts';
import { codes, GrpcError } from '../grpc/status.ts';
import { decode, encode } from '../messages.ts';

/** As in the docker CLI; BuildKit refuses larger ones. */
const mostBytes = 500 * 1024;

/** Rejects with EngineError if one cannot be read. */
export async function readSecrets(
  secrets: readonly BuildSecret[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const values = new Map<string, Uint8Array>();
  for (const secret of secrets) {
    const value = await valueOf(secret, environment);
    if (value.length > mostBytes)
      throw new EngineError('failed', t('The secret {0} is larger than 500 kB', secret.id));
    values.set(secret.id, value);
  }
  return values;
}

async function valueOf({ id, from }: BuildSecret, environment: NodeJS.ProcessEnv) {
  switch (from.kind) {
    case 'value':
      return Buffer.from(from.value);
    case 'env': {
      const value = environment[from.name];
      if (value !== undefined) return Buffer.from(value);
      throw new EngineError(
        'failed',
        t('Could not read the secret {0}: {1} is not set', id, from.name),
      );
    }
    case 'file':
      return readRegularFile(from.path).catch((error: unknown) => {
        throw new EngineError(
          'failed',
          t('Could not read the secret {0}: {1}', id, fileErrorReason(error)),
        );
      });
  }
}

/** A frontend can request any name, and gets only those of the request. */
export function getSecret(values: ReadonlyMap<string, Uint8Array>): Method {
  return unary((message) => {
    const { ID: id = '' } = decode('GetSecretRequest', message);
    const data = values.get(id);
    return data === undefined
      ? Promise.reject(new GrpcError(codes.notFound, `secret ${id}: not found`))
      : Promise.resolve(encode('GetSecretResponse', { data }));
  });
}
