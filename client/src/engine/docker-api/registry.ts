/** Registry operations of the engine: pull, push, search, login. */
import { credentialsFor } from '../docker-cli/credentials.ts';
import type { Credentials } from '../credentials.ts';
import { nameAndTag } from './images.ts';
import { flag, every, number, object, text } from './json-readers.ts';
import { linesOf, requestJson } from './requests.ts';
import { segment, type Request } from './request.ts';
import type { Wire } from './wire.ts';
import type { Engine, PullProgress } from '../engine.ts';
import type { SearchResult } from '../objects.ts';
import { EngineError, isEngineError } from '../errors.ts';
import { cancelledError, isAborted } from './engine-errors.ts';
import { failureShape, throwStreamError, type RawFailure } from './stream-failure.ts';

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
      const request = { method: 'GET', path: '/images/search', query, patience: 'work' } as const;
      return (await requestJson(wire, request, every(rawSearchResult))).map(toSearchResult);
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

const rawSearchResult = object<RawSearchResult>({
  name: text,
  description: text,
  star_count: number,
  is_official: flag,
  Name: text,
  Description: text,
  Stars: number,
  Official: text,
});

function toSearchResult(raw: RawSearchResult): SearchResult {
  return {
    name: raw.name ?? raw.Name ?? '',
    description: (raw.description ?? raw.Description ?? '').replace(/\s+/g, ' ').trim(),
    stars: raw.star_count ?? raw.Stars ?? 0,
    official: raw.is_official === true || raw.Official === '[OK]',
  };
}

interface RawProgress extends RawFailure {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
}

const rawProgress = object<RawProgress>({
  id: text,
  status: text,
  progressDetail: object<NonNullable<RawProgress['progressDetail']>>({
    current: number,
    total: number,
  }),
  ...failureShape,
});

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
  const whole = { ...request, headers, patience: 'transfer' } as const;
  for await (const raw of linesOf(wire, whole, rawProgress)) {
    throwStreamError(raw);
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
  const reader = object<{ readonly IdentityToken?: string }>({ IdentityToken: text });
  const answer = await requestJson(wire, request, reader).catch((error: unknown) => {
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
