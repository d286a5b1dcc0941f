/** An agent with the keys of files: it lists them and signs, and nothing else. */
import { sign, type KeyObject } from 'node:crypto';
import { basename } from 'node:path';
import { agentTypes, failure, type AgentConnection } from './agent.ts';
import { curves, type PrivateKey } from './private-key.ts';
import { integer, text, uint32, WireReader } from './wire.ts';

export interface NamedKey extends PrivateKey {
  readonly path: string;
}

export function keyAgent(keys: readonly NamedKey[]): AgentConnection {
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- its errors must be rejections
    answer: async (request) => {
      if (request[0] === agentTypes.listKeys) return listOf(keys);
      return request[0] === agentTypes.sign ? signatureFor(keys, request) : failure;
    },
    close: () => undefined,
  };
}

function listOf(keys: readonly NamedKey[]): Buffer {
  const entries = keys.flatMap(({ blob, path }) => [text(blob), text(basename(path))]);
  return Buffer.concat([Buffer.from([agentTypes.keys]), uint32(keys.length), ...entries]);
}

function signatureFor(keys: readonly NamedKey[], request: Buffer): Buffer {
  const reader = new WireReader(request.subarray(1));
  const blob = reader.text();
  const data = reader.text();
  const flags = reader.uint32();
  const key = keys.find((one) => one.blob.equals(blob))?.key;
  if (key === undefined) return failure;
  const signature = signed(key, data, flags);
  return Buffer.concat([Buffer.from([agentTypes.signature]), text(signature)]);
}

/** RFC 8332, RFC 5656 and RFC 8709. */
function signed(key: KeyObject, data: Buffer, flags: number): Buffer {
  switch (key.asymmetricKeyType) {
    case 'ed25519':
      return Buffer.concat([text('ssh-ed25519'), text(sign(null, data, key))]);
    case 'rsa': {
      const [name, hash] =
        (flags & 4) !== 0
          ? ['rsa-sha2-512', 'sha512']
          : (flags & 2) !== 0
            ? ['rsa-sha2-256', 'sha256']
            : ['ssh-rsa', 'sha1'];
      return Buffer.concat([text(name), text(sign(hash, data, key))]);
    }
    default: {
      const names: Readonly<Record<string, string>> = {
        prime256v1: 'nistp256',
        secp384r1: 'nistp384',
        secp521r1: 'nistp521',
      };
      const name = names[key.asymmetricKeyDetails?.namedCurve ?? ''];
      const curve = curves.find((one) => one.name === name);
      if (curve === undefined) throw new Error('unknown kind of key');
      const both = sign(curve.hash, data, { key, dsaEncoding: 'ieee-p1363' });
      const [r, s] = [both.subarray(0, curve.size), both.subarray(curve.size)];
      const numbers = Buffer.concat([integer(r), integer(s)]);
      return Buffer.concat([text(`ecdsa-sha2-${curve.name}`), text(numbers)]);
    }
  }
}
