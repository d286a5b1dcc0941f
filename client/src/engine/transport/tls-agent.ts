/** HTTP over TLS with the certificates of a Docker context. */
import { Agent } from 'node:http';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { Endpoint, TlsFiles } from '../address.ts';
import { readRegularFile } from '../regular-file.ts';

/** Reads the certificate files; rejects with the error of the first file that cannot be read. */
export async function tlsAgent(
  { host, port }: Extract<Endpoint, { kind: 'tcp' }>,
  { ca, cert, key, verify }: TlsFiles,
): Promise<Agent> {
  const readPem = async (file: string | undefined) => file && (await readRegularFile(file));
  // In sequence, so that the same file is reported each time if several are missing.
  const caText = await readPem(ca);
  const certText = await readPem(cert);
  const keyText = await readPem(key);
  const options = {
    host,
    port,
    // The server name extension of TLS does not allow IP addresses.
    ...(isIP(host) === 0 && { servername: host }),
    ...(caText && { ca: caText }),
    ...(certText && { cert: certText }),
    ...(keyText && { key: keyText }),
    rejectUnauthorized: verify,
  };
  return Object.assign(new Agent({ keepAlive: false }), {
    createConnection: () => connect(options),
  });
}
