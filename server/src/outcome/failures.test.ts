import { describe, expect, test } from 'vitest';
import type { BuildFailure } from '../../../contract/build.ts';
import { failingBuilds } from '../../../test/engine/failed-builds/cases.ts';
import {
  recordedBuilds,
  recordedFailure,
  recordedVersions,
} from '../../../test/engine/failed-builds/recorded.ts';
import { addMarks, parseMarks } from '../../../test/marks.ts';
import { document } from '../model/document.ts';
import { dockerfile } from '../text/dedent.ts';
import { applyEdits } from '../text/edit.ts';
import { placeOf, type FailedBuild, type FailurePlace } from './failures.ts';

describe.each(recordedVersions)('failures that engine %s reported', (version) => {
  const recorded = recordedBuilds(version);
  const cases = failingBuilds().filter(({ only }) => only === undefined || only === version);

  test.each(cases)('marks the word or command: $name', (build) => {
    const found = recorded[build.name];
    expect(found).toBeDefined();
    if (found === undefined) return;
    const place = placeOf(document('Dockerfile', build.dockerfile), recordedFailure(build, found));
    expect(place && addMarks(build.dockerfile, [place])).toBe(
      addMarks(build.dockerfile, [build.expected]),
    );
    expect(place?.message).toMatch(/^[^\n]{5,200}[^.\n]$/);
  });

  test.each(cases)('makes no fix that leaves a broken file: $name', (build) => {
    const found = recorded[build.name];
    const source = document('Dockerfile', build.dockerfile);
    const place = found && placeOf(source, recordedFailure(build, found));
    for (const fix of place?.fixes ?? []) {
      if (fix.path !== undefined) continue;
      const edits = fix.edits.map(({ start, end, text }) => ({ span: { start, end }, text }));
      const fixed = document('Dockerfile', applyEdits(build.dockerfile, edits));
      expect(fixed.text).not.toBe(build.dockerfile);
      expect(fixed.tree.errors.length).toBeLessThanOrEqual(source.tree.errors.length);
    }
  });
});

interface Told extends Partial<Omit<FailedBuild, 'failure'>> {
  readonly failure?: Partial<BuildFailure>;
  readonly step?: string;
}

/** The place in a text whose marks are removed. */
function placeIn(marked: string, { step, failure, ...more }: Told): FailurePlace | undefined {
  const { text } = parseMarks(marked);
  return placeOf(document('Dockerfile', text), {
    log: '',
    ...more,
    failure: {
      message: '',
      sources: [],
      ...(step !== undefined && { step: { id: '1', name: step } }),
      ...failure,
    },
  });
}

function expectMarks(marked: string, place: FailurePlace | undefined): void {
  expect(place && addMarks(parseMarks(marked).text, [place])).toBe(marked);
}

