/** A command line of a terminal in its words, as bash reads it, with the few things of PowerShell and cmd that readmes hold. */

/** What a line may ask of the machine that it is pasted on. */
export interface Surroundings {
  /** What `$(pwd)`, `$PWD` and `%cd%` mean; undefined where no folder is open. */
  readonly folder: string | undefined;
  /** HOME among them. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly uid?: number;
  readonly gid?: number;
}

export interface Words {
  readonly words: readonly string[];
  /** Variables and commands whose value is not known here; they stand in the words as they were. */
  readonly unknown: readonly string[];
  /** What follows behind a pipe, `&&` or the end of the line: another command. */
  readonly rest: string;
}

/** Total: any text gives words. */
export function wordsOf(line: string, around: Surroundings): Words {
  const reader = new Reader(line, around);
  reader.read();
  return { words: reader.words, unknown: [...new Set(reader.unknown)], rest: reader.rest.trim() };
}

class Reader {
  readonly words: string[] = [];
  readonly unknown: string[] = [];
  rest = '';
  readonly #line: string;
  readonly #around: Surroundings;
  #at = 0;
  /** Undefined between words; an empty pair of quotes is a word. */
  #word: string | undefined;

  constructor(line: string, around: Surroundings) {
    // What ends a line with a sign of continuation goes on in the next.
    this.#line = line.replace(/\r\n?/g, '\n').replace(/[ \t]+[`^]\n[ \t]*/g, ' ');
    this.#around = around;
  }

  read(): void {
    while (this.#at < this.#line.length) {
      const sign = this.#line[this.#at] ?? '';
      if (this.#ends(sign)) {
        this.rest = this.#line.slice(this.#at).replace(/^[\s;&|<>\d]+/, '');
        break;
      }
      this.#step(sign);
    }
    this.#finish();
  }

  #ends(sign: string): boolean {
    if (sign === '\n') return this.words.length > 0 || this.#word !== undefined;
    return /[;&|<>]/.test(sign);
  }

  #step(sign: string): void {
    switch (sign) {
      case ' ':
      case '\t':
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
      case '`':
      case '%':
        this.#expansion();
        return;
      default:
        if (sign === '#' && this.#word === undefined) this.#comment();
        else if (sign === '~' && this.#word === undefined) this.#home();
        else this.#take(sign);
    }
  }

  #take(text: string, length = 1): void {
    this.#word = (this.#word ?? '') + text;
    this.#at += length;
  }

  #finish(): void {
    if (this.#word !== undefined) this.words.push(this.#word);
    this.#word = undefined;
  }

  #comment(): void {
    const end = this.#line.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#line.length : end;
  }

  #home(): void {
    const home = this.#around.variables.HOME;
    const alone = /^~(?=[/\\\s:]|$)/.test(this.#line.slice(this.#at));
    this.#take(alone && home !== undefined ? home : '~');
  }

  /** In a path of Windows the backslash is a separator and no escape. */
  #escape(): void {
    const next = this.#line[this.#at + 1];
    if (next === '\n' || next === undefined) this.#at += 2;
    else if (
      /[A-Za-z0-9_.]/.test(next) &&
      /(?:^|:)[A-Za-z]:|^\.{0,2}\\|^%cd%/i.test(this.#pathBefore())
    )
      this.#take('\\');
    else this.#take(next, 2);
  }

  #pathBefore(): string {
    const start = this.#line.slice(0, this.#at).search(/[^\s"'=]*$/);
    return this.#line.slice(start, this.#at);
  }

  #single(): void {
    const end = this.#line.indexOf("'", this.#at + 1);
    const stop = end < 0 ? this.#line.length : end;
    this.#take(this.#line.slice(this.#at + 1, stop), stop - this.#at + 1);
  }

  #double(): void {
    this.#take('');
    while (this.#at < this.#line.length && this.#line[this.#at] !== '"') {
      const sign = this.#line[this.#at] ?? '';
      const next = this.#line[this.#at + 1] ?? '';
      if (sign === '\\' && next === '\n') this.#at += 2;
      else if (sign === '\\' && /["\\$`]/.test(next)) this.#take(next, 2);
      else if (sign === '$' || sign === '`' || sign === '%') this.#expansion();
      else this.#take(sign);
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
    // `50%` and the like are no variables of cmd.
    if (value === undefined && !whole.startsWith('%')) this.unknown.push(whole);
    this.#take(value ?? whole, whole.length);
  }

  #valueOf(whole: string): string | undefined {
    const { folder, uid, gid, variables } = this.#around;
    const inner = whole.replace(/^(?:\$\(|\$\{(?:env:)?|\$env:|\$|`|%)|[)}`%]$/gi, '').trim();
    const known = (value: number | undefined) => (value === undefined ? value : String(value));
    if (/^(?:\$\(|`)/.test(whole)) {
      if (/^pwd(?: -[LPW])?$/.test(inner)) return folder;
      if (inner === 'id -u') return known(uid);
      if (inner === 'id -g') return known(gid);
      return inner === 'whoami' || inner === 'id -un' ? variables.USER : undefined;
    }
    if (/^(?:pwd|cd)$/i.test(inner) && (whole.startsWith('%') || inner.length === 3)) return folder;
    if (inner === 'UID') return known(uid) ?? variables.UID;
    return Object.hasOwn(variables, inner) ? variables[inner] : undefined;
  }
}

/** `$(…)`, `` `…` ``, `${NAME}`, `$NAME`, `%NAME%`. */
const expansion = /^(?:\$\([^()]*\)|`[^`\n]*`|\$\{[\w:]+\}|\$(?:env:)?[A-Za-z_]\w*|%[A-Za-z_]\w*%)/;

/** One line that a shell reads as exactly these words. */
export function printWords(
  words: readonly string[],
  shell: 'posix' | 'powershell' = 'posix',
): string {
  return words.map((word) => quoted(word, shell)).join(' ');
}

function quoted(word: string, shell: 'posix' | 'powershell'): string {
  if (/^[\w./:@%+,=-]+$/.test(word) && !(shell === 'powershell' && /[,@]/.test(word))) {
    // `%cd%` would be one of ours when the line comes back.
    return /%\w+%/.test(word) ? `'${word}'` : word;
  }
  return `'${word.replaceAll("'", shell === 'posix' ? String.raw`'\''` : "''")}'`;
}
