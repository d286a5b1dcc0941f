import { describe, expect, test } from 'vitest';
import { contextOf } from '../../../../test/context-root.ts';
import { lint } from '../../lint/lint.ts';
import type { ContextRoot } from '../../lint/surroundings.ts';
import { createModel } from '../../model/lazy-model.ts';
import { ignoreFile } from '../../project/ignore-file.ts';
import { parse } from '../../syntax/parse.ts';
import { rules } from '../index.ts';

/** Findings as `text: message`. */
function findings(
  id: string,
  text: string,
  roots: readonly ContextRoot[] | undefined,
  around = roots?.[0]?.ignoreFile,
): readonly string[] {
  const alone = rules.filter((one) => one.id === id);
  const surroundings = { ignoreFile: around ?? ('none' as const), ...(roots && { roots }) };
  const model = createModel(parse(`FROM a\n${text}\n`));
  return lint(model, alone, { rules: {} }, { surroundings }).map(
    ({ at: { span }, message }) => `${model.tree.text.slice(span.start, span.end)}: ${message}`,
  );
}

describe('copy-source-missing', () => {
  const project = contextOf(['Dockerfile', 'package.json', 'src/app.py', 'src/lib/x.c', 'A b.txt']);
  const missing = (text: string, roots: readonly ContextRoot[] = [project]) =>
    findings('copy-source-missing', text, roots);

  test.each([
    'COPY package.json /',
    'COPY . /',
    'COPY / /',
    'COPY ["A b.txt", "/"]',
    'COPY ./src/../package.json /',
    'COPY ../package.json /',
    'COPY src/*.py src/l?b /',
    'COPY yarn.lock* /',
    'COPY yarn.loc[k] /',
    'COPY package.json *.lock /',
    'COPY --from=b none /',
    'ADD https://a.b/none git@a.b:none.git /',
    'COPY <<EOF /\nEOF',
    'ARG X\nCOPY $X /',
    'ARG X=none\nCOPY $X /',
    'ONBUILD COPY none /',
    'RUN --mount=type=bind,source=src,target=/s x',
    'RUN --mount=type=bind,target=/s x',
    'RUN --mount=type=cache,target=/s x',
    'RUN --mount=from=b,source=none,target=/s x',
  ])('does not report %j', (text) => {
    expect(missing(text)).toEqual([]);
  });

  test.each([
    ['COPY none /', 'none: `none` does not exist in the build context'],
    ['ADD src/none.txt /', 'src/none.txt: `src/none.txt` does not exist in the build context'],
    ['COPY package.json/x /', 'package.json/x: `package.json/x` does not exist in the build context'],
    ['COPY *.jar /', '*.jar: `*.jar` matches nothing in the build context'],
    ['COPY Src/app.py /', 'Src/app.py: `Src/app.py` does not exist in the build context; `src/app.py` differs in case'],
    ['COPY src/ap.py /', 'src/ap.py: `src/ap.py` does not exist in the build context; did you mean `src/app.py`?'],
    ['COPY ../none /', '../none: `none` does not exist in the build context'],
    ['RUN --mount=type=bind,source=none,target=/s x', 'none: `none` does not exist in the build context'],
  ])('reports %j', (text, expected) => {
    expect(missing(text)).toEqual([expected]);
  }); // prettier-ignore

  test('does not report without the files of the context', () => {
    expect(findings('copy-source-missing', 'COPY none /', undefined)).toEqual([]);
    const unknown: ContextRoot = {
      ignoreFile: undefined,
      isWorkspace: true,
      list: () => undefined,
    };
    expect(missing('COPY none /', [unknown])).toEqual([]);
  });

  test('does not report if only Dockerfiles are beside the file', () => {
    const bare = contextOf(['Dockerfile', 'b.Dockerfile', 'README.md', 'compose.yaml']);
    expect(missing('COPY none other /', [bare])).toEqual([]);
  });

  test('does not report what exists in a directory above', () => {
    const own = { ...contextOf(['Dockerfile', 'package.json']), isWorkspace: false };
    const above = contextOf(['shared/x', 'docker/Dockerfile']);
    expect(missing('COPY package.json shared /', [own, above])).toEqual([]);
    expect(missing('COPY package.json none /', [own, above])).toHaveLength(1);
  });

  test('does not report for another frontend', () => {
    expect(missing('COPY none /')).toHaveLength(1);
    const model = createModel(parse('# syntax=example.com/other\nFROM a\nCOPY none /\n'));
    const surroundings = { ignoreFile: 'none' as const, roots: [project] };
    const alone = rules.filter(({ id }) => id === 'copy-source-missing');
    expect(lint(model, alone, { rules: {} }, { surroundings })).toEqual([]);
  });
});

