/** Arguments of instructions: users, signals, ports, labels, directories, variables. */
import type { Binding, Model, Stage } from '../../model/model.ts';
import type { Image } from '../../images/image.ts';
import { officialName } from '../../images/releases.ts';
import { environment, type EnvironmentInfo } from '../../reference/environment.ts';
import { imagePorts, ports, signals, type WordInfo } from '../../reference/words.ts';
import type { Instruction } from '../../syntax/tree.ts';
import type { Span } from '../../text/span.ts';
import { predefinedArguments } from '../../reference/variables.ts';
import { t } from '../../text/translation.ts';
import { bindingMarkdown } from '../binding.ts';
import { rootImage } from '../../model/lineage.ts';
import { groupsOf, usersOf, type KnownUser } from '../stage-facts.ts';
import { pathsOf } from '../stage-paths.ts';
import { baseOf, isWindowsStage } from './base.ts';
import { plain, type Completion } from './item.ts';
import { labelWords } from './labels.ts';
import { atKeyword, wordsBefore, type Place } from './place.ts';

/** Completions for the arguments of an instruction. */
export function words(place: Place): readonly Completion[] {
  const { instruction, typed, inComment, inHeredoc } = place;
  if (!instruction || inComment || inHeredoc || atKeyword(place) || /[$`\\]/.test(typed)) return [];
  const before = wordsBefore(place);
  switch (instruction.kind) {
    case 'USER':
      return before === 0 ? owners(place, place.word) : [];
    case 'WORKDIR':
      return before === 0 ? directories(place, place.word) : [];
    case 'VOLUME':
      return directories(place, place.word);
    case 'STOPSIGNAL':
      return before === 0 ? signalWords(place.word) : [];
    case 'EXPOSE':
      return portWords(place);
    case 'LABEL':
      return labelWords(place, instruction);
    case 'HEALTHCHECK':
      return healthForms(place, before);
    case 'ENV':
      return environmentKeys(place, instruction);
    case 'ARG':
      return argumentNames(place, instruction);
    default:
      return [];
  }
}

/** Common user IDs: the first user of most systems, those of distroless images and of platforms, `nobody`, root. */
const commonIds = ['1000', '1001', '10001', '65532', '65534', '0'];

/** Completes `user` and, after a colon, `group`. */
export function owners({ document, offset }: Place, { start, end }: Span): readonly Completion[] {
  const { model, text } = document;
  const typed = text.slice(start, end);
  const stage = model.stages.findLast(({ from }) => from.span.start < offset);
  const colon = typed.indexOf(':');
  const known = colon < 0 ? usersOf(model, stage, offset) : groupsOf(model, stage, offset);
  const span = colon < 0 ? { start, end } : { start: start + colon + 1, end };
  const names = new Set<string>();
  const named = known
    .filter(({ name }) => !names.has(name) && names.add(name))
    .map((user) => plain(user.name, span, { kind: 'user', detail: origin(user) }));
  // Numeric IDs need no entry in the image; they are offered once a digit is typed.
  const numbers = /^\d/.test(text.slice(span.start, offset)) ? commonIds : [];
  return [...named, ...numbers.map((id) => plain(id, span, { kind: 'user' }))];
}

/** `user:group` for users that have a group of the same name: those of the file and of the image. */
export function ownerPairs(place: Place, span: Span): readonly Completion[] {
  const { document, offset } = place;
  if (document.text.slice(span.start, span.end).includes(':')) return [];
  const stage = document.model.stages.findLast(({ from }) => from.span.start < offset);
  const groups = new Set(groupsOf(document.model, stage, offset).map(({ name }) => name));
  const created = usersOf(document.model, stage, offset).flatMap(({ name, from, group }) => {
    if (from === 'system') return [];
    if (group !== undefined && /^[A-Za-z_]/.test(group)) return [`${name}:${group}`];
    return groups.has(name) ? [`${name}:${name}`] : [];
  });
  const pairs = [...usedOwners(stage, offset), ...created];
  return [...new Set(pairs)].map((pair) =>
    plain(pair, span, { kind: 'user', detail: t('user and its group') }),
  );
}

/** What `USER` names above, with the group of that name if none is written. */
function usedOwners(stage: Stage | undefined, offset: number): readonly string[] {
  const above = (stage?.instructions ?? []).filter(({ span: { end } }) => end < offset);
  return above
    .flatMap((one) => (one.kind === 'USER' ? one.words.slice(0, 1) : []))
    .filter(({ text }) => !/[$]|^(?:root|0|nobody)(?::|$)/.test(text))
    .map(({ text }) => (text.includes(':') ? text : `${text}:${text}`))
    .reverse();
}

function origin({ from }: KnownUser): string {
  if (from === 'file') return t('created in this file');
  return from === 'image' ? t('in the base image') : t('in most images');
}

const windowsDirectories = [
  'C:\\app',
  'C:\\src',
  'C:\\temp',
  'C:\\inetpub\\wwwroot',
  'C:/app',
  '/app',
];

const commonDirectories = ['/app', '/src', '/usr/src/app', '/workspace', '/opt', '/srv', '/data', '/home', '/root', '/etc', '/usr/local/bin', '/var/lib', '/var/www/html', '/tmp']; // prettier-ignore

/** Known directories of the stage, then common ones. */
export function directories(
  { document, instruction, offset: at }: Place,
  span: Span,
): readonly Completion[] {
  // The current instruction has not created its directory yet.
  const offset = instruction?.span.start ?? at;
  const { model } = document;
  const stage = model.stages.findLast(({ from }) => from.span.start < offset);
  const known = pathsOf(model, stage, offset)
    .filter((path) => path.endsWith('/'))
    .map((path) => path.slice(0, -1));
  const homes = usersOf(model, stage, offset).flatMap(({ name, from }) =>
    from === 'file' ? [`/home/${name}`] : [],
  );
  const isWindows = isWindowsStage(stage, document.tree.escape);
  const usual = isWindows ? windowsDirectories : [...homes, ...commonDirectories];
  return [
    ...known.map((path) => plain(path, span, { kind: 'folder', detail: t('in this stage') })),
    ...usual
      .filter((path) => !known.includes(path))
      .map((path) => plain(path, span, { kind: 'folder' })),
  ];
}

function signalWords(span: Span): readonly Completion[] {
  return signals.map(({ name, number, documentation }) =>
    plain(name, span, { detail: String(number), markdown: () => t(documentation) }),
  );
}

/** Ports that are not listed yet; after a slash the protocol. */
function portWords({ document, instruction, typed, word }: Place): readonly Completion[] {
  const slash = typed.indexOf('/');
  if (slash >= 0) {
    const span = { start: word.start + slash + 1, end: word.end };
    return ['tcp', 'udp', 'sctp'].map((name) => plain(name, span));
  }
  const portBindings = instruction ? portVariables(document.model, instruction) : [];
  const values = new Set(portBindings.map(({ value = '' }) => value));
  const offered = new Set([...values, ...ports.map(({ name }) => name)]);
  const used = new Set<string>();
  for (const { span, text } of instruction?.words ?? []) {
    if (span.start === word.start) continue;
    const end = text.indexOf('/');
    const port = end < 0 ? text : text.slice(0, end);
    if (offered.has(port)) used.add(port);
  }
  const own = [...values].filter((one) => !used.has(one));
  const variableItems = own.map((one) =>
    plain(one, word, { detail: t('from a variable in this file') }),
  );
  const image = instruction && baseOf(document.model.stageOf(instruction)).name;
  const usual =
    image !== undefined && Object.hasOwn(imagePorts, image) ? imagePorts[image] : undefined;
  return [
    ...variableItems,
    ...ports
      .filter(({ name }) => !own.includes(name))
      .toSorted((a, b) => Number(b.name === usual) - Number(a.name === usual))
      .filter(({ name }) => !used.has(name))
      .map(({ name, documentation }) => plain(name, word, { detail: t(documentation) })),
  ];
}

/** The forms of HEALTHCHECK and, after CMD, commands that check the port of the stage. */
function healthForms(
  { document, instruction, word, typed }: Place,
  before: number,
): readonly Completion[] {
  const [first] = instruction?.words ?? [];
  const afterCmd = before === 1 && first?.text.toUpperCase() === 'CMD';
  if (instruction === undefined || (before > 0 && !afterCmd) || !/^[A-Za-z]*$/.test(typed))
    return [];
  const port = portOf(document.model, instruction) ?? '8080';
  const address = `http://localhost:\${1:${port}}/\${2:health}`;
  const form = (label: string, insert: string, detail: string): Completion => ({
    ...plain(afterCmd ? label.replace('CMD ', '') : label, word, { kind: 'keyword', detail }),
    insert: afterCmd ? insert.replace('CMD ', '') : insert,
    snippet: insert !== label,
  });
  const commands = [
    form(
      'CMD curl',
      `CMD curl -fsS ${address} || exit 1`,
      t('HTTP check with curl, which must be in the image'),
    ),
    form(
      'CMD wget',
      `CMD wget -qO- ${address} || exit 1`,
      t('HTTP check with wget, for images with BusyBox'),
    ),
  ];
  if (baseOf(document.model.stageOf(instruction)).system === 'alpine') commands.reverse();
  if (afterCmd) return commands;
  return [
    form('CMD', 'CMD ${1:command}', t('Check command: exit code 0 means healthy, 1 unhealthy')),
    ...commands,
    form('NONE', 'NONE', t('Disable the health check of the base image')),
  ];
}

/** The first port that the stage exposes, or that a variable contains. */
function portOf(model: Model, instruction: Instruction): string | undefined {
  const exposed = model.stageOf(instruction)?.instructions.find(({ kind }) => kind === 'EXPOSE');
  const [word] = exposed?.words ?? [];
  const first = word && model.expand(word)?.text.replace(/\/.*/, '');
  return /^\d+$/.test(first ?? '') ? first : portVariables(model, instruction)[0]?.value;
}

/** Variables of the file that contain a port. */
function portVariables(model: Model, instruction: Instruction): readonly Binding[] {
  return [...model.stateAt(instruction).variables.values()].filter(
    ({ name, value, from }) =>
      /(?:^|_)PORT$/.test(name) && /^\d+$/.test(value ?? '') && from !== 'base',
  );
}

/** Variables that programs of the base image read and that are not set yet. */
function environmentKeys(
  { document: { model, text }, typed, word }: Place,
  instruction: Instruction,
): readonly Completion[] {
  if (!/^\w*$/.test(typed) || instruction.kind !== 'ENV' || text.charAt(word.end) === '=')
    return [];
  // In `ENV NAME value`, the value follows.
  const [first] = instruction.words;
  if (first && first.span.end < word.start && !first.text.includes('=')) return [];
  const root = rootImage(model.stageOf(instruction));
  const image = root && (officialName(root) ?? nameOf(root));
  const { variables } = model.stateAt(instruction);
  const typedName = typed.toUpperCase();
  const fits = ({ images, name }: EnvironmentInfo): boolean =>
    images === undefined ||
    (image !== undefined && images.includes(image)) ||
    // Typing the first letters means that the variable is wanted.
    (typedName !== '' && name.startsWith(typedName));
  const fitting = environment.filter(fits);
  const names = new Set(fitting.map(({ name }) => name));
  // Names are in the table several times, and those that the file declares are not offered.
  for (const { key } of instruction.pairs)
    if (key.text !== typed && names.has(key.text) && key.text !== 'PATH') names.delete(key.text);
  return fitting
    .filter(({ name }) => name === 'PATH' || !variables.has(name))
    .filter(({ name }) => names.delete(name))
    .map(({ name, value, documentation }) =>
      plain(name, word, {
        kind: 'variable',
        insert: `${name}=${value}`,
        detail: value,
        markdown: () => t(documentation),
      }),
    );
}

function nameOf({ registry, repository }: Image): string {
  return registry === undefined || registry === 'docker.io'
    ? repository
    : `${registry}/${repository}`;
}

/** Variables that a stage can use only after declaring them: global ARGs and platform variables. */
function argumentNames(place: Place, instruction: Instruction): readonly Completion[] {
  const { document, typed, word, offset } = place;
  if (!/^\w*$/.test(typed) || instruction.kind !== 'ARG') return [];
  const { model } = document;
  const [first] = model.stages;
  if (first === undefined || offset < first.from.span.start) return [];
  const own = model.stateAt(instruction).variables;
  const globals = [...model.stateAt(first.from).variables.values()];
  return [
    ...globals
      .filter(({ name }) => !own.has(name))
      .map((binding) =>
        plain(binding.name, word, {
          kind: 'variable',
          ...(binding.value !== undefined && { detail: binding.value }),
          markdown: () => bindingMarkdown(document, binding),
        }),
      ),
    ...predefinedArguments
      .filter(({ name }) => !own.has(name) && name === name.toUpperCase())
      .map((variable: WordInfo) =>
        plain(variable.name, word, { kind: 'variable', detail: t(variable.documentation) }),
      ),
  ];
}
