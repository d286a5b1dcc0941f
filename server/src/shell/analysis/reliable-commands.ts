/** Commands that hardly ever fail, so that it does not matter who checks their exit status. */
import { nameOf } from '../commands.ts';
import type { Command, Statement } from '../script.ts';

/** They print their arguments or facts about the system. */
const printing = words(
  'echo printf true : basename dirname uname arch hostname date id whoami groups nproc pwd mktemp seq',
);
/** They change the text that they read. */
const filters = words(
  'cat tac awk gawk mawk sed cut tr head tail sort uniq wc nl tee rev paste column fold',
);
/**
 * They print what is on the system. They fail only if a file does not exist, or to say that they found nothing; `yes`
 * is stopped by the command that reads from it.
 */
const inspecting = words(
  'yes ls find fd tree grep egrep fgrep zgrep rg xxd od hexdump strings readlink realpath env printenv ps which whereis command type dpkg-query dpkg-architecture apt-cache ldconfig ldd locale getent stat file du df scanelf objdump readelf nm diff cmp comm jq yq xmllint sha1sum sha256sum sha512sum md5sum base64 history set export declare compgen lsb_release update-alternatives getconf cd',
);
/** Of these, only the forms that print what is on the system. */
const queries: ReadonlyMap<string, RegExp> = new Map([
  ['dpkg', /^(?:-[lLsS]|--list|--listfiles|--status|--search|--get-selections|--print-\S+)$/],
  ['rpm', /^(?:-q\w*|--query|-E|--eval)$/],
  ['apk', /^(?:info|list)$/],
  ['apt-mark', /^show/],
  ['apt', /^(?:list|show)$/],
  ['pip', /^(?:show|list|freeze)$/],
  ['pip3', /^(?:show|list|freeze)$/],
  ['npm', /^(?:ls|list|config|root)$/],
  ['php', /^-[im]$/],
  ['openssl', /^(?:rand|version)$/],
]);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/** Whether a command before a pipe may fail, so that the next one reads only a part of what it should. */
export function mayFail(part: Statement): boolean {
  if (part.kind === 'block') return part.opener === 'function' || part.bodies.some(mayFail);
  if (part.kind !== 'command') return part.parts.some(mayFail);
  const name = nameOf(part) ?? '';
  if (name === 'xargs') return !runsInspecting(part);
  if (printing.has(name) || filters.has(name) || inspecting.has(name)) return false;
  const query = queries.get(name);
  return !part.args.some(({ text }) => text === '--version' || query?.test(text) === true);
}

/** Whether the command that `xargs` runs only prints what is on the system: `xargs -r dpkg-query --search`. */
function runsInspecting({ args }: Command): boolean {
  const at = args.findIndex(({ text }, i) => {
    const takesValue = /^-[IinPLs]$|^--(?:max-\w+|replace)$/.test(args[i - 1]?.text ?? '');
    return !text.startsWith('-') && !takesValue;
  });
  const name = at < 0 ? 'echo' : (args[at]?.text ?? '');
  if (printing.has(name) || filters.has(name) || inspecting.has(name)) return true;
  return queries.get(name)?.test(args[at + 1]?.text ?? '') === true;
}

/** Whether the output of a command is what it should be: `pwd`, `echo "$A" | sed s/b/c/`. */
export function isReliable(statement: Statement): boolean {
  if (statement.kind === 'pipeline') {
    const [first, ...more] = statement.parts;
    return first !== undefined && isReliable(first) && more.every(isFilter);
  }
  if (statement.kind !== 'command') return false;
  const name = nameOf(statement);
  if (name === 'dpkg') return statement.args[0]?.text === '--print-architecture';
  return name !== undefined && printing.has(name);
}

function isFilter(part: Statement): boolean {
  return part.kind === 'command' && filters.has(nameOf(part) ?? '');
}
