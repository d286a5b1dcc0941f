/** Reads private keys of files: PEM, and the format of OpenSSH (PROTOCOL.key), which Node.js does not read. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { integer, text, WireReader, withoutZeros } from './wire.ts';

export interface PrivateKey {
  readonly key: KeyObject;
  /** The public key as the agent lists it. */
  readonly blob: Buffer;
}

/** The key has a passphrase, which a build cannot ask for. */
export class PassphraseError extends Error {}

/** Throws PassphraseError, or an error of any class if the text is not a private key of a supported kind. */
export function readPrivateKey(content: Buffer): PrivateKey {
  const pem = content.toString('latin1');
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([^-]*)-----END/.exec(pem)?.[1];
  if (body === undefined && /ENCRYPTED/.test(pem)) throw new PassphraseError();
  const key = body === undefined ? createPrivateKey(pem) : opensshKey(Buffer.from(body, 'base64'));
  return { key, blob: publicBlob(key) };
}

const magic = 'openssh-key-v1\0';

function opensshKey(bytes: Buffer): KeyObject {
  if (bytes.toString('latin1', 0, magic.length) !== magic) throw new Error('not a private key');
  const reader = new WireReader(bytes.subarray(magic.length));
  const cipher = reader.text().toString();
  reader.text();
  reader.text();
  const count = reader.uint32();
  reader.text();
  if (cipher !== 'none') throw new PassphraseError();
  if (count !== 1) throw new Error('more than one key');
  const secret = new WireReader(reader.text());
  if (secret.uint32() !== secret.uint32()) throw new Error('not a valid private key');
  return createPrivateKey({ key: jwkOf(secret), format: 'jwk' });
}

function jwkOf(secret: WireReader): Record<string, string> {
  const kind = secret.text().toString();
  if (kind === 'ssh-ed25519') {
    const x = secret.text();
    const d = secret.text().subarray(0, 32);
    return { kty: 'OKP', crv: 'Ed25519', x: base64(x), d: base64(d) };
  }
  if (kind === 'ssh-rsa') {
    const [n, e, d, qi, p, q] = Array.from({ length: 6 }, () => withoutZeros(secret.text()));
    if (!n || !e || !d || !qi || !p || !q) throw new Error('not a valid private key');
    const [dp, dq] = [p, q].map((prime) => toBytes(toBigint(d) % (toBigint(prime) - 1n)));
    const numbers = { n, e, d, p, q, dp: dp ?? d, dq: dq ?? d, qi };
    const encoded = Object.entries(numbers).map(([name, value]) => [name, base64(value)]);
    return { kty: 'RSA', ...(Object.fromEntries(encoded) as Record<string, string>) };
  }
  const curve = curves.find(({ name }) => kind === `ecdsa-sha2-${name}`);
  if (curve === undefined) throw new Error(`unknown kind of key ${kind}`);
  secret.text();
  const point = secret.text().subarray(1);
  const d = padded(withoutZeros(secret.text()), curve.size);
  const [x, y] = [point.subarray(0, curve.size), point.subarray(curve.size)];
  return { kty: 'EC', crv: curve.jwk, x: base64(x), y: base64(y), d: base64(d) };
}

/** `size` is that of a coordinate in bytes. */
export const curves = [
  { name: 'nistp256', jwk: 'P-256', size: 32, hash: 'sha256' },
  { name: 'nistp384', jwk: 'P-384', size: 48, hash: 'sha384' },
  { name: 'nistp521', jwk: 'P-521', size: 66, hash: 'sha512' },
] as const;

/** RFC 4253, RFC 5656 and RFC 8709. */
function publicBlob(key: KeyObject): Buffer {
  const {
    kty,
    crv,
    x = '',
    y = '',
    n = '',
    e = '',
  } = createPublicKey(key).export({ format: 'jwk' });
  if (kty === 'OKP' && crv === 'Ed25519')
    return Buffer.concat([text('ssh-ed25519'), text(bytes(x))]);
  if (kty === 'RSA') return Buffer.concat([text('ssh-rsa'), integer(bytes(e)), integer(bytes(n))]);
  const curve = curves.find(({ jwk }) => jwk === crv);
  if (curve === undefined) throw new Error('unknown kind of key');
  const point = Buffer.concat([Buffer.from([4]), bytes(x), bytes(y)]);
  return Buffer.concat([text(`ecdsa-sha2-${curve.name}`), text(curve.name), text(point)]);
}

function padded(value: Buffer, size: number): Buffer {
  return Buffer.concat([Buffer.alloc(Math.max(0, size - value.length)), value]);
}

function base64(value: Uint8Array): string {
  return Buffer.from(value).toString('base64url');
}

function bytes(value: string): Buffer {
  return Buffer.from(value, 'base64url');
}

function toBigint(value: Buffer): bigint {
  return BigInt(`0x${value.toString('hex') || '0'}`);
}

function toBytes(value: bigint): Buffer {
  const digits = value.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
}
