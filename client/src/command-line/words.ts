/** The words of a command line as bash reads them, and the constructs of PowerShell and cmd that are common in READMEs. */

/** What a command can refer to on this machine. */
export interface LineContext {
  /** The value of `$(pwd)`, `$PWD` and `%cd%`; undefined without an open folder. */
  readonly folder: string | undefined;
  /** Environment variables, including HOME. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly uid?: number;
  readonly gid?: number;
}

export interface Words {
  readonly words: readonly string[];
  /** Where each word is in the line, which has LF as its only line end. */
  readonly spans: readonly Span[];
  /** Variables and commands whose value is not known; they are kept as written. */
  readonly unknown: readonly string[];
  /** The text from a pipe, `&&` or a line break on, which is another command. */
  readonly rest: string;
  /** Where the rest begins. */
  readonly restAt: number;
}

/** Offsets in UTF-16; the end is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Splits any text into words. */
export function wordsOf(line: string, context: LineContext): Words {
  const reader = new Reader(line, context);
  reader.read();
  const { words, spans, rest, restAt } = reader;
  return { words, spans, unknown: [...new Set(reader.unknown)], rest: rest.trim(), restAt };
}

class Reader {
  readonly words: string[] = [];
  readonly spans: Span[] = [];
  readonly unknown: string[] = [];
  rest = '';
  restAt: number;
  readonly #line: string;
  readonly context: LineContext;
  #at = 0;
  /** Undefined between words; empty quotes are a word. */
  #word: string | undefined;
  #start = 0;
  /** The path before the last backslash: where it starts, how far it was read, and whether it has a drive letter. */
  readonly #path = { start: 0, read: 0, hasDrive: false };

  constructor(line: string, context: LineContext) {
    this.#line = line.replace(/\r\n?/g, '\n');
    this.restAt = this.#line.length;
    this.context = context;
  }

  read(): void {
    while (this.#at < this.#line.length) {
      const character = this.#line[this.#at] ?? '';
      if (this.#ends(character)) {
        const others = this.#line.slice(this.#at);
        this.rest = others.replace(/^[\s;&|<>\d]+/, '');
        this.restAt = this.#line.length - this.rest.length;
        break;
      }
      this.#step(character);
    }
    this.#finish();
  }

