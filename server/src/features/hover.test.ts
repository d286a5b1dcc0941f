import { expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { hover } from './hover.ts';
import { asked, expected, shown } from '../../../test/asked.ts';

/** The span must be the marked one; gives the words. */
function hovered(source: string): string | undefined {
  const it = asked(source);
  const found = hover(it.document, it.offset, rules, (rule) => `file:///pages/${rule}.md`);
  if (found) expect(shown(it, [found.span])).toBe(expected(source));
  return found?.markdown;
}

test('an instruction shows its forms and what it does', () => {
  const said = hovered('FROM a\n«WOR‸KDIR» /app');
  expect(said).toContain('WORKDIR <');
  expect(said).toContain('https://docs.docker.com/reference/dockerfile/#workdir');
  expect(hovered('FROM a\n«ON‸BUILD» RUN x')).toContain('ONBUILD');
  expect(hovered('FROM a\nONBUILD «R‸UN» x')).toContain('RUN [OPTIONS]');
});

test('a flag shows what it does, and so do the options of a mount', () => {
  expect(hovered('FROM a\nCOPY «--ch‸own»=1 a b')).toContain('Owner of the new files');
  expect(hovered('FROM a\nRUN --mount=type=cache,«sha‸ring=locked» x')).toContain('two builds');
  expect(hovered('FROM a\nRUN --mount=«type=ca‸che»,target=/x x')).toContain('stays from build');
});

test('the value of a flag shows what the flag does, and permissions as `ls` writes them', () => {
  expect(hovered('FROM a\nCOPY --chmod=«7‸50» a b')).toBe('`rwxr-x---`');
  expect(hovered('FROM a\nCOPY --chmod=«u=‸rwX» a b')).toContain('Permissions of the new files');
  expect(hovered('FROM a\nHEALTHCHECK --retries=«‸3» CMD a')).toContain('--retries');
});

test('words of the language say what they are for', () => {
  expect(hovered('FROM a «A‸S» b')).toContain('Names the stage');
  expect(hovered('FROM a\nHEALTHCHECK --interval=5s «CM‸D» x')).toContain('0 means healthy');
  expect(hovered('FROM a\nHEALTHCHECK «no‸ne»')).toContain('Takes off the check');
});

test('options of shells and of what works on files, alone, behind one dash and in arrays', () => {
  expect(hovered('FROM a\nRUN set «-xe‸u»')).toBe(
    [
      '`set -xeu`\n',
      '- `-x`: Shows each command before it runs.',
      '- `-e`: Ends at the first command that fails.',
      '- `-u`: Fails on a variable that is not set.',
    ].join('\n'),
  );
  expect(hovered('FROM a\nRUN mkdir «-‸p» /x')).toContain('folders above');
  expect(hovered('FROM a\nRUN set -e‸fz')).toBeUndefined();
  expect(hovered('FROM a\nSHELL ["/bin/bash", "-o", «"pipe‸fail"», "-c"]')).toContain(
    'any command in it',
  );
  expect(hovered('FROM a\nCMD ["npm", «"sta‸rt"»]')).toContain('npm start');
  expect(hovered('FROM a\nCMD ["np‸m", "start"]')).toBeUndefined();
});

test('a variable shows its value and where it comes from', () => {
  expect(hovered('FROM a\nENV A=1\nWORKDIR /$«A‸»')).toBe(
    '`$A = 1`\n\nSet to `1` by ENV in line 2.',
  );
  expect(hovered('FROM a\nARG A=1\nRUN echo ‸${«A»}')).toBe(
    '`$A = 1`\n\nDeclared by ARG in line 2; `1` unless the build gives another.',
  );
  expect(hovered('FROM a\nARG «A‸»\nRUN echo $A')).toBe('`$A`\n\nUses in this file: 1.');
});

test('a variable shows what the build or programs make of it', () => {
  expect(hovered('FROM --platform=$«BUILD‸PLATFORM» a')).toContain('machine that builds');
  expect(hovered('FROM a\nARG «TARGET‸ARCH»')).toBe(
    '`$TARGETARCH`\n\nArchitecture of `TARGETPLATFORM`, such as `amd64`.',
  );
  expect(hovered('FROM a\nENV «NODE_‸ENV»=production')).toContain('as in production');
  expect(hovered('FROM a\nENV PATH=/x:$«PA‸TH»')).toContain('Set in the base image.');
});

test('a variable that only FROM sees shows how a stage gets it', () => {
  expect(hovered('ARG V=1\nFROM a\nENV W=$«V‸»')).toBe(
    '`$V`\n\nDeclared before the first FROM: this stage sees it only after `ARG V`.',
  );
  expect(hovered('ARG V=1\nFROM a\nENV W=$«X‸»')).toContain('Not set in this stage');
});

test('a stage shows its base and its users', () => {
  expect(hovered('FROM a:1 AS «b‸»\nFROM b')).toBe(
    'Stage `b` begins with `a:1`. Instructions that use it: 1.',
  );
  expect(hovered('FROM a:1 AS b\nFROM b AS c\nFROM d\nCOPY --from=«c‸» x y')).toBe(
    'Stage `c` goes on from stage `b`. Instructions that use it: 1.',
  );
});

test('an image that variables make is spelt out', () => {
  expect(hovered('ARG V=3\nFROM «pyth‸on:$V»')).toBe('`python:3` with the defaults of this file.');
});

test("a rule's name in an ignore comment shows what it asks for", () => {
  const [first] = rules;
  expect(hovered(`FROM a\n# drydock ignore=«${first!.id}‸»\nRUN x`)).toContain(first!.rule.summary);
});

test('a name of another tool shows all rules that answer to it', () => {
  const said = hovered('# check=skip=«JSONArgs‸Recommended»\nFROM a');
  expect(said).toContain('[exec-not-json]');
  expect(said).toContain('[json-args]');
});

test('there is nothing to say of plain words and blank lines', () => {
  expect(hovered('FROM a\nRUN ec‸ho')).toBeUndefined();
  expect(hovered('FROM a\n‸\n')).toBeUndefined();
  expect(hovered('‸')).toBeUndefined();
});

test('an image shows how long it gets fixes, and where to go', () => {
  expect(hovered('FROM «python‸:3.13-slim»')).toBe('Python 3.13 gets fixes until 31 October 2029.');
  expect(hovered('FROM «python:3‸.8-slim-buster» AS b')).toBe(
    'Python 3.8 is past its end of life since 7 October 2024: move to 3.13.\n\nDebian buster is past its end of life since 30 June 2024.',
  );
});

test('an image shows what its tag promises, wherever it is named', () => {
  expect(hovered('FROM «ngi‸nx»')).toContain('Without a tag it is `latest`');
  expect(hovered('FROM a:1\nCOPY --from=«nginx:la‸test» x y')).toContain('name a version');
  expect(hovered(`FROM «a@sha‸256:${'0'.repeat(64)}»`)).toContain('exactly this content');
  expect(hovered('FROM «scr‸atch»')).toContain('no shell');
});

test('an image with CUDA shows the driver that it needs', () => {
  expect(hovered('FROM «nvidia/cuda:12.4.1-‸runtime-ubuntu22.04»')).toContain(
    'CUDA 12.4 needs driver 550.54.14 or newer on the host',
  );
});

test('a stage shows what it hands on', () => {
  const source = 'FROM a:1 AS b\nUSER node\nWORKDIR /app\nENV A=1 B=2\nFROM «b‸»\n';
  expect(hovered(source)).toContain('User `node`. Folder `/app`. Sets `A`, `B`.');
  expect(hovered('FROM a:1 AS b\nENV A=1\nWORKDIR /x\nFROM b AS c\nFROM «c‸»')).toContain(
    'Folder `/x`. Sets `A`.',
  );
});

test('words of instructions show what they are', () => {
  expect(hovered('FROM a\nSTOPSIGNAL «SIG‸QUIT»')).toContain('`SIGQUIT` (3): ');
  expect(hovered('FROM a\nSTOPSIGNAL «9‸»')).toContain('`SIGKILL`');
  expect(hovered('FROM a\nEXPOSE «54‸32/tcp»')).toBe('`5432`: PostgreSQL');
  expect(hovered('FROM a\nLABEL «org.opencontainers.image.s‸ource»=x')).toContain('source code');
  expect(hovered('FROM --platform=«linux/ar‸m64» a:1')).toContain('Apple silicon');
  expect(hovered('# «syn‸tax=docker/dockerfile:1»\nFROM a')).toContain('frontend');
  expect(hovered('# «syntax=docker/‸dockerfile:1»\nFROM a')).toContain('frontend');
  expect(hovered('# «check=error=tr‸ue»\nFROM a')).toContain('makes a build fail');
  expect(hovered('FROM a\nEXPOSE «8080-80‸90/tcp»')).toBe('11 ports.');
  expect(hovered('# check=skip=«al‸l»\nFROM a')).toContain('All checks');
});

test('subcommands and options of package managers show what they do', () => {
  expect(hovered('FROM a\nRUN apt-get «ins‸tall» -y curl')).toBe(
    '`apt-get install`: Installs packages.',
  );
  expect(hovered('FROM a\nRUN apt-get install «--no-install-‸recommends» x')).toContain('smaller');
  expect(hovered('FROM a\nRUN apt-get install cu‸rl')).toBeUndefined();
  expect(hovered('FROM a\nRUN <<EOF\nnpm «c‸i»\nEOF')).toContain('lock file');
});

test('packages show what they are where their names do not say so', () => {
  expect(hovered('FROM a\nRUN apt-get install -y curl «proc‸ps=2:4»')).toBe(
    '`procps`: ps, top, free and kill',
  );
  expect(hovered('FROM a\nRUN apt-get remove proc‸ps')).toBeUndefined();
});

test('a relative folder shows where it is, a user where it comes from', () => {
  expect(hovered('FROM a\nWORKDIR /srv\nWORKDIR «a‸pp»')).toBe('The folder `/srv/app`.');
  expect(hovered('FROM a\nWORKDIR /a‸pp')).toBeUndefined();
  expect(hovered('FROM a\nWORKDIR a‸pp')).toBeUndefined();
  expect(hovered('FROM debian\nRUN useradd bob\nUSER «bo‸b:staff»')).toBe(
    'User `bob` is made in this file.',
  );
  expect(hovered('FROM node:22\nUSER «no‸de»')).toBe('User `node` is in the base image.');
  expect(hovered('FROM debian\nUSER 10‸01')).toBeUndefined();
});

test('a target shows where files go', () => {
  expect(hovered('FROM a\nWORKDIR /w\nCOPY x «.‸/»')).toBe('Into the folder `/w/`.');
  expect(hovered('FROM a\nWORKDIR /w\nCOPY x «b‸»')).toBe('To `/w/b`.');
  expect(hovered('FROM a\nENV D=/d\nCOPY x y «$D/.‸»')).toBe('Into the folder `/d/`.');
  expect(hovered('FROM a\nCOPY x /y/‸')).toBeUndefined();
  expect(hovered('FROM a\nCOPY x y‸')).toBeUndefined();
});

test('a heredoc shows what becomes of its lines', () => {
  expect(hovered('FROM a\nRUN «<<E‸OF»\nx\nEOF')).toBe(
    'The lines up to `EOF` are the script, or the input of the command in front. Variables in them are expanded; write `<<"EOF"` to keep them as they are.',
  );
  expect(hovered('FROM a\nCOPY «<<-"E‸OF"» /x\n\tx\n\tEOF')).toContain('tabs are taken off');
});