describe('places', () => {
  test('are those of the classic builder too', () => {
    const copy = dockerfile`
      FROM debian
      ENV A=1
      COPY a «missing.txt» /srv/
    `;
    const message =
      'COPY failed: file not found in build context or excluded by .dockerignore: stat missing.txt: file does not exist';
    expectMarks(
      copy,
      placeIn(copy, { step: '[3/3] COPY a missing.txt /srv/', failure: { message } }),
    );
    const run = dockerfile`
      FROM debian
      ENV A=1
      RUN make
      RUN make && «mkae» install
    `;
    expectMarks(
      run,
      placeIn(run, {
        step: '[4/4] RUN make && mkae install',
        failure: {
          message: "The command '/bin/sh -c make && mkae install' returned a non-zero code: 127",
        },
        log: '/bin/sh: 1: mkae: not found\n',
      }),
    );
  });

  test('are found by the command if the step is not known', () => {
    const text = dockerfile`
      FROM debian
      RUN echo a
      RUN --mount=type=cache,target=/c echo b && «exit 3»
    `;
    const message = 'executor failed running [/bin/sh -c echo b && exit 3]: exit code: 3';
    const place = placeIn(text, { failure: { message } });
    expectMarks(text, place);
    expect(place?.exitCode).toBe(3);
  });

  test('are not in a file that does not contain the step', () => {
    const text = 'FROM debian\nRUN make\n';
    const failure = {
      message: 'process "/bin/sh -c npm ci" did not complete successfully: exit code: 1',
    };
    expect(placeIn(text, { step: '[2/2] RUN npm ci', failure })).toBeUndefined();
    expect(placeIn('', { step: '[2/2] RUN npm ci', failure })).toBeUndefined();
    expect(placeIn(text, { failure: { message: 'no space left on device' } })).toBeUndefined();
  });

  test('follow an instruction that has not changed since the build', () => {
    const built = 'FROM debian\nRUN echo a\nRUN nosuch --x\n';
    const sources = [{ file: 'Dockerfile', text: built, lines: [{ start: 3, end: 3 }] }];
    const failure = {
      message: 'process "…" did not complete successfully: exit code: 127',
      exitCode: 127,
      sources,
    };
    const told: Told = {
      failure,
      step: '[3/3] RUN nosuch --x',
      log: '/bin/sh: 1: nosuch: not found\n',
    };
    const moved = 'FROM debian\n# A comment\n\nRUN echo abc\nRUN «nosuch» --x\n';
    expectMarks(moved, placeIn(moved, told));
    expect(placeIn('FROM debian\nRUN echo a\nRUN nosuch --y\n', told)).toBeUndefined();
    expect(placeIn(`${built}RUN nosuch --x\n`, told)).toBeUndefined();
  });

  test('read output with colors, progress and Windows line ends', () => {
    const text = 'FROM alpine\nRUN apk add curl «nosuch»\n';
    const log =
      '\u001b[31mfetch\u001b[0m 1%\rfetch 50%\rfetch 100%\r\nERROR: unable to select packages:\r\n  \u001b[1mnosuch\u001b[0m (no such package):\r\n';
    const place = placeIn(text, {
      step: '[2/2] RUN apk add curl nosuch',
      failure: { message: 'exit code: 1', exitCode: 1 },
      log,
    });
    expectMarks(text, place);
    expect(place?.lastLines).toEqual([
      'fetch 100%',
      'ERROR: unable to select packages:',
      '  nosuch (no such package):',
    ]);
  });

  test('read output whose streams are mixed', () => {
    const traced = 'FROM alpine\nRUN set -x && apk add gcc «nosuch-dev»\n';
    const log =
      'ERROR: unable to select packages:\n  nosuch-dev (no such package):\n+ apk add gcc nosuch-dev\n';
    const failure = { message: '', exitCode: 1 };
    expectMarks(
      traced,
      placeIn(traced, { step: '[2/2] RUN set -x && apk add gcc nosuch-dev', failure, log }),
    );
    const split = 'FROM debian\nRUN echo a && dd if=/dev/zero of=«/dev/full»\n';
    const mixed = "dd: a\nerror writing '/dev/full': No space left on device\n1+0 records in\n";
    expectMarks(
      split,
      placeIn(split, {
        step: '[2/2] RUN echo a && dd if=/dev/zero of=/dev/full',
        failure,
        log: mixed,
      }),
    );
  });

  test('read which script of package.json runs', () => {
    const text = dockerfile`
      FROM node
      RUN npm ci && \
          «npm run build»
    `;
    const log =
      '\nadded 12 packages\n\n> shop@1.0.0 build\n> tsc -p .\n\nsrc/a.ts(1,1): error TS2304: x\n';
    const step = '[2/2] RUN npm ci &&     npm run build';
    expectMarks(text, placeIn(text, { step, failure: { message: '', exitCode: 2 }, log }));
  });

  test('are the first line of the instruction if it is not certain what failed', () => {
    const text = 'FROM debian\n«RUN ./first» \\\n  && ./second\n';
    const place = placeIn(text, {
      step: '[2/2] RUN ./first   && ./second',
      failure: { message: 'exit code: 9', exitCode: 9 },
    });
    expectMarks(text, place);
    expect(place?.message).toBe('RUN failed with exit code 9');
  });

  test('do not depend on output that belongs to a handled failure', () => {
    const text = dockerfile`
      FROM debian
      RUN ls /nosuch || true; \
          cat /none | wc -l; \
          «./check»
    `;
    const log =
      "ls: cannot access '/nosuch': No such file or directory\ncat: /none: No such file or directory\n0\n";
    expectMarks(
      text,
      placeIn(text, {
        step: '[2/2] RUN ls /nosuch || true;     cat /none | wc -l;     ./check',
        failure: { message: 'exit code: 3', exitCode: 3 },
        log,
      }),
    );
  });

  test('exist for any message and any output', () => {
    const texts = [
      '',
      'FROM a',
      'RUN',
      'FROM a\nRUN <<E\n',
      'FROM a\nCOPY --from= x y\n',
      'FROM $A\nRUN ["a"]\nUSER x\nWORKDIR /a\nRUN b\n',
    ];
    const words = [
      'exit code: 1',
      'secret x: not found',
      '"/a": not found',
      'parse error on line 99: x',
      'base name () should not be blank',
      'target stage "" could not be found',
      'circular dependency detected on stage: ',
      'invalid stage index 9',
      'unable to find user x: ',
      'mkdir /a: not a directory',
    ];
    const logs = [
      '',
      '\u001b[',
      ': not found',
      '/bin/sh: 1: : not found',
      '+ ',
      'E: Unable to locate package ',
      'curl: (99) x',
      "tar: '': Cannot open: No such file or directory",
    ];
    const steps = [undefined, '', '[', '[1/0] ', '[2/2] RUN b', '[x 1/1] COPY', 'FROM '];
    const told = texts.flatMap((text) =>
      words.flatMap((message) =>
        logs.flatMap((log) => steps.map((step) => ({ text, message, log, step }))),
      ),
    );
    for (const { text, message, log, step } of told) {
      const place = placeIn(text, {
        failure: { message },
        log,
        ...(step !== undefined && { step }),
      });
      if (place === undefined) continue;
      expect(place.start).toBeGreaterThanOrEqual(0);
      expect(place.end).toBeGreaterThanOrEqual(place.start);
      expect(place.end).toBeLessThanOrEqual(text.length);
    }
  });
});

