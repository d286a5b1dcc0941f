/** The parts of a word, each in its own slot: `name:tag`, `key=value`, `--flag=value`, variables. */
import { imageName } from './system.ts';
import type { Slot, SlotKind, SlotWord } from './slot.ts';

export interface Part {
  readonly slot: Slot;
  readonly text: string;
  /** The offset in the word. */
  readonly at: number;
}

/** The parts of a word in a slot. The last one is where an unfinished word is continued. */
export function partsOf(slot: Slot, text: string): readonly Part[] {
  const parts = dividedBy(slot, text);
  if (!text.includes('$')) return parts;
  return [...parts, ...variablesIn(slot, text)].sort((a, b) => a.at - b.at);
}

/** Adds a word and its parts. */
export function add(words: SlotWord[], slot: Slot, text: string, start: number): void {
  if (
    slot.form === 'plain' ||
    (/^[\w.:/-]+$/.test(text) && (slot.form === 'shell' || slot.form === 'flag'))
  ) {
    words.push({ slot, text, start });
    return;
  }
  for (const part of partsOf(slot, text)) {
    words.push({ slot: part.slot, text: part.text, start: start + part.at });
  }
}

function dividedBy(slot: Slot, text: string): readonly Part[] {
  switch (slot.form) {
    case 'image':
      return text.startsWith('--') ? ofFlag(slot, text) : ofImage(slot, text);
    case 'flag':
      return text.startsWith('--') ? ofFlag(slot, text) : [{ slot, text, at: 0 }];
    case 'pair':
      return ofPair(slot, text);
    case 'user':
      return ofUser(slot, text);
    case 'shell':
      return ofShellWord(slot, text);
    default:
      return [{ slot, text, at: 0 }];
  }
}

function valueSlot(kind: SlotKind, keys: readonly string[]): Slot {
  return { kind, form: 'plain', group: keys[0] ?? '', keys, given: [] };
}

function ofImage(slot: Slot, text: string): readonly Part[] {
  const colon = text.indexOf(':', text.lastIndexOf('/') + 1);
  if (colon < 0) return [{ slot, text, at: 0 }];
  const name = text.slice(0, colon);
  const tag = valueSlot('tag', [`tag:${imageName(name)}`]);
  return [
    { slot, text: name, at: 0 },
    { slot: tag, text: text.slice(colon + 1).replace(/@[^]*/, ''), at: colon + 1 },
  ];
}

const valueKinds: Readonly<Record<string, SlotKind>> = {
  '--from': 'stage',
  '--chown': 'user',
  '--platform': 'value',
};

function ofFlag(slot: Slot, text: string): readonly Part[] {
  const equals = text.indexOf('=');
  const head: Slot = { ...slot, kind: 'option' };
  if (equals < 0) return [{ slot: head, text, at: 0 }];
  const name = text.slice(0, equals);
  const value = text.slice(equals + 1);
  const first: Part = { slot: head, text: name, at: 0 };
  const at = equals + 1;
  if (name === '--mount') return [first, ...ofMount(value, at, slot)];
  const kind = valueKinds[name] ?? 'value';
  const own = valueSlot(kind, [`=${name}`]);
  if (kind === 'user') return [first, { slot: { ...own, keys: ['=--chown'] }, text: value, at }];
  if (name === '--from' && value.includes(':'))
    return [first, ...moved(ofImage({ ...own, kind: 'image' }, value), at)];
  return [first, { slot: own, text: value, at }];
}

function moved(parts: readonly Part[], by: number): readonly Part[] {
  return parts.map((part) => ({ ...part, at: part.at + by }));
}

/** More parts of one mount than any mount has: the time stays linear for a long list. */
const mostGiven = 40;

/** Of a longer mount, only the end matters for what follows, apart from its type. */
const mostOfMount = 4000;

