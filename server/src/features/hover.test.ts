import { expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { hover } from './hover.ts';
import { markedDocument, withoutCursor, markSpans } from '../../../test/marked-document.ts';

/** The Markdown of the hover, after checking that its span is the marked one. */
function hoverAt(source: string): string | undefined {
  const it = markedDocument(source);
  const found = hover(it.document, it.offset, rules, (rule) => `file:///pages/${rule}.md`);
  if (found) expect(markSpans(it, [found.span])).toBe(withoutCursor(source));
  return found?.markdown;
}

test('shows the forms, the description and the reference of an instruction', () => {
  const markdown = hoverAt('FROM a\n«WOR‸KDIR» /app');
  expect(markdown).toContain('WORKDIR <');
  expect(markdown).toContain('Use an absolute path');
  expect(markdown).toContain('https://docs.docker.com/reference/dockerfile/#workdir');
  expect(hoverAt('FROM a\n«ON‸BUILD» RUN x')).toContain('ONBUILD');
  expect(hoverAt('FROM a\nONBUILD «R‸UN» x')).toContain('RUN [OPTIONS]');
});

test('shows the value that an earlier name of the same ARG has', () => {
  expect(hoverAt('FROM a\nARG A=1\nARG A=2 B=${«A‸»}')).toContain('= 2');
  expect(hoverAt('FROM a\nENV A=1\nENV A=2 B=${«A‸»}')).toContain('= 1');
});

test('names the ARG before the first FROM that a script does not see', () => {
  expect(hoverAt('ARG A=1\nFROM a\nRUN echo "$«A‸»"')).toContain('`ARG A`');
  expect(hoverAt('ARG A=1\nFROM a\nRUN A=2; echo $«A‸»')).toContain('`$A = 2`');
  expect(hoverAt('ENV A=1\nFROM a:$A‸')).toBeUndefined();
});

test.each([
  ['FROM a\nENV A=1\nRUN A="b c" && echo $«A‸»', '$A = "b c"', 'Set by the script on line 3'],
  ['FROM a\nRUN export «A‸»=2', '$A = 2', 'Exported by the script on line 2'],
  ['FROM a\nRUN for f in *; do echo $«f‸»; done', '`$f`', 'Set by the loop on line 2'],
  ['FROM a\nRUN read -r x && echo "$«x‸»"', '`$x`', 'Set by the command on line 2'],
  ['FROM a\nRUN «A‸»=1 make', '$A = 1', 'Set for this command only'],
  ['FROM a\nRUN --mount=type=secret,env=«TOK‸» x', '`$TOK`', 'content of a secret'],
  ['FROM a\nRUN A=$(b); echo $«A‸»', '$A = $(b)', 'line 2'],
  ['FROM a\nARG A=1\nENV «B‸»=x-$A', '$B = x-1', 'Not used'],
  ['FROM a\nARG A\nENV «B‸»=$A', '$B = $A', 'Not used'],
  ['FROM a\nENV «B‸»=x-$A', '$B = x-$A', 'Not used'],
  ['FROM a\nENV A=\nUSER $«A‸»', '`$A = `', 'The value is empty.'],
  ['FROM a\nENV «A‸»=""', '`$A = `', 'The value is empty. Not used'],
  ['ARG V=3\nFROM a\nARG «V‸»\nRUN echo $V', '$V = 3', 'Used once'],
  ['FROM a\nENV «CGO_ENAB‸LED»=1', '$CGO_ENABLED = 1', 'Enables cgo'],
  ['FROM a\nENV «CGO_ENAB‸LED»=0', '$CGO_ENABLED = 0', 'Disables cgo'],
  ['FROM a\nENV «NODE_ENV‸»=development', 'development', 'npm installs `devDependencies`'],
  ['FROM a\nENV «PIP_NO_CACHE_DIR‸»=0', '= 0', 'Also disables the pip cache'],
  ['FROM a\nENV «NODE_ENV‸»=', 'The value is empty.', 'use their default'],
  ['FROM a\nENV «PYTHONUNBUFFERED‸»=0', '= 0', 'even `0`'],
  ['ARG E=production\nFROM a\nARG E\nENV «NODE_ENV‸»=$E', 'NODE_ENV', 'production mode'],
])('knows the value of a variable: %s', (source, value, description) => {
  const markdown = hoverAt(source);
  expect(markdown).toContain(value);
  expect(markdown).toContain(description);
});

test.each([
  ['FROM a\nRUN «apt-‸get» install x', 'Package manager of Debian'],
  ['FROM a\nRUN apt-get «inst‸all» x', 'Install packages'],
  ['FROM a\nRUN x && «cur‸l» -fsSL y', 'Transfers data'],
  ['FROM a\nRUN curl «-fsS‸L» y', 'Fail on HTTP errors'],
  ['FROM a\nRUN tar «xz‸f» a.tgz', '`z`: Compress or decompress with gzip'],
  ['FROM a\nRUN tar «-xvJ‸f» a', '`J`: Compress or decompress with xz'],
  ['FROM a\nRUN chmod «75‸5» a', '`rwxr-xr-x`'],
  ['FROM a\nRUN chmod -R «47‸55» a', '`rwsr-xr-x`'],
  ['FROM a\nRUN sudo «chm‸od» 1777 a', 'Changes permissions'],
])('describes usual programs and their arguments: %s', (source, description) => {
  expect(hoverAt(source)).toContain(description);
});

test('describes flags, mount types and mount options', () => {
  expect(hoverAt('FROM a\nCOPY «--ch‸own»=1 a b')).toContain('Owner of the copied files');
  expect(hoverAt('FROM a\nRUN --mount=type=cache,«sha‸ring=locked» x')).toContain(
    'concurrent builds',
  );
  expect(hoverAt('FROM a\nRUN --mount=«type=ca‸che»,target=/x x')).toContain(
    'persists between builds',
  );
});

test('describes the flag at its value, and shows octal permissions as `ls` does', () => {
  expect(hoverAt('FROM a\nCOPY --chmod=«7‸50» a b')).toBe('`rwxr-x---`');
  expect(hoverAt('FROM a\nCOPY --chmod=«u=‸rwX» a b')).toContain('Permissions of the copied files');
  expect(hoverAt('FROM a\nHEALTHCHECK --retries=«‸3» CMD a')).toContain('--retries');
});

test('describes AS, CMD and NONE', () => {
  expect(hoverAt('FROM a «A‸S» b')).toContain('Name of the stage');
  expect(hoverAt('FROM a\nHEALTHCHECK --interval=5s «CM‸D» x')).toContain(
    'exit code 0 means healthy',
  );
  expect(hoverAt('FROM a\nHEALTHCHECK «no‸ne»')).toContain('Disables the health check');
});

test('describes options of shells and file commands: single, combined and in arrays', () => {
  expect(hoverAt('FROM a\nRUN set «-xe‸u»')).toBe(
    [
      '`set -xeu`\n',
      '- `-x`: Print each command before it runs.',
      '- `-e`: Exit as soon as a command fails.',
      '- `-u`: Treat unset variables as errors.',
    ].join('\n'),
  );
  expect(hoverAt('FROM a\nRUN mkdir «-‸p» /x')).toContain('parent directories');
  expect(hoverAt('FROM a\nRUN set -e‸fz')).toBeUndefined();
  expect(hoverAt('FROM a\nSHELL ["/bin/bash", "-o", «"pipe‸fail"», "-c"]')).toContain(
    'any of its commands',
  );
  expect(hoverAt('FROM a\nCMD ["npm", «"sta‸rt"»]')).toContain('npm start');
  expect(hoverAt('FROM a\nCMD ["np‸m", "start"]')).toBeUndefined();
});

test('shows the value of a variable and where it is set', () => {
  expect(hoverAt('FROM a\nENV A=1\nWORKDIR /$«A‸»')).toBe(
    '`$A = 1`\n\nSet to `1` by `ENV` on line 2.',
  );
  expect(hoverAt('FROM a\nARG A=1\nRUN echo ‸${«A»}')).toBe(
    '`$A = 1`\n\nDeclared by `ARG` on line 2. Default value: `1`.',
  );
  expect(hoverAt('FROM a\nARG «A‸»\nRUN echo $A')).toBe('`$A`\n\nUsed once in this file.');
  expect(hoverAt('FROM a\nARG «A‸»\nRUN echo $A $A')).toContain('Uses in this file: 2.');
});

test('describes predefined variables and variables that programs read', () => {
  expect(hoverAt('FROM --platform=$«BUILD‸PLATFORM» a')).toContain('build machine');
  expect(hoverAt('FROM a\nARG «TARGET‸ARCH»')).toBe(
    '`$TARGETARCH`\n\nArchitecture of `TARGETPLATFORM`, such as `amd64`.',
  );
  expect(hoverAt('FROM a\nENV «NODE_‸ENV»=production')).toContain('production mode');
  expect(hoverAt('FROM a\nENV PATH=/x:$«PA‸TH»')).toContain('Set in the base image.');
});

test('explains how to use a global ARG in a stage', () => {
  expect(hoverAt('ARG V=1\nFROM a\nENV W=$«V‸»')).toBe(
    '`$V`\n\nDeclared before the first `FROM`. To use it in this stage, add `ARG V`.',
  );
  expect(hoverAt('ARG V=1\nFROM a\nENV W=$«X‸»')).toContain('Not set in this stage');
});

test('shows the base of a stage and how often it is used', () => {
  expect(hoverAt('FROM a:1 AS «b‸»\nFROM b')).toBe(
    'Stage `b`, based on `a:1`. Used by 1 instruction.',
  );
  expect(hoverAt('FROM a:1 AS b\nFROM b AS c\nFROM d\nCOPY --from=«c‸» x y')).toBe(
    'Stage `c`, based on stage `b`. Used by 1 instruction.',
  );
  expect(hoverAt('FROM a:1 AS «b‸»\nFROM b AS c\nFROM b')).toContain('Used by 2 instructions.');
});

test('shows the image that results from variables', () => {
  expect(hoverAt('ARG V=3\nFROM «pyth‸on:$V»')).toBe(
    '`python:3` with the default values in this file.',
  );
});

test('describes the rule that an ignore comment names', () => {
  const [first] = rules;
  expect(hoverAt(`FROM a\n# drydock ignore=«${first!.id}‸»\nRUN x`)).toContain(first!.rule.summary);
});

test('lists all rules that implement a check of another tool', () => {
  const markdown = hoverAt('# check=skip=«JSONArgs‸Recommended»\nFROM a');
  expect(markdown).toContain('[exec-form-invalid-json]');
  expect(markdown).toContain('[json-args]');
});

test('shows nothing for plain words and empty lines', () => {
  expect(hoverAt('FROM a\nRUN frobni‸cate')).toBeUndefined();
  expect(hoverAt('FROM a\n‸\n')).toBeUndefined();
  expect(hoverAt('‸')).toBeUndefined();
});

test('shows the end of life of an image and the release to upgrade to', () => {
  expect(hoverAt('FROM «python‸:3.13-slim»')).toBe(
    'Python 3.13 is supported until 31 October 2029.',
  );
  expect(hoverAt('FROM «python:3‸.8-slim-buster» AS b')).toBe(
    'Python 3.8 reached end of life on 7 October 2024. Upgrade to 3.13.\n\nDebian buster reached end of life on 30 June 2024.',
  );
});

test('explains missing tags, `latest`, digests and scratch', () => {
  expect(hoverAt('FROM «ngi‸nx»')).toContain('Without a tag, `latest` is used');
  expect(hoverAt('FROM a:1\nCOPY --from=«nginx:la‸test» x y')).toContain('Use a version tag');
  expect(hoverAt(`FROM «a@sha‸256:${'0'.repeat(64)}»`)).toContain('exact content');
  expect(hoverAt('FROM «scr‸atch»')).toContain('without a shell');
});

test('shows the driver that an image with CUDA requires', () => {
  expect(hoverAt('FROM «nvidia/cuda:12.4.1-‸runtime-ubuntu22.04»')).toContain(
    'CUDA 12.4 requires driver 550.54.14 or later on the host',
  );
});

test('shows the final user, working directory and environment variables of a stage', () => {
  const source = 'FROM a:1 AS b\nUSER node\nWORKDIR /app\nENV A=1 B=2\nFROM «b‸»\n';
  expect(hoverAt(source)).toContain(
    'User: `node`. Working directory: `/app`. Environment variables: `A`, `B`.',
  );
  expect(hoverAt('FROM a:1 AS b\nENV A=1\nWORKDIR /x\nFROM b AS c\nFROM «c‸»')).toContain(
    'Working directory: `/x`. Environment variables: `A`.',
  );
});

test('describes signals, ports, labels, platforms and directives', () => {
  expect(hoverAt('FROM a\nSTOPSIGNAL «SIG‸QUIT»')).toContain('`SIGQUIT` (3): ');
  expect(hoverAt('FROM a\nSTOPSIGNAL «9‸»')).toContain('`SIGKILL`');
  expect(hoverAt('FROM a\nEXPOSE «54‸32/tcp»')).toBe('`5432`: PostgreSQL');
  expect(hoverAt('FROM a\nLABEL «org.opencontainers.image.s‸ource»=x')).toContain('source code');
  expect(hoverAt('FROM --platform=«linux/ar‸m64» a:1')).toContain('Apple silicon');
  expect(hoverAt('# «syn‸tax=docker/dockerfile:1»\nFROM a')).toContain('frontend');
  expect(hoverAt('# «syntax=docker/‸dockerfile:1»\nFROM a')).toContain('frontend');
  expect(hoverAt('# «check=error=tr‸ue»\nFROM a')).toContain('makes the build fail');
  expect(hoverAt('FROM a\nEXPOSE «8080-80‸90/tcp»')).toBe('Range of 11 ports.');
  expect(hoverAt('# check=skip=«al‸l»\nFROM a')).toContain('All checks');
});

test('describes subcommands and options of package managers', () => {
  expect(hoverAt('FROM a\nRUN apt-get «ins‸tall» -y curl')).toBe(
    '`apt-get install`: Install packages.',
  );
  expect(hoverAt('FROM a\nRUN apt-get install «--no-install-‸recommends» x')).toContain(
    'smaller image',
  );
  expect(hoverAt('FROM a\nRUN apt-get install cu‸rl')).toBeUndefined();
  expect(hoverAt('FROM a\nRUN <<EOF\nnpm «c‸i»\nEOF')).toContain('lockfile');
});

test('describes packages with unclear names', () => {
  expect(hoverAt('FROM a\nRUN apt-get install -y curl «proc‸ps=2:4»')).toBe(
    '`procps`: ps, top, free and kill',
  );
  expect(hoverAt('FROM a\nRUN apt-get remove proc‸ps')).toBeUndefined();
});

test('shows the absolute path of a relative WORKDIR and where a user comes from', () => {
  expect(hoverAt('FROM a\nWORKDIR /srv\nWORKDIR «a‸pp»')).toBe('Directory `/srv/app`.');
  expect(hoverAt('FROM a\nWORKDIR /a‸pp')).toBeUndefined();
  expect(hoverAt('FROM a\nWORKDIR a‸pp')).toBeUndefined();
  expect(hoverAt('FROM debian\nRUN useradd bob\nUSER «bo‸b:staff»')).toBe(
    'User `bob` is created in this file.',
  );
  expect(hoverAt('FROM node:22\nUSER «no‸de»')).toBe('User `node` exists in the base image.');
  expect(hoverAt('FROM debian\nUSER 10‸01')).toBeUndefined();
});

test('shows the absolute destination of COPY', () => {
  expect(hoverAt('FROM a\nWORKDIR /w\nCOPY x «.‸/»')).toBe('Copied into directory `/w/`.');
  expect(hoverAt('FROM a\nWORKDIR /w\nCOPY x «b‸»')).toBe('Copied to `/w/b`.');
  expect(hoverAt('FROM a\nENV D=/d\nCOPY x y «$D/.‸»')).toBe('Copied into directory `/d/`.');
  expect(hoverAt('FROM a\nCOPY x /y/‸')).toBeUndefined();
  expect(hoverAt('FROM a\nCOPY x y‸')).toBeUndefined();
});

test('explains how the lines of a heredoc are used', () => {
  expect(hoverAt('FROM a\nRUN «<<E‸OF»\nx\nEOF')).toBe(
    'The lines up to `EOF` are the script, or the input of the preceding command. Variables are expanded; use `<<"EOF"` to keep them unchanged.',
  );
  expect(hoverAt('FROM a\nCOPY «<<-"E‸OF"» /x\n\tx\n\tEOF')).toContain('tabs are removed');
});

test('says what a known value means on the value itself, and that a value is empty once', () => {
  expect(hoverAt('FROM a\nENV NODE_ENV=«develop‸ment»')).toContain('devDependencies');
  expect(hoverAt('FROM a\nENV OTHER=develop‸ment')).toBeUndefined();
  expect(hoverAt('FROM a\nENV E=""\nRUN echo $«E‸»')).not.toContain('``');
});

test('reads the letters of tar also after other options', () => {
  expect(hoverAt('FROM a\nRUN tar -C /x «-xJ‸vf» a')).toContain('xz');
  expect(hoverAt('FROM a\nRUN tar -C /x xJ‸vf')).toBeUndefined();
});
