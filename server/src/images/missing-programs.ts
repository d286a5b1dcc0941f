/** Which well-known images do not contain curl or wget, from their Dockerfiles. */
import type { ImageName } from './image.ts';
import { officialName } from './releases.ts';

/** Without a variant, they have neither. */
const plain: ReadonlySet<string> = new Set(['debian', 'ubuntu']);
/** Their slim variants have neither; the others are built on `buildpack-deps`, which has both. */
const slim: ReadonlySet<string> = new Set(['python', 'node', 'ruby', 'rust', 'perl', 'pypy']);
/** Their Alpine variants have the `wget` of busybox, and no curl. */
const alpine: ReadonlySet<string> = new Set(['python', 'node', 'ruby', 'rust', 'golang', 'pypy', 'elixir', 'erlang']); // prettier-ignore

/** Whether an image is known not to contain a program; false if it is not known. */
export function lacksProgram(image: ImageName, program: 'curl' | 'wget'): boolean {
  const { registry, repository, tag = '' } = image;
  const isAlpine = /(?:^|-)alpine/.test(tag);
  if (registry === 'gcr.io' && repository.startsWith('distroless/')) return !tag.includes('debug');
  if (
    registry === 'mcr.microsoft.com' &&
    /^dotnet\/(?:aspnet|runtime|runtime-deps)$/.test(repository)
  )
    // prettier-ignore
    return !/nanoserver|windows/.test(tag) && (program === 'curl' || !isAlpine);
  const name = officialName(image) ?? '';
  if (name === 'alpine') return program === 'curl';
  if (plain.has(name)) return true;
  if (isAlpine) return program === 'curl' && alpine.has(name);
  return slim.has(name) && /(?:^|-)slim(?:-|$)/.test(tag);
}