describe('fixes', () => {
  test('install a missing command with the packages of the stage', () => {
    const text = dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y \
          git \
          curl
      RUN curl -s http://a | jq .
    `;
    const place = placeIn(text, {
      step: '[3/3] RUN curl -s http://a | jq .',
      failure: { message: 'exit code: 127', exitCode: 127 },
      log: '/bin/sh: 1: jq: not found\n',
    });
    const [fix] = place?.fixes ?? [];
    expect(fix).toMatchObject({ title: 'Install package `jq`', preferred: true });
    const edits = (fix?.edits ?? []).map(({ start, end, text: added }) => ({
      span: { start, end },
      text: added,
    }));
    expect(applyEdits(text, edits)).toContain('    git \\\n    curl \\\n    jq\nRUN');
  });

  test('do not install a package for a user without rights', () => {
    const text = 'FROM debian:12\nUSER app\nRUN jq .\n';
    const place = placeIn(text, {
      step: '[2/2] RUN jq .',
      failure: { message: 'exit code: 127', exitCode: 127 },
      log: '/bin/sh: 1: jq: not found\n',
    });
    expect(place?.fixes).toEqual([]);
  });

  test('include an ignored file again only if one line is enough', () => {
    const text = 'FROM a\nCOPY dist/app.js /srv/\n';
    const failure = { message: 'failed to compute cache key: "/dist/app.js": not found' };
    const step = '[2/2] COPY dist/app.js /srv/';
    const ignored = { path: '/project/.dockerignore', text: '# built\ndist\n' };
    const place = placeIn(text, { step, failure, ignoreFiles: [ignored] });
    expect(place?.related).toEqual([
      { path: ignored.path, line: 1, message: '`dist` excludes `dist/app.js`' },
    ]);
    expect(place?.fixes).toEqual([
      {
        title: 'Add `!dist/app.js` to .dockerignore',
        path: ignored.path,
        edits: [{ start: 13, end: 13, text: '!dist/app.js\n' }],
        preferred: true,
      },
    ]);
    const kept = placeIn(text, {
      step,
      failure,
      ignoreFiles: [{ path: '.dockerignore', text: '*.md\n' }],
    });
    expect(kept).toMatchObject({ kind: 'source-not-found', related: [], fixes: [] });
  });
});
