/** Signature help for instructions and flags: all forms, and the parameter at the cursor. */
import type { Document } from '../model/document.ts';
import {
  mountTypes,
  type FlagInfo,
  type Form,
  type MountOption,
  type MountType,
} from '../reference/instructions.ts';
import { directives } from '../reference/words.ts';
import { commandLineOf } from '../syntax/instruction-node.ts';
import type { Flag, Instruction } from '../syntax/tree.ts';
import { contains, type Span } from '../text/span.ts';
import { t } from '../text/translation.ts';
import { placeAt } from './completion/place.ts';
import { flagInfo, instructionInfo, mountOptions, mountPartAt } from './facts.ts';
import { partAt } from './form-parts.ts';

export interface Signature {
  readonly form: string;
  readonly markdown: string;
  /** The places of the parameters in `form`, in order. */
  readonly parameters: readonly { readonly span: Span; readonly markdown: string }[];
}

export interface Signatures {
  readonly signatures: readonly Signature[];
  /** The index of the form that is being written. */
  readonly active: number;
  /** The index of its parameter at the cursor; undefined if it is none of them. */
  readonly parameter: number | undefined;
}

/** Undefined in comments, heredocs and keywords. */
export function signatureHelp(document: Document, offset: number): Signatures | undefined {
  const { instruction, onbuild, inComment, inHeredoc } = placeAt(document, offset);
  const directive = directiveHelp(document, offset);
  if (directive) return directive;
  if (!instruction || inComment || inHeredoc) return undefined;
  const writing = offset <= instruction.keyword.span.end;
  if (onbuild && (writing || instruction === onbuild))
    return offset > onbuild.keyword.span.end ? instructionHelp(onbuild, 0, 0) : undefined;
  if (writing) return undefined;
  const flag = instruction.flags.find(({ span }) => contains(span, offset));
  // While its name is being written, the form of the instruction shows where flags come.
  if (flag) return flagHelp(instruction, flag, offset) ?? flagsHelp(instruction);
  const part = partAt(document, instruction, offset);
  return part && instructionHelp(instruction, part.form, part.parameter);
}

/** Whether a place is after the first word of a shell command, where signature help adds nothing. */
export function inShellLine(document: Document, offset: number): boolean {
  const { instruction } = placeAt(document, offset);
  const command = instruction && commandLineOf(instruction);
  return command?.form === 'shell' && /\S\s/.test(document.text.slice(command.span.start, offset));
}

function instructionHelp(
  { kind }: Instruction,
  active: number,
  parameter: number | undefined,
): Signatures | undefined {
  const info = instructionInfo(kind);
  if (!info) return undefined;
  const signatures = info.forms.map((form) => signature(form, t(info.summary)));
  return { signatures, active, parameter };
}

/** The place of flags in the forms of an instruction, while the name of one is being written. */
function flagsHelp({ kind }: Instruction): Signatures | undefined {
  const info = instructionInfo(kind);
  if (!info) return undefined;
  const options: Form['parameters'][number] = { label: '[OPTIONS]', documentation: '' };
  const signatures = info.forms.map((one) =>
    signature(
      one.label.includes(options.label)
        ? { ...one, parameters: [options, ...one.parameters] }
        : one,
      t(info.summary),
    ),
  );
  return { signatures, active: 0, parameter: 0 };
}

/** The values of the parser directives, which come before everything else (docs/dockerfile reference). */
const directiveForms: Readonly<Record<string, readonly string[]>> = {
  escape: ['\\', '`'],
  syntax: ['docker/dockerfile:1'],
  check: ['skip=<checks>', 'error=true'],
};

/** After the `=` of a parser directive at the top of the file. */
function directiveHelp({ text, tree }: Document, offset: number): Signatures | undefined {
  if (offset > (tree.instructions[0]?.span.start ?? Infinity)) return undefined;
  const lines = text.slice(0, offset).split('\n');
  if (!lines.every((line) => /^\s*#\s*[A-Za-z]\w*\s*=/.test(line))) return undefined;
  const name = /^\s*#\s*(\w+)/.exec(lines.at(-1) ?? '')?.[1]?.toLowerCase() ?? '';
  const info = directives.find((one) => one.name === name);
  const values = directiveForms[name];
  if (info === undefined || values === undefined) return undefined;
  const markdown = t(info.documentation);
  const signatures = values.map((value): Signature => {
    const form = `${name}=${value}`;
    const span = { start: name.length + 1, end: form.length };
    return { form, markdown, parameters: [{ span, markdown }] };
  });
  return { signatures, active: 0, parameter: 0 };
}

function signature({ label, parameters }: Form, markdown: string): Signature {
  let from = 0;
  return {
    form: label,
    markdown,
    parameters: parameters.map((parameter) => {
      const start = Math.max(0, label.indexOf(parameter.label, from));
      const end = start + parameter.label.length;
      from = end;
      return { span: { start, end }, markdown: t(parameter.documentation) };
    }),
  };
}

function flagHelp(
  { kind }: Instruction,
  { name, value }: Flag,
  offset: number,
): Signatures | undefined {
  const info = flagInfo(kind, name.text);
  if (!info || offset <= name.span.end) return undefined;
  if (info.value === 'mount' && value && value.raw.length === value.span.end - value.span.start)
    return mountHelp(value.raw, value.span.start, offset);
  return { signatures: [flagSignature(info)], active: 0, parameter: 0 };
}

function flagSignature({ name, placeholder, values, documentation }: FlagInfo): Signature {
  const start = name.length + 3;
  const form = `--${name}=${values?.join('|') ?? placeholder}`;
  const markdown = t(documentation);
  return { form, markdown, parameters: [{ span: { start, end: form.length }, markdown }] };
}

/** One form per mount type, with its options. */
function mountHelp(raw: string, start: number, offset: number): Signatures {
  const type = mountOptions(raw, start).find(({ key }) => key === 'type')?.value ?? 'bind';
  const active = Math.max(
    0,
    mountTypes.findIndex((known) => known.type === type),
  );
  const currentPart = mountPartAt(raw, start, offset);
  const options = optionsOf(mountTypes[active]);
  const index = options.findIndex(
    ({ name, aliases }) =>
      currentPart !== undefined && (name === currentPart.key || aliases.includes(currentPart.key)),
  );
  const parameter = currentPart?.key === 'type' ? 0 : index < 0 ? undefined : index + 1;
  return { signatures: mountTypes.map(mountSignature), active, parameter };
}

/** Without the type, which comes first. */
function optionsOf(mount: MountType | undefined): readonly MountOption[] {
  return mount?.options.filter(({ name }) => name !== 'type') ?? [];
}

function mountSignature(mount: MountType): Signature {
  const { type, documentation } = mount;
  let form = '--mount=';
  const parameters: Signature['parameters'][number][] = [];
  const add = (text: string, markdown: string): void => {
    parameters.push({ span: { start: form.length, end: form.length + text.length }, markdown });
    form += text;
  };
  add(`type=${type}`, t(documentation));
  for (const option of optionsOf(mount)) {
    const { name, value, values, bare } = option;
    form += ',';
    const given = values?.join('|') ?? `<${value}>`;
    add(bare === true ? `[${name}]` : `[${name}=${given}]`, t(option.documentation));
  }
  return { form, markdown: t(documentation), parameters };
}
