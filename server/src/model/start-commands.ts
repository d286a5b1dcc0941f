/** What a container of a stage starts, according to the file. */
import type { Instruction, InstructionOf } from '../syntax/tree.ts';
import type { Image } from '../images/image.ts';
import { serviceNames } from '../images/root-images.ts';
import { fileName } from '../text/path.ts';
import { lastIn } from './lineage.ts';
import type { Model, Stage } from './model.ts';
import { isDefaultShell } from './stage-shells.ts';

/** The ENTRYPOINT and the CMD of a stage. */
export function startCommands(
  stage: Stage,
): readonly (InstructionOf<'ENTRYPOINT'> | InstructionOf<'CMD'>)[] {
  const entrypoint = lastIn(stage, 'ENTRYPOINT');
  const cmd = lastIn(stage, 'CMD');
  return [...(entrypoint ? [entrypoint] : []), ...(cmd ? [cmd] : [])];
}

/** Whether an image may start a service by itself: false for most, and quicker than the exact answer. */
export function mayStartService({ repository }: Image): boolean {
  return serviceNames.has(fileName(repository));
}

/** The words of an exec form, or those of a script, split at whitespace. */
export function firstWords({
  command,
}: InstructionOf<'ENTRYPOINT'> | InstructionOf<'CMD'>): readonly string[] {
  if (command === undefined) return [];
  if (command.form === 'exec') return command.argv.map(({ text }) => text);
  return command.script.text.trim().split(/\s+/);
}

/** Whether an instruction starts the container with the default shell: not in a trigger, nor after SHELL. */
export function startsInDefaultShell(model: Model, instruction: Instruction): boolean {
  if (instruction.onbuild === true) return false;
  if (instruction.kind !== 'CMD' && instruction.kind !== 'ENTRYPOINT') return false;
  const shell = model.shellAt(instruction);
  return shell !== undefined && isDefaultShell(shell);
}

/** What a container of a stage runs; without what prepares the container and then runs CMD, such as `tini`. */
export function startWords(stage: Stage): readonly string[] {
  const entrypoint = lastIn(stage, 'ENTRYPOINT');
  const cmd = lastIn(stage, 'CMD');
  const first = entrypoint ? firstWords(entrypoint) : [];
  const second = cmd ? firstWords(cmd) : [];
  // A shell form ignores CMD.
  if (entrypoint?.command?.form === 'shell') return first;
  return second.length > 0 && first.every((word) => wrapper.test(word))
    ? withoutWrappers(second)
    : withoutWrappers([...first, ...second]);
}

const wrapper = /(?:^|[/\\])(?:tini|dumb-init|catatonit|env|exec|[\w.-]*entry-?point[\w.-]*)$|^-/i;

function withoutWrappers(words: readonly string[]): readonly string[] {
  const at = words.findIndex(
    (word) => !/(?:^|\/)(?:tini|dumb-init|catatonit|exec|--|-g|-s)$/.test(word),
  );
  return at < 0 ? [] : words.slice(at);
}

const shells =
  /^(?:(?:ba|da|a|z|k|fi)?sh|pwsh|powershell|cmd|node|deno|bun|i?python[\d.]*|pypy\d*|irb|pry|jshell|iex|erl|ghci|julia|R|lua|luajit|php|perl|scala|clj|clojure|lein|mvn|gradle|swift|racket|sbcl|octave|maxima)(?:\.exe)?$/;
const interactiveOptions =
  /^(?:-[lia]{1,2}|--login|--interactive|--no-save|-NoLogo|-NoExit|repl|\/k)$/i;

/** They print something and end; no one attacks them. */
const printers = wordSet(
  'echo printf printenv env cat ls id whoami hostname date uname true false',
);

/** Whether a container starts nothing, an interpreter without a script, or only waits for `docker exec`. */
export function isInteractive([program, ...rest]: readonly string[]): boolean {
  if (program === undefined) return true;
  const name = baseName(program);
  const script = rest[0] === '-c' ? rest[1]?.trim().split(/\s+/) : undefined;
  if (shells.test(name) && script !== undefined) return printers.has(script[0] ?? '') && !/[;&]/.test(script.join(' ')); // prettier-ignore
  if (shells.test(name)) return rest.every((word) => interactiveOptions.test(word));
  const all = rest.join(' ');
  return (
    (name === 'sleep' && /^(?:infinity|inf|\d+[smhd]?)$/.test(all)) ||
    (name === 'tail' && /^-[fF] \/dev\/null$/.test(all)) ||
    printers.has(name)
  );
}

const testRunners = wordSet('pytest tox nox jest vitest mocha ava rspec phpunit ctest bats behave newman cypress pre-commit'); // prettier-ignore
/** Programs whose subcommand may run tests. */
const taskRunners = wordSet('npm yarn pnpm bun deno cargo go mvn gradle make dotnet playwright mix swift composer task just'); // prettier-ignore

/** Whether a container only runs tests or checks, as in CI: `pytest -v`, `npx playwright test`, `npm run lint`. */
export function runsTests(words: readonly string[]): boolean {
  const [first = '', ...rest] = words.filter(
    (word) => !/^(?:-.*|npx|uv|poetry|pipenv|bundle|exec|run|python[\d.]*)$/.test(word),
  );
  if (testRunners.has(baseName(first))) return true;
  return (
    taskRunners.has(first) && /^(?:test|tests|lint|check|e2e|ci)(?:[-:]|$)/.test(rest[0] ?? '')
  );
}

const rootPrograms =
  /^(?:init|my_init|runsvdir|systemd|sshd|dockerd(?:-entrypoint\.sh)?|containerd|buildkitd|crond?|supervisord|openvpn|wg-quick|keepalived|dnsmasq|s6-svscan|runit)$/;

/** Whether the program cannot do its work as another user, or starts others, each as its own user. */
export function requiresRoot([program]: readonly string[]): boolean {
  return program !== undefined && rootPrograms.test(baseName(program));
}

const switchers = wordSet('su sudo doas start-stop-daemon');
const userOption = /^--(?:user|uid|setuid|chuid)(?:=|$)/;
/** Programs whose `-u` is a user. */
const daemons = wordSet('named memcached ntpd chronyd nsd unbound');

/** Whether the command line itself says as which user the program runs: `su app -c …`, `uwsgi --uid app`. */
export function setsUser([program = '', ...rest]: readonly string[]): boolean {
  const name = baseName(program);
  if (switchers.has(name)) return true;
  if (rest.some((word) => word.startsWith('--') && userOption.test(word))) return true;
  // `rspamd -u _rspamd -g _rspamd`
  return rest.includes('-u') && (rest.includes('-g') || daemons.has(name));
}

function baseName(program: string): string {
  return program.slice(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1);
}

/** The words of a text. A set is asked much faster than a regular expression that is seldom used. */
function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
