/** Finds out whether text for a terminal ends inside an escape sequence. See ECMA-48, 5.4 and 5.6. */

type State = 'text' | 'escape' | 'parameters' | 'string' | 'end of string';

/** Follows the output of a process. */
export class EscapeSequences {
  #state: State = 'text';

  /** Whether other text can be inserted here without breaking a sequence. */
  get isComplete(): boolean {
    return this.#state === 'text';
  }

  read(text: string): void {
    for (let at = 0; at < text.length; at++) {
      if (this.#state === 'text') {
        at = text.indexOf(escape, at);
        if (at === -1) return;
        this.#state = 'escape';
      } else {
        this.#state = next(this.#state, text[at] ?? '');
      }
    }
  }
}

const escape = '\x1B';

/** The state after a character of a sequence. */
function next(state: Exclude<State, 'text'>, character: string): State {
  // These cancel every sequence.
  if (character === '\x18' || character === '\x1A') return 'text';
  switch (state) {
    case 'escape':
      return afterEscape(character);
    case 'parameters':
      if (character === escape) return 'escape';
      return character >= '@' && character <= '~' ? 'text' : 'parameters';
    case 'string':
      if (character === escape) return 'end of string';
      return character === '\x07' ? 'text' : 'string';
    case 'end of string':
      return character === '\\' ? 'text' : afterEscape(character);
  }
}

function afterEscape(character: string): State {
  if (character === '[') return 'parameters';
  // Titles, device control strings and private strings.
  if (']PX^_'.includes(character)) return 'string';
  // Intermediate characters, such as those that select a character set.
  if (character === escape || (character >= ' ' && character <= '/')) return 'escape';
  return 'text';
}
