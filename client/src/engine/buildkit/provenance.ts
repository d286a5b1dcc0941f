/**
 * The provenance that BuildKit stores of a build (SLSA 0.2 with BuildKit's own metadata): the text of the Dockerfile, and the
 * lines and the layers of each step. The arguments in it are not read.
 */
import type { BuildRecord } from '../../../../contract/build.ts';

type Json = Readonly<Record<string, unknown>>;

/** Empty if the bytes are something else. */
export function readProvenance(
  bytes: Uint8Array,
): Pick<BuildRecord, 'dockerfile' | 'places' | 'layers'> {
  const statement = parsed(bytes);
  const provenance = 'predicate' in statement ? at(statement, 'predicate') : statement;
  const metadata = at(provenance, 'metadata', 'https://mobyproject.org/buildkit@v1#metadata');
  const source = at(metadata, 'source');
  const infos = listAt(source, 'infos');
  const data = textAt(infos[0] ?? {}, 'data');
  const locations = at(source, 'locations');
  const layers = at(metadata, 'layers');
  // From the id of a step, which is a digest, to its name in the rest of the document.
  const steps = Object.entries(at(provenance, 'buildConfig', 'digestMapping')).flatMap(
    ([digest, name]) => (typeof name === 'string' ? [[digest, name] as const] : []),
  );
  const places = steps.map(([digest, name]) => [digest, rangesOf(at(locations, name))] as const);
  const chains = steps.map(([digest, name]) => [digest, chainOf(layers[`${name}:0`])] as const);
  return {
    ...(data !== undefined && { dockerfile: Buffer.from(data, 'base64').toString() }),
    places: Object.fromEntries(places.filter(([, ranges]) => ranges.length > 0)),
    layers: Object.fromEntries(chains.filter(([, chain]) => chain.length > 0)),
  };
}

function parsed(bytes: Uint8Array): Json {
  try {
    return objectOf(JSON.parse(Buffer.from(bytes).toString()));
  } catch {
    return {};
  }
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

/** The object at the end of a path; empty if there is none. */
function at(json: Json, ...path: readonly string[]): Json {
  return path.reduce<Json>((inner, key) => (Object.hasOwn(inner, key) ? objectOf(inner[key]) : {}), json); // prettier-ignore
}

function listAt(json: Json, key: string): readonly Json[] {
  const value = json[key];
  return Array.isArray(value) ? value.map(objectOf) : [];
}

function textAt(json: Json, key: string): string | undefined {
  const value = json[key];
  return typeof value === 'string' ? value : undefined;
}

function rangesOf(location: Json): readonly { readonly start: number; readonly end: number }[] {
  return listAt(location, 'locations').flatMap((one) =>
    listAt(one, 'ranges').flatMap((range) => {
      const start = at(range, 'start').line;
      const end = at(range, 'end').line;
      if (typeof start !== 'number') return [];
      return [{ start, end: typeof end === 'number' ? Math.max(start, end) : start }];
    }),
  );
}

/** The digests of the layers up to a step, the lowest first. */
function chainOf(layers: unknown): readonly string[] {
  const [chain] = Array.isArray(layers) ? (layers as readonly unknown[]) : [];
  const all = Array.isArray(chain) ? chain.map(objectOf) : [];
  return all.flatMap((layer) => textAt(layer, 'digest') ?? []);
}
