import { describe, expect, test } from 'vitest';
import { buildLines, buildPlace } from '../../../test/build-lines.ts';
import { specOfLine } from './line.ts';
import { lineOfSpec } from './print.ts';
import { contextTrouble, optionsWithoutEffect, requestOf, resultFiles } from './request.ts';

const read = (line: string) => specOfLine(line, buildPlace);

describe.each(buildLines)('%s', (line, request) => {
  test('means this request', () => {
    const { spec, troubles } = read(line);
    expect(troubles.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(requestOf(spec, buildPlace)).toMatchObject(request);
  });

  test('means the same after it is printed and read', () => {
    const { spec } = read(line);
    const again = read(lineOfSpec(spec)).spec;
    expect(again).toEqual(spec);
    expect(requestOf(again, buildPlace)).toEqual(requestOf(spec, buildPlace));
  });
});

test.each([
  ['docker run -it alpine', 'This is not a docker build command'],
  ['docker compose build', 'This is not a docker build command'],
  ['ls -l', 'This is not a docker build command'],
  ['docker build -t', '-t requires a value'],
  ['docker build -t App .', 'An image name must be lowercase: app'],
  ['docker build a b', 'b is not an option; docker build takes one PATH'],
  ['docker build --secret src=x .', 'A secret requires an id'],
  ['docker build --secret id=x,kind=y .', 'kind is not a field of a secret'],
  ['docker build --ulimit nofile .', 'nofile is not valid; use a form such as nofile=1024:2048'],
  ['docker build --shm-size lots .', 'lots is not a valid size; use a number with b, k, m or g'],
  [
    'docker build --platform "a b" .',
    'a b is not a valid platform; use a form such as linux/arm64',
  ],
  ['docker build --add-host db .', 'db is not valid; use a form such as db:10.0.0.5'],
  ['docker build --cache-from a,b=c .', 'a must be of the form key=value'],
  ['docker build --output type=local,out .', 'out must be of the form key=value'],
  ['docker build --build-context docs .', 'docs is not of the form name=value'],
  ['docker build -m lots .', 'lots is not a valid size; use a number with b, k, m or g'],
  ['docker build --cpu-quota half .', 'half is not a whole number'],
  ['docker build -c -1 .', '-1 is less than 0'],
  ['docker build --cpuset-cpus 3-1 .', '3-1 is not valid; use a form such as 0-3,6'],
  ['docker build --cpuset-mems 0,,1 .', '0,,1 is not valid; use a form such as 0-3,6'],
  ['docker build --resource memory .', 'memory is not of the form name=value'],
  ['docker build --resource memory=lots .', 'lots is not a valid size; use a number with b, k, m or g'], // prettier-ignore
  [
    'docker build --resource cpus=1 .',
    'cpus is not valid; use memory, memory-swap, cpu-shares, cpu-period, cpu-quota, cpuset-cpus, cpuset-mems',
  ],
  ['docker build -t $UNKNOWN .', 'The value of $UNKNOWN is not known; it is kept as written'],
  ['docker build -t app . | tee log', 'Ignored, not part of the docker command: tee log'],
  ['make all; docker build .', 'Ignored, not part of the docker command: make all'],
])('reports a problem in %s', (line, message) => {
  expect(read(line).troubles.map((trouble) => trouble.message)).toContain(message);
});

test('reads any text without an error in an empty line', () => {
  expect(read('').spec.context).toBe('');
});

test('does not drop options that are not known, with or without a value', () => {
  const { spec } = read('docker build --shiny new --old=1 --plain -Zx -t app .');
  expect(spec.unknown).toEqual([['--shiny', 'new'], ['--old=1'], ['--plain'], ['-Zx']]);
  expect(lineOfSpec(spec)).toBe('docker build -t app --shiny new --old=1 --plain -Zx .');
});

test.each([
  ['docker build -q --progress plain --compress --rm --force-rm --load .', []],
  ['docker build --rm=false .', ['--rm=false']],
  ['docker build -m 1g --squash .', ['--squash']],
  ['docker build --check .', ['--check']],
  ['docker build --call build .', []],
  ['docker build --builder default .', []],
  ['docker buildx --builder farm build .', []],
  ['docker build --builder farm .', []],
  ['BUILDX_BUILDER=farm docker build .', []],
  [
    'DOCKER_HOST=ssh://me@box docker --context x build .',
    ['DOCKER_HOST=ssh://me@box', '--context x'],
  ],
  ['docker build -o - .', ['--output=-']],
  ['docker build --shiny new .', ['--shiny new']],
  ['docker build --iidfile id --metadata-file m.json -f a/Dockerfile .', []],
])('names the options without effect in %s', (line, names) => {
  expect(optionsWithoutEffect(read(line).spec)).toEqual(names);
});

test.each([
  ['docker build - < Dockerfile', /standard input/],
  ['docker build -f - .', /standard input/],
  ['docker build -t app', /No build context/],
])('explains why %s cannot be built', (line, message) => {
  expect(contextTrouble(read(line).spec)).toMatch(message);
});

test('resolves the files that are written after the build', () => {
  const { spec } = read('cd api && docker build --iidfile id --metadata-file ~/m.json .');
  expect(resultFiles(spec, buildPlace)).toEqual({
    imageId: '/work/shop/api/id',
    metadata: '/home/me/m.json',
  });
});

test('finds the words of an option in the line', () => {
  const line = 'docker build -t app --shiny . ';
  const at = read(line).parts.map(({ place, words }) => [
    place,
    words.map(({ start, end }) => line.slice(start, end)).join(' '),
  ]);
  expect(at).toEqual([
    ['program', 'docker build'],
    ['tag', '-t app'],
    ['unknown', '--shiny'],
    ['context', '.'],
  ]);
});

test.each([
  ['DOCKER_BUILDKIT=0 docker build .', true],
  ['sudo DOCKER_BUILDKIT=false docker image build .', true],
  ['DOCKER_BUILDKIT=1 docker build .', undefined],
  ['docker build .', undefined],
  ['DOCKER_BUILDKIT=0 docker buildx build .', undefined],
  ['DOCKER_BUILDKIT=0 podman build .', undefined],
  ['DOCKER_BUILDKIT=0 docker build --builder farm .', undefined],
])('knows whether %s uses the classic builder', (line, classicBuilder) => {
  expect(requestOf(read(line).spec, buildPlace).classicBuilder).toBe(classicBuilder);
});
