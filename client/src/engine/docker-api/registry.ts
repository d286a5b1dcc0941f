/** Registry operations of the engine: pull, push, search, login. */
import { credentialsFor } from '../docker-cli/credentials.ts';
import type { Credentials } from '../credentials.ts';
import { nameAndTag } from './images.ts';
import { linesOf, segment, type Request, type Wire } from './wire.ts';
import type { Engine, PullProgress } from '../engine.ts';
import type { SearchResult } from '../objects.ts';
import { EngineError, isEngineError } from '../errors.ts';
import { cancelledError, isAborted, streamError } from './engine-errors.ts';

export function registryMethods(wire: Wire): Pick<Engine, 'pull' | 'push' | 'search' | 'login'> {
  return {
    pull: (reference, signal, platform) => {
      const { name: fromImage, tag } = nameAndTag(reference);
      const query = { fromImage, tag, platform };
      return transfer(wire, reference, { method: 'POST', path: '/images/create', query, signal });
    },
    push: (reference, signal) => {
      const { name, tag } = nameAndTag(reference);
      const path = `/images/${segment(name)}/push`;
      return transfer(wire, reference, { method: 'POST', path, query: { tag }, signal });
    },
    search: async (term) => {
      const query = { term, limit: searchLimit };
      const request = { method: 'GET', path: '/images/search', query } as const;
      const raw = await wire.json<readonly RawSearchResult[] | Buffer>(request);
      // If nothing was found, the body is `null`, which docker-modem returns as bytes.
      return Array.isArray(raw) ? (raw as readonly RawSearchResult[]).map(toSearchResult) : [];
    },
    login: (credentials) => login(wire, credentials),
  };
}

/** Maximum number of search results. */
const searchLimit = 50;

interface RawSearchResult {
  readonly name?: string;
  readonly description?: string;
  readonly star_count?: number;
  readonly is_official?: boolean;
  /** Property names of Podman. */
  readonly Name?: string;
  readonly Description?: string;
  readonly Stars?: number;
  readonly Official?: string;
}

function toSearchResult(raw: RawSearchResult): SearchResult {
  return {
    name: raw.name ?? raw.Name ?? '',
    description: (raw.description ?? raw.Description ?? '').replace(/\s+/g, ' ').trim(),
    stars: raw.star_count ?? raw.Stars ?? 0,
    official: raw.is_official === true || raw.Official === '[OK]',
  };
}

interface RawProgress {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly errorDetail?: { readonly message?: string };
  readonly error?: string;
}

async function* transfer(
  wire: Wire,
  reference: string,
  request: Request & { readonly signal: AbortSignal },
): AsyncGenerator<PullProgress, void, undefined> {
  const { signal } = request;
  // Engines refuse a push without this header, even if the registry allows anonymous access.
  const auth = (await credentialsFor(reference)) ?? {};
  if (isAborted(signal)) throw cancelledError();
  const headers = { 'X-Registry-Auth': base64url(auth) };
  for await (const line of linesOf(wire, { ...request, headers })) {
    const raw = JSON.parse(line) as RawProgress;
    // The response has started with status 200: later failures are reported in the stream.
    const error = raw.errorDetail?.message ?? raw.error;
    if (error !== undefined) throw streamError(error);
    if (raw.status !== undefined) yield toProgress(raw, raw.status);
  }
  if (isAborted(signal)) throw cancelledError();
}

function toProgress({ id, progressDetail }: RawProgress, status: string): PullProgress {
  const { current, total } = progressDetail ?? {};
  return {
    status,
    // In lines about the whole image, the id is the tag.
    ...(id !== undefined && /^[0-9a-f]{6,}$/.test(id) && { layer: id }),
    ...(current !== undefined && { current }),
    ...(total !== undefined && total > 0 && { total }),
  };
}

async function login(wire: Wire, credentials: Credentials): Promise<string | undefined> {
  const request = { method: 'POST', path: '/auth', body: credentials } as const;
  const answer = await wire
    .json<{ readonly IdentityToken?: string }>(request)
    .catch((error: unknown) => {
      throw isEngineError(error) && /\b401\b|unauthorized|incorrect username/i.test(error.message)
        ? new EngineError('unauthorized', error.message)
        : error;
    });
  return answer.IdentityToken ? answer.IdentityToken : undefined;
}

/** With padding, which Node.js omits in `base64url`; without it engines ignore the credentials. */
function base64url(value: object): string {
  const text = Buffer.from(JSON.stringify(value)).toString('base64');
  return text.replaceAll('+', '-').replaceAll('/', '_');
}
