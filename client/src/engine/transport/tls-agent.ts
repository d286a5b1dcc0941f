/** HTTP over TLS with the certificates of a Docker context. */
import { readFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { Place, TlsFiles } from '../address.ts';

/** Reads the certificates; rejects where one cannot be read, for the first of several. */
export async function tlsAgent(
  { host, port }: Extract<Place, { kind: 'tcp' }>,
  { ca, cert, key, verify }: TlsFiles,
): Promise<Agent> {
  const text = async (file: string | undefined) => file && (await readFile(file));
  // One after the other: of several that are gone, the same one is told of each time.
  const caText = await text(ca);
  const certText = await text(cert);
  const keyText = await text(key);
  const options = {
    host,
    port,
    // Addresses are no names, and may not be sent as such.
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