describe('copy-ignored', () => {
  const paths = ['Dockerfile', 'app/a.log', 'app/b.log', 'docs/a.md', 'x/y.txt', 'x/z.log', 'k'];
  const ignored = (text: string, ignore: string, hasFiles = true) => {
    const file = ignoreFile('.dockerignore', ignore, 'file:///.dockerignore');
    const roots = hasFiles ? [contextOf(paths, file)] : undefined;
    return findings('copy-ignored', text, roots, file);
  };

  test.each([
    ['COPY . /', '*', '.: `.dockerignore` excludes the entire build context'],
    ['COPY k /', 'k', 'k: `k` is excluded by `.dockerignore`'],
    ['COPY app/a.log /', '**/*.log', 'app/a.log: `app/a.log` is excluded by `.dockerignore`'],
    ['COPY app /', 'app', 'app: `app` is excluded by `.dockerignore`'],
    ['COPY k /', '*\n!docs', 'k: `k` is excluded by `.dockerignore`'],
    ['COPY app /', 'app/*', 'app: Everything in `app` is excluded by `.dockerignore`'],
    ['COPY app/*.log k /', '**/*.log', 'app/*.log: Everything that `app/*.log` matches is excluded by `.dockerignore`'],
    ['RUN --mount=source=k,target=/k x', 'k', 'k: `k` is excluded by `.dockerignore`'],
  ])('reports %j with %j', (text, ignore, expected) => {
    expect(ignored(text, ignore)).toEqual([expected]);
  }); // prettier-ignore

  test.each([
    ['COPY x /', '**/*.log'],
    ['COPY x/* /', '**/*.log'],
    ['COPY app /', '*\n!app'],
    ['COPY app /', 'app\n!app/b.log'],
    ['COPY app /', '*\n!**/b.log'],
    ['COPY . /', '.*'],
    ['COPY k /', 'a[\nk'],
  ])('does not report %j with %j', (text, ignore) => {
    expect(ignored(text, ignore)).toEqual([]);
  });

  test('reports excluded paths without the files of the context, but not if an exception may apply', () => {
    expect(ignored('COPY k /', 'k', false)).toHaveLength(1);
    expect(ignored('COPY k /', '*\n!k/x', false)).toEqual([]);
  });

  test('offers to remove the line, or to include the path again', () => {
    const file = ignoreFile('.dockerignore', '# a\nk\nx', 'file:///.dockerignore');
    const model = createModel(parse('FROM a\nCOPY k /\n'));
    const alone = rules.filter(({ id }) => id === 'copy-ignored');
    const surroundings = { ignoreFile: file, roots: [contextOf(paths, file)] };
    const [found] = lint(model, alone, { rules: {} }, { surroundings });
    expect(found?.elsewhere).toMatchObject({
      file: { uri: 'file:///.dockerignore' },
      span: { start: 4, end: 5 },
      message: 'Excluded by this line',
      fixes: [
        { title: 'Remove line 2 from `.dockerignore`', edits: [{ span: { start: 4, end: 6 }, text: '' }] },
        { title: 'Include `k` again in `.dockerignore`', edits: [{ span: { start: 7, end: 7 }, text: '\n!k\n' }] },
      ],
    }); // prettier-ignore
  });
});
