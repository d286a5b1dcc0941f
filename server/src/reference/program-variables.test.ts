import { expect, test } from 'vitest';
import { environmentValues, valueInfo } from './environment-values.ts';
import { isAutomatic, isReadByPrograms } from './program-variables.ts';
import { programNotes, tarLetters } from './program-notes.ts';

test.each(
  'PATH HOME LC_ALL LANG IFS DEBIAN_FRONTEND PYTHONPATH PIP_INDEX_URL UV_LINK_MODE NODE_ENV npm_config_registry NPM_CONFIG_LOGLEVEL GOPATH GOOS GO111MODULE CGO_ENABLED CARGO_HOME RUSTFLAGS JAVA_HOME JAVA_OPTS CLASSPATH DOTNET_NOLOGO GEM_HOME BUNDLE_PATH COMPOSER_HOME MIX_ENV CFLAGS LDFLAGS GIT_SSH_COMMAND CUDA_HOME POSTGRES_PASSWORD'.split(
    ' ',
  ),
)('%s is read by programs', (name) => {
  expect(isReadByPrograms(name)).toBe(true);
});

test.each(
  'PYTHON_VERSION GO_VERSION GOSU_VERSION NODE_VERSION JAVA_VERSION APP_HOME VERSION BASE_IMAGE CARGO_CHEF_VERSION DOCKER_VERSION JAVA_URL JAVA_SHA256 USERNAME PATHS GOBUILDFLAGS url'.split(
    ' ',
  ),
)('%s is a name of the author', (name) => {
  expect(isReadByPrograms(name)).toBe(false);
});

test('platform, proxy and BuildKit arguments are automatic', () => {
  for (const name of ['TARGETARCH', 'https_proxy', 'BUILDKIT_INLINE_CACHE', 'SOURCE_DATE_EPOCH'])
    expect(isAutomatic(name)).toBe(true);
  expect(isAutomatic('TARGET')).toBe(false);
});

test('values and programs are unique, and each is described in sentences', () => {
  const lists = [programNotes, tarLetters, environmentValues, ...environmentValues.map(({ values }) => values)]; // prettier-ignore
  for (const list of lists) {
    const names = list.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  }
  for (const { documentation } of [
    ...programNotes,
    ...tarLetters,
    ...environmentValues.flatMap(({ values }) => values),
  ])
    expect(documentation).toMatch(/\.$/);
});

test('an unknown value has the meaning of any other value, and an empty one has none', () => {
  expect(valueInfo('PYTHONUNBUFFERED', 'yes')?.documentation).toContain('Disables output');
  expect(valueInfo('PYTHONUNBUFFERED', '')).toBeUndefined();
  expect(valueInfo('CGO_ENABLED', '2')).toBeUndefined();
  expect(valueInfo('UNKNOWN', '1')).toBeUndefined();
});