/** `type=cache` is one part, and so are the name and the value of each other option. */
function ofMount(value: string, offset: number, { keys }: Slot): readonly Part[] {
  const parts: Part[] = [];
  const over = value.length - mostOfMount;
  const skipped = over > 0 ? value.lastIndexOf(',', over) + 1 : 0;
  let [at, type, before] = [offset + skipped, '', '^'];
  if (skipped > 0) {
    type = /^type=([^,]*)/.exec(value)?.[1] ?? '';
    before = value.slice(value.lastIndexOf(',', skipped - 2) + 1, skipped - 1).replace(/=[^]*/, '');
  }
  for (const piece of value.slice(skipped).split(',')) {
    const equals = piece.indexOf('=');
    const name = equals < 0 ? piece : piece.slice(0, equals);
    const given = parts.slice(-mostGiven).map(({ text }) => text);
    const slot: Slot = {
      kind: 'mount',
      form: 'plain',
      group: 'mount',
      keys: [`mount:${type}|${before}`, `mount:${type}`, ...(before === '^' ? keys.slice(-1) : [])],
      given,
    };
    if (name === 'type' || equals < 0) {
      parts.push({ slot, text: piece, at });
      if (equals > 0) type = piece.slice(equals + 1);
    } else {
      parts.push({ slot, text: name, at });
      parts.push({
        slot: valueSlot(mountKind(name), [`mount:${type}=${name}`]),
        text: piece.slice(equals + 1),
        at: at + equals + 1,
      });
    }
    before = name;
    at += piece.length + 1;
  }
  return parts;
}

function mountKind(name: string): SlotKind {
  return /^(?:target|source|src|dst|destination)$/.test(name) ? 'path' : 'value';
}

function ofPair(slot: Slot, text: string): readonly Part[] {
  // `ENV NAME value`: only the first word is a name.
  const first = slot.given[0];
  if (slot.given.length > 0 && first?.includes('=') === false && slot.kind !== 'label') {
    const keyword = slot.keys.at(-1)?.replace(/#.*/, '') ?? '';
    if (keyword === 'ENV') {
      const value = valueSlot('value', [`ENV=${first}`]);
      return slot.given.length === 1 ? ofValue(value, text, 0) : [];
    }
  }
  const equals = text.indexOf('=');
  if (equals < 0) return [{ slot, text, at: 0 }];
  const name = text.slice(0, equals);
  const keyword = slot.kind === 'label' ? 'LABEL' : 'ENV';
  const value = valueSlot('value', [`${keyword}=${name}`]);
  return [{ slot, text: name, at: 0 }, ...ofValue(value, text.slice(equals + 1), equals + 1)];
}

/** A value without its quotes. */
function ofValue(slot: Slot, text: string, at: number): readonly Part[] {
  const quoted = /^["']/.test(text) ? 1 : 0;
  return [{ slot, text: text.slice(quoted).replace(/["']$/, ''), at: at + quoted }];
}

function ofUser(slot: Slot, text: string): readonly Part[] {
  const colon = text.indexOf(':');
  const user: Slot = { ...slot, kind: 'user' };
  if (colon < 0 || text.includes('$')) return [{ slot: user, text, at: 0 }];
  const name = text.slice(0, colon);
  const group = valueSlot('user', [`group:${name}`, 'group:']);
  return [
    { slot: user, text: name, at: 0 },
    { slot: group, text: text.slice(colon + 1), at: colon + 1 },
  ];
}

function ofShellWord(slot: Slot, text: string): readonly Part[] {
  const quoted = /^["']/.test(text) ? 1 : 0;
  if (quoted > 0) {
    const inner = text.slice(1).replace(/["']$/, '');
    return [{ slot, text: inner, at: 1 }];
  }
  if (slot.kind === 'command' && text.startsWith('--')) return ofFlag(slot, text);
  const equals = /^-[\w-]*=/.exec(text)?.[0].length ?? 0;
  if (equals === 0 || slot.kind === 'command') return [{ slot, text, at: 0 }];
  const name = text.slice(0, equals - 1);
  const program = slot.keys.at(-2) ?? '';
  const value = valueSlot('value', [`${program}${name}=`]);
  return [{ slot, text: name, at: 0 }, ...ofValue(value, text.slice(equals), equals)];
}

function variablesIn(slot: Slot, text: string): readonly Part[] {
  const keys = [`$${slot.keys[0] ?? ''}`, '$'];
  const variable: Slot = { kind: 'variable', form: 'plain', group: '$', keys, given: [] };
  return [...text.matchAll(/(?<!\\)\$\{?([A-Za-z_]\w*|$)/g)].map((match) => ({
    slot: variable,
    text: match[1] ?? '',
    at: match.index + match[0].length - (match[1] ?? '').length,
  }));
}