  #ends(character: string): boolean {
    if (character === '\n') return this.words.length > 0 || this.#word !== undefined;
    return /[;&|<>]/.test(character);
  }

  #step(character: string): void {
    switch (character) {
      case ' ':
      case '\t':
        this.#space();
        return;
      case '\n':
        this.#finish();
        this.#at++;
        return;
      case '\\':
        this.#escape();
        return;
      case "'":
        this.#single();
        return;
      case '"':
        this.#double();
        return;
      case '$':
        if (this.#line[this.#at + 1] === "'") this.#ansi();
        else this.#expansion();
        return;
      case '`':
      case '%':
        this.#expansion();
        return;
      default:
        if (character === '#' && this.#word === undefined) this.#comment();
        else if (character === '~' && this.#word === undefined) this.#home();
        else this.#take(character);
    }
  }

  #take(text: string, length = 1): void {
    if (this.#word === undefined) this.#start = this.#at;
    this.#word = (this.#word ?? '') + text;
    this.#at += length;
  }

  #finish(): void {
    if (this.#word !== undefined) {
      this.words.push(this.#word);
      this.spans.push({ start: this.#start, end: Math.min(this.#at, this.#line.length) });
    }
    this.#word = undefined;
  }

  /** A line that ends with a space and the continuation character of PowerShell or cmd continues in the next. */
  #space(): void {
    this.#finish();
    while (/[ \t]/.test(this.#line[this.#at] ?? '')) this.#at++;
    if (/[`^]/.test(this.#line[this.#at] ?? '') && this.#line[this.#at + 1] === '\n') this.#at += 2;
  }

  #comment(): void {
    const end = this.#line.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#line.length : end;
  }

  #home(): void {
    const home = this.context.variables.HOME;
    const alone = /^~(?=[/\\\s:]|$)/.test(this.#line.slice(this.#at));
    this.#take(alone && home !== undefined ? home : '~');
  }

  /** In a Windows path the backslash is a separator, and not an escape. */
  #escape(): void {
    const next = this.#line[this.#at + 1];
    if (next === '\n' || next === undefined) this.#at += 2;
    else if (/[A-Za-z0-9_.]/.test(next) && this.#isInWindowsPath()) this.#take('\\');
    else this.#take(next, 2);
  }

  /** Whether the path before this character begins as one of Windows, or contains a drive letter. */
  #isInWindowsPath(): boolean {
    const path = this.#path;
    // From where it stopped last time, since a line can have thousands of backslashes.
    for (; path.read < this.#at; path.read++) {
      const character = this.#line[path.read] ?? '';
      if (/[\s"'=]/.test(character)) Object.assign(path, { start: path.read + 1, hasDrive: false });
      else if (character === ':' && this.#isDrive(path.read - 1, path.start)) path.hasDrive = true;
    }
    const first = this.#line.slice(path.start, Math.min(path.start + 4, this.#at));
    return path.hasDrive || /^\.{0,2}\\|^%cd%/i.test(first);
  }

  #isDrive(at: number, start: number): boolean {
    const isFirst = at === start || this.#line[at - 1] === ':';
    return at >= start && isFirst && /[A-Za-z]/.test(this.#line[at] ?? '');
  }

  #single(): void {
    const end = this.#line.indexOf("'", this.#at + 1);
    const stop = end < 0 ? this.#line.length : end;
    this.#take(this.#line.slice(this.#at + 1, stop), stop - this.#at + 1);
  }

  /** `$'a\nb'`, in which bash reads escapes of C. */
  #ansi(): void {
    const start = this.#at + 2;
    let end = start;
    // Not a regular expression: one with a repeated choice overflows the stack for a text of some megabytes.
    while (end < this.#line.length && this.#line[end] !== "'")
      end += this.#line[end] === '\\' ? 2 : 1;
    const text = this.#line.slice(start, end);
    const read = text.replace(/\\(.)/gs, (_, letter: string) => escapes[letter] ?? letter);
    this.#take(read, Math.min(end + 1, this.#line.length) - this.#at);
  }

  #double(): void {
    this.#take('');
    while (this.#at < this.#line.length && this.#line[this.#at] !== '"') {
      const character = this.#line[this.#at] ?? '';
      const next = this.#line[this.#at + 1] ?? '';
      if (character === '\\' && next === '\n') this.#at += 2;
      else if (character === '\\' && /["\\$`]/.test(next)) this.#take(next, 2);
      else if (character === '$' || character === '`' || character === '%') this.#expansion();
      else this.#take(character);
    }
    this.#at++;
  }

  #expansion(): void {
    const found = expansion.exec(this.#line.slice(this.#at));
    if (found === null) {
      this.#take(this.#line[this.#at] ?? '');
      return;
    }
    const [whole] = found;
    const value = this.#valueOf(whole);
    // `50%` and the like are not variables of cmd.
    if (value === undefined && !whole.startsWith('%')) this.unknown.push(whole);
    this.#take(value ?? whole, whole.length);
  }

  #valueOf(whole: string): string | undefined {
    const { folder, uid, gid, variables } = this.context;
    const inner = whole.replace(/^(?:\$\(|\$\{(?:env:)?|\$env:|\$|`|%)|[)}`%]$/gi, '').trim();
    const known = (value: number | undefined) => (value === undefined ? value : String(value));
    if (/^(?:\$\(|`)/.test(whole)) {
      if (/^pwd(?: -[LPW])?$/.test(inner)) return folder;
      if (inner === 'id -u') return known(uid);
      if (inner === 'id -g') return known(gid);
      return inner === 'whoami' || inner === 'id -un' ? variables.USER : undefined;
    }
    const [, name, colon, instead] = withDefault.exec(inner) ?? [];
    if (name !== undefined) {
      const value = name === 'PWD' ? folder : variables[name];
      return value === undefined || (value === '' && colon === ':') ? instead : value;
    }
    if (/^(?:pwd|cd)$/i.test(inner) && (whole.startsWith('%') || inner.length === 3)) return folder;
    if (inner === 'UID') return known(uid) ?? variables.UID;
    return Object.hasOwn(variables, inner) ? variables[inner] : undefined;
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** `$(…)`, `` `…` ``, `${{ … }}` of GitHub Actions, `${NAME}`, `${NAME:-default}`, `$NAME`, `%NAME%`. */
const expansion =
  /^(?:\$\([^()]*\)|`[^`\n]*`|\$\{\{[^{}\n]*\}\}|\$\{\w+:?-[^{}$`"'\s]*\}|\$\{[\w:]+\}|\$(?:env:)?[A-Za-z_]\w*|%[A-Za-z_]\w*%)/;

/** `NAME:-default`, in which an empty variable is replaced too, and `NAME-default`. */
const withDefault = /^([A-Za-z_]\w*)(:?)-(.*)$/s;

/** How words are quoted: for a shell, or for a field that holds no line breaks. */
type Quoting = 'posix' | 'powershell' | 'one line';

/** A command line that a shell reads as exactly these words. */
export function printWords(words: readonly string[], shell: Quoting = 'posix'): string {
  return words.map((word) => quoted(word, shell)).join(' ');
}

function quoted(word: string, shell: Quoting): string {
  if (/^[\w./:@%+,=-]+$/.test(word) && !(shell === 'powershell' && /[,@]/.test(word))) {
    // `%cd%` would be expanded when the line is read again.
    return /%\w+%/.test(word) ? `'${word}'` : word;
  }
  // A carriage return would be read as the end of a line.
  if ((shell === 'one line' && /[\r\n]/.test(word)) || (shell === 'posix' && word.includes('\r'))) {
    const escaped = word.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
    return `$'${escaped}'`;
  }
  return `'${word.replaceAll("'", shell === 'powershell' ? "''" : String.raw`'\''`)}'`;
}
