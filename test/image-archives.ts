/** Archives as `docker save` writes them, built byte by byte for tests. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { rawArchive, type RawEntry } from './tar-archive.ts';

/** An entry of a layer: a name and its content, or more. */
export type LayerEntry = RawEntry | string;

/** `path` is an empty file, `path=content` a file, `path/` a directory. */
export function layerTar(entries: readonly LayerEntry[]): Buffer {
  return rawArchive(
    ...entries.map((entry) => (typeof entry === 'string' ? shortEntry(entry) : entry)),
  );
}

function shortEntry(text: string): RawEntry {
  if (text.endsWith('/')) return { name: text, type: '5', mode: 0o755 };
  const [name = '', content = ''] = text.split('=');
  return { name, content };
}

export interface ArchiveOptions {
  /** `created_by` of the steps; an empty layer is marked with a leading `-`. */
  readonly steps?: readonly string[];
  readonly compress?: (layer: Buffer) => Buffer;
  /** Names files before the files that they name. */
  readonly manifestFirst?: boolean;
  /** Without the list of images that both formats have. */
  readonly withoutList?: boolean;
}

function configOf({ steps = [] }: ArchiveOptions): string {
  const history = steps.map((step) =>
    step.startsWith('-') ? { created_by: step.slice(1), empty_layer: true } : { created_by: step },
  );
  return JSON.stringify({ architecture: 'amd64', os: 'linux', history });
}

/** The format of Docker before 25: equal layers are links to the first of them. */
export function dockerArchive(layers: readonly Buffer[], options: ArchiveOptions = {}): Buffer {
  const seen = new Map<string, string>();
  const files = layers.flatMap((layer, index): RawEntry[] => {
    const folder = digestOf(Buffer.concat([layer, Buffer.from(String(index))]));
    const digest = digestOf(layer);
    const first = seen.get(digest);
    seen.set(digest, first ?? folder);
    const name = `${folder}/layer.tar`;
    return [
      { name: `${folder}/`, type: '5', mode: 0o755 },
      { name: `${folder}/VERSION`, content: '1.0' },
      { name: `${folder}/json`, content: '{}' },
      first === undefined
        ? { name, content: layer.toString('latin1') }
        : { name, type: '2', link: `../${first}/layer.tar` },
    ];
  });
  const names = files.map(({ name }) => name).filter((name) => name.endsWith('layer.tar'));
  const manifest = [{ Config: 'config.json', RepoTags: ['x:1'], Layers: names }];
  const last = [
    { name: 'config.json', content: configOf(options) },
    { name: 'manifest.json', content: JSON.stringify(manifest) },
  ];
  return rawArchive(...(options.manifestFirst ? [...last, ...files] : [...files, ...last]));
}

/** The OCI image layout of Docker 25 and later; layers are compressed if the engine stores images in containerd. */
export function ociArchive(layers: readonly Buffer[], options: ArchiveOptions = {}): Buffer {
  const { compress, withoutList = false } = options;
  const blobs = new Map<string, Buffer>();
  const addBlob = (content: Buffer): string => {
    const digest = digestOf(content);
    blobs.set(`blobs/sha256/${digest}`, content);
    return digest;
  };
  const digests = layers.map((layer) => addBlob(compress?.(layer) ?? layer));
  const config = addBlob(Buffer.from(configOf(options)));
  const mediaType = 'application/vnd.oci.image.layer.v1.tar';
  const descriptors = digests.map((digest) => ({ mediaType, digest: `sha256:${digest}` }));
  const image = { config: { digest: `sha256:${config}` }, layers: descriptors };
  const attestation = { config: { digest: `sha256:${config}` }, layers: [{ mediaType: 'application/vnd.in-toto+json', digest: `sha256:${config}` }] }; // prettier-ignore
  const manifests = [attestation, image].map((one) => addBlob(Buffer.from(JSON.stringify(one))));
  const inner = { manifests: manifests.map((digest) => ({ digest: `sha256:${digest}` })) };
  const index = {
    manifests: [{ digest: `sha256:${addBlob(Buffer.from(JSON.stringify(inner)))}` }],
  };
  const path = (digest: string) => `blobs/sha256/${digest}`;
  const list = [{ Config: path(config), Layers: digests.map(path) }];
  const files = [...blobs].map(([name, content]) => ({
    name,
    content: content.toString('latin1'),
  }));
  const last = [
    { name: 'index.json', content: JSON.stringify(index) },
    ...(withoutList ? [] : [{ name: 'manifest.json', content: JSON.stringify(list) }]),
    { name: 'oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' },
  ];
  return rawArchive(...(options.manifestFirst ? [...last, ...files] : [...files, ...last]));
}

export const gzipped = (layer: Buffer): Buffer => gzipSync(layer);

function digestOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
