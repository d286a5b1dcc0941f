/** Adds services to the text of compose files, and keeps the rest of the text, comments included. */
import { t } from '@vscode/l10n';
import { Document, isMap, isNode, isScalar, parseDocument } from 'yaml';
import type { ComposeService } from './compose.ts';

export interface Written {
  /** The whole file. */
  readonly text: string;
  /** The key of the service; a number is added if the key exists. */
  readonly name: string;
}

/** The file with the service, or an error message. An empty text becomes a new file. */
export function withService(
  text: string,
  { name, service, volumes, networks }: ComposeService,
): Written | string {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    return t('This file is not valid YAML: {0}', error.message.split('\n')[0] ?? '');
  }
  const present = isMap(document.contents) ? document.get('services', true) : undefined;
  const empty = document.contents === null;
  if (!empty && (!isMap(document.contents) || !takesKeys(present))) {
    return t('This file is not a compose file');
  }
  const key = freeKey(name, (one) => !empty && document.hasIn(['services', one]));
  let written = inserted(text, ['services', key], service);
  for (const [volume, facts] of Object.entries(volumes))
    written = kept(written, ['volumes', volume], facts);
  for (const [network, facts] of Object.entries(networks))
    written = kept(written, ['networks', network], facts);
  return { text: written, name: key };
}

/** Whether it is a map, or a key without a value. */
function takesKeys(node: unknown): boolean {
  return node === undefined || isMap(node) || (isScalar(node) && node.value === null);
}

function freeKey(name: string, taken: (key: string) => boolean): string {
  let key = name;
  for (let count = 2; taken(key); count++) key = `${name}-${count}`;
  return key;
}

type Path = readonly [place: string, name: string];

function kept(text: string, path: Path, value: unknown): string {
  const document = parseDocument(text);
  return document.hasIn(path) || !takesKeys(document.get(path[0], true))
    ? text
    : inserted(text, path, value);
}

/** Adds lines; a map in flow style is rewritten. */
function inserted(text: string, [place, name]: Path, value: unknown): string {
  const document = parseDocument(text);
  const node = isMap(document.contents) ? document.get(place, true) : undefined;
  if (node === undefined) {
    const before = text.trimEnd();
    return `${before}${before === '' ? '' : '\n\n'}${place}:\n${block(name, value, '  ')}\n`;
  }
  if (isMap(node) && node.items.length > 0 && node.flow !== true) {
    const [first] = node.items;
    const start = isNode(first?.key) ? (first.key.range?.[0] ?? 0) : 0;
    const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
    return afterLine(
      text,
      text.slice(0, node.range?.[1]).trimEnd().length,
      block(name, value, indent),
    );
  }
  if (isMap(node) && node.items.length > 0) {
    document.setIn([place, name], value);
    return document.toString({ lineWidth: 0 });
  }
  const [from = 0, to = 0] = isNode(node) ? (node.range ?? []) : [];
  const bare = from === to ? text : `${text.slice(0, from).trimEnd()}${text.slice(to)}`;
  return afterLine(bare, text.slice(0, from).trimEnd().length, block(name, value, '  '));
}

/** A comment at the end of the line is kept there. */
function afterLine(text: string, at: number, lines: string): string {
  const end = text.indexOf('\n', at);
  const stop = end < 0 ? text.length : end;
  return `${text.slice(0, stop)}\n${lines}${end < 0 ? '\n' : text.slice(stop)}`;
}

function block(name: string, value: unknown, indent: string): string {
  if (value === null) return `${indent}${name}:`;
  return new Document({ [name]: value })
    .toString({ lineWidth: 0 })
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? line : indent + line))
    .join('\n');
}
