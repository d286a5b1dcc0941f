import type { Binding } from '../../model/model.ts';
import { officialName } from '../../images/releases.ts';
import { rootImage } from '../../model/lineage.ts';
import { assignedBefore } from '../../model/script-variables.ts';
import { imageVariables } from '../../reference/image-variables.ts';
import { platformArguments, proxyArguments } from '../../reference/variables.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { slice } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { bindingMarkdown } from '../binding.ts';
import { plain, type Completion } from './item.ts';
import type { Place } from './place.ts';
import { powershellVariables } from './powershell-variables.ts';

/**
 * After `$` and `${`: variables in scope, those of the file before predefined ones. After a name in braces:
 * operators.
 */
export function variables(place: Place): readonly Completion[] {
  const { document, instruction, offset, inComment } = place;
  const { text, tree } = document;
  const ofPowerShell = powershellVariables(place);
  if (ofPowerShell !== undefined) return ofPowerShell;
  const match = /(\$\{?)([A-Za-z_]\w*)?(:?)$/.exec(text.slice(Math.max(0, offset - 200), offset));
  if (!instruction || !match || inComment) return [];
  const [whole, opener = '', typed = '', colon = ''] = match;
  const before = text.charAt(offset - whole.length - 1);
  if (before === '$' || before === tree.escape) return [];
  if (colon !== '' && (opener !== '${' || typed === '')) return [];
  const known = bindings(place, instruction);
  const operatorItems =
    opener === '${' && (colon !== '' || known.some(({ name }) => name === typed))
      ? operators(place, typed, colon)
      : [];
  if (colon !== '') return operatorItems;
  const addsBrace = opener === '${' && !/^\w*[}:+?#%/-]/.test(text.slice(offset, offset + 100));
  const span = { start: offset - typed.length, end: offset };
  const insert = (name: string): string => (addsBrace ? `${name}}` : name);
  const variableItems = known.map((binding) =>
    plain(binding.name, span, {
      kind: 'variable',
      insert: insert(binding.name),
      ...(binding.value !== undefined && { detail: binding.value }),
      markdown: () => bindingMarkdown(document, binding),
    }),
  );
  const scriptItems = assignedBefore(document.model, instruction, offset)
    .filter(({ name }) => known.every((binding) => binding.name !== name))
    .map(({ name, value }, index) =>
      plain(name, span, {
        kind: 'variable',
        insert: insert(name),
        // What was assigned last is mostly what follows needs.
        ...(index === 0 && { isExpected: true }),
        ...(value && { detail: slice(text, value) }),
      }),
    );
  return [...scriptItems, ...variableItems, ...operatorItems];
}

function bindings(place: Place, instruction: Instruction): readonly Binding[] {
  const { model } = place.document;
  const found = [...model.stateAt(instruction).variables.values()].toSorted(
    (a, b) => rank(a) - rank(b),
  );
  const names = new Set(found.map(({ name }) => name));
  const others =
    instruction.kind === 'FROM'
      ? platforms(place).map((name): Binding => ({ name, from: 'predefined' }))
      : baseVariables(place, instruction).map((name): Binding => ({ name, from: 'base' }));
  // The commands of RUN see the proxies of the build without a declaration.
  const proxies =
    instruction.kind === 'RUN'
      ? proxyArguments.map(({ name }): Binding => ({ name, from: 'predefined' }))
      : [];
  return [...found, ...[...others, ...proxies].filter(({ name }) => !names.has(name))];
}

/** The most likely variable first: in `--platform` that of the builder, in a name the architecture. */
function platforms({ typed }: Place): readonly string[] {
  const first = typed.startsWith('--') ? 'BUILDPLATFORM' : 'TARGETARCH';
  const names = platformArguments.map(({ name }) => name);
  return [first, ...names.filter((name) => name !== first)];
}

/** Variables that the image may set; ENV often extends one of them. */
function baseVariables({ document, offset }: Place, instruction: Instruction): readonly string[] {
  const pairs = instruction.kind === 'ENV' ? instruction.pairs : [];
  const pair = pairs.find(({ span }) => span.start <= offset && offset <= span.end);
  // A list is often extended, such as LD_LIBRARY_PATH; the value of anything else hardly contains itself.
  const own = /PATH|DIRS|FLAGS|OPTS|OPTIONS/.exec(pair?.key.text ?? '')?.input;
  const script = document.model.script(instruction);
  const posix = script?.dialect === 'sh' || script?.dialect === 'bash';
  const root = rootImage(document.model.stageOf(instruction));
  const image = root && (officialName(root) ?? root.repository);
  const known =
    image !== undefined && Object.hasOwn(imageVariables, image) ? imageVariables[image] : undefined;
  return [
    ...new Set([
      ...(own === undefined ? [] : [own]),
      'PATH',
      ...(known ?? []),
      ...(posix ? ['HOME'] : []),
    ]),
  ];
}

function rank({ from }: Binding): number {
  return from === 'predefined' ? 2 : from === 'base' ? 1 : 0;
}

/** Operators that BuildKit supports after a name; a shell also supports `:=`. */
function operators(
  { document, instruction, offset }: Place,
  name: string,
  colon: string,
): readonly Completion[] {
  const rows: readonly (readonly [string, string])[] = [
    [':-', t('Default value if unset or empty')],
    [':+', t('Alternative value if set and not empty')],
    [':?', t('Error message if unset or empty')],
    ...(instruction?.kind === 'RUN'
      ? [[':=', t('Default value if unset or empty, which is also assigned')] as const]
      : []),
    ['-', t('Default value if unset')],
    ['+', t('Alternative value if set, even if empty')],
    ['#', t('Remove the shortest prefix that matches a pattern')],
    ['##', t('Remove the longest prefix that matches a pattern')],
    ['%', t('Remove the shortest suffix that matches a pattern')],
    ['%%', t('Remove the longest suffix that matches a pattern')],
    ['/', t('Replace the first match of a pattern')],
    ['//', t('Replace all matches of a pattern')],
  ];
  const start = offset - colon.length - name.length;
  const closed = /^\w*\}/.test(document.text.slice(offset, offset + 100));
  return rows
    .filter(([operator]) => operator.startsWith(colon))
    .map(([operator, detail]) => {
      const body = `${name}${operator}$1${operator.startsWith('/') ? '/$2' : ''}`;
      return {
        label: operator,
        kind: 'operator',
        span: { start, end: offset },
        insert: closed ? body : `${body}}`,
        snippet: true,
        detail,
        filter: `${name}${operator}`,
      };
    });
}
