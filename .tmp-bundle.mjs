var __defProp = Object.defineProperty;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __esm = (fn, res, err) => function __init() {
  if (err) throw err[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err = [e], e;
  }
};
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};

// client/src/engine/errors.ts
function isEngineError(error) {
  return error instanceof Error && error.name === "EngineError" && "kind" in error;
}
var EngineError;
var init_errors = __esm({
  "client/src/engine/errors.ts"() {
    "use strict";
    EngineError = class extends Error {
      /** `message` is the reason given by the engine, without status codes. */
      constructor(kind, message2, cause) {
        super(message2, { cause });
        this.name = "EngineError";
        this.kind = kind;
      }
    };
  }
});

// client/src/engine/file-errors.ts
import { t } from "@vscode/l10n";
function fileErrorReason(error, file) {
  const { code, path, message: message2 } = error;
  const name = file ?? path;
  const about = (text4) => name === void 0 ? text4 : `${text4}: ${name}`;
  switch (code) {
    case "ENOSPC":
      return t("No space left on device");
    case "EDQUOT":
      return t("Disk quota exceeded");
    case "EFBIG":
      return t("The file is too large for this file system");
    case "EACCES":
    case "EPERM":
      return about(t("Permission denied"));
    case "EROFS":
      return about(t("Read-only file system"));
    case "EISDIR":
      return about(t("This is a folder"));
    case "ENOTDIR":
      return about(t("A part of the path is not a folder"));
    case "ENOENT":
      return about(t("No such file or folder"));
    case "ENAMETOOLONG":
      return about(t("The name is too long"));
    case "ELOOP":
      return about(t("Too many symbolic links"));
    case "EBUSY":
    case "ETXTBSY":
      return about(t("The file is in use"));
    case "EMFILE":
    case "ENFILE":
      return t("Too many open files");
    case "EIO":
      return about(t("Input/output error"));
    default:
      return message2 ?? String(error);
  }
}
function toFileError(error, file) {
  return isEngineError(error) ? error : new EngineError("failed", fileErrorReason(error, file), error);
}
var init_file_errors = __esm({
  "client/src/engine/file-errors.ts"() {
    "use strict";
    init_errors();
  }
});

// client/src/engine/regular-file.ts
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { t as t2 } from "@vscode/l10n";
async function readRegularFile(file) {
  const handle = await open(file, flags);
  try {
    const stats2 = await handle.stat();
    if (!stats2.isFile() && !stats2.isDirectory()) {
      throw new EngineError("misconfigured", t2("`{0}` is not a regular file", file));
    }
    const chunks = [];
    let total = 0;
    for (; ; ) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(1 << 16), 0, 1 << 16);
      if (bytesRead === 0) return Buffer.concat(chunks, total);
      total += bytesRead;
      if (total > mostBytes || stats2.size > mostBytes) {
        throw new EngineError(
          "misconfigured",
          t2("`{0}` is larger than {1} MB", file, mostBytes / 1e6)
        );
      }
      chunks.push(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}
var mostBytes, flags;
var init_regular_file = __esm({
  "client/src/engine/regular-file.ts"() {
    "use strict";
    init_errors();
    mostBytes = 1e7;
    flags = process.platform === "win32" ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
  }
});

// client/src/engine/write-file.ts
import { randomUUID } from "node:crypto";
import { constants as constants2 } from "node:fs";
import { lstat, open as open2, readFile as readFile2, readlink, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { t as t3 } from "@vscode/l10n";
async function writeFileFromStream(file, chunks, { report, signal } = {}) {
  const existing = await existingFile(file);
  const draft = await Draft.open(file, existing?.isFile() === true ? existing : void 0);
  let bytes2 = 0;
  try {
    for await (const chunk of chunks) {
      if (signal?.aborted === true) break;
      await draft.write(chunk);
      bytes2 += chunk.length;
      report?.(bytes2);
    }
    if (signal?.aborted === true) throw new EngineError("cancelled", t3("Cancelled"));
    await draft.finish();
    return bytes2;
  } catch (error) {
    await draft.remove();
    throw error;
  }
}
async function statIfExists(path) {
  try {
    return await lstat(path);
  } catch (error) {
    if (error.code === "ENOENT") return void 0;
    throw error;
  }
}
async function existingFile(file) {
  const stats2 = await statIfExists(file).catch((error) => {
    throw toFileError(error, file);
  });
  if (stats2 === void 0 || stats2.isFile() || stats2.isSymbolicLink()) return stats2;
  throw new EngineError(
    "failed",
    stats2.isDirectory() ? t3("{0} is a folder", file) : t3("{0} is not a regular file", file)
  );
}
async function writeAll(handle, bytes2, position) {
  let written = 0;
  while (written < bytes2.length) {
    const at = position === void 0 ? null : position + written;
    const left = bytes2.length - written;
    const { bytesWritten } = await handle.write(bytes2, written, left, at);
    if (bytesWritten === 0) throw Object.assign(new Error("EIO"), { code: "EIO" });
    written += bytesWritten;
  }
}
async function sync(handle) {
  await handle.sync().catch((error) => {
    const { code } = error;
    if (code !== "EINVAL" && code !== "ENOTSUP" && code !== "ENOSYS") throw error;
  });
}
var Draft;
var init_write_file = __esm({
  "client/src/engine/write-file.ts"() {
    "use strict";
    init_errors();
    init_file_errors();
    Draft = class _Draft {
      #file;
      #target;
      #handle;
      #existing;
      constructor(file, target, opened) {
        this.#file = file;
        this.#target = target;
        [this.#handle, this.#existing] = opened;
      }
      /** Rejects with EngineError. `mode` is for a file that does not exist. */
      static async open(target, existing, mode = 438) {
        const file = join(dirname(target), `.drydock-${randomUUID()}`);
        const { O_CREAT, O_EXCL, O_WRONLY } = constants2;
        const noFollow = process.platform === "win32" ? 0 : constants2.O_NOFOLLOW;
        const flags3 = O_CREAT | O_EXCL | O_WRONLY | noFollow;
        try {
          const handle = await open2(file, flags3, existing === void 0 ? mode : 384);
          return new _Draft(file, target, [handle, existing]);
        } catch (error) {
          throw toFileError(error, target);
        }
      }
      async write(bytes2) {
        try {
          await writeAll(this.#handle, bytes2);
        } catch (error) {
          throw toFileError(error, this.#target);
        }
      }
      /** Renames it to the target. */
      async finish() {
        try {
          if (this.#existing !== void 0) await this.#takeOver(this.#existing);
          await sync(this.#handle);
          await this.#handle.close();
          await rename(this.#file, this.#target);
        } catch (error) {
          throw toFileError(error, this.#target);
        }
      }
      async #takeOver({ mode, uid, gid }) {
        const own = await this.#handle.stat();
        if (own.uid !== uid || own.gid !== gid)
          await this.#handle.chown(uid, gid).catch(() => void 0);
        await this.#handle.chmod(mode & 4095);
      }
      async remove() {
        await this.#handle.close().catch(() => void 0);
        await rm(this.#file, { force: true }).catch(() => void 0);
      }
    };
  }
});

// server/src/text/path.ts
function cleanPath(path) {
  const kept = [];
  const isRooted = path.startsWith("/");
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (!isRooted) kept.push(part);
  }
  return `${isRooted ? "/" : ""}${kept.join("/")}` || ".";
}
var init_path = __esm({
  "server/src/text/path.ts"() {
    "use strict";
  }
});

// server/src/ignore/expression-match.ts
function isMatch({ steps, starts }, text4) {
  const codes2 = Array.from(text4, (character) => character.codePointAt(0) ?? 0);
  const run = { steps, codes: codes2, seen: new Int32Array(steps.length), stack: [] };
  let states2 = [];
  for (let at = 0; at <= codes2.length; at++) {
    for (const start of starts) follow(run, start, { at, states: states2 });
    if (states2.some((state) => steps[state]?.kind === "match")) return true;
    const next = [];
    for (const state of states2) {
      const step = steps[state];
      if (step?.kind === "character" && at < codes2.length && step.test(codes2[at] ?? 0))
        follow(run, state + 1, { at: at + 1, states: next });
    }
    states2 = next;
  }
  return false;
}
function follow({ steps, codes: codes2, seen, stack }, from, { at, states: states2 }) {
  stack.push(from);
  for (let state = stack.pop(); state !== void 0; state = stack.pop()) {
    if (seen[state] === at + 1) continue;
    seen[state] = at + 1;
    const step = steps[state];
    if (step === void 0) continue;
    if (step.kind === "split") stack.push(state + step.by, state + 1);
    else if (step.kind === "jump") stack.push(state + step.by);
    else if (step.kind !== "assert") states2.push(state);
    else if (holds(step.what, codes2, at)) stack.push(state + 1);
  }
}
function holds(what, codes2, at) {
  if (what === "start") return at === 0;
  if (what === "end") return at === codes2.length;
  const isBoundary = isWordCode(codes2[at - 1]) !== isWordCode(codes2[at]);
  return isBoundary === (what === "boundary");
}
function isWordCode(code) {
  return code !== void 0 && /^\w$/.test(String.fromCodePoint(code));
}
var init_expression_match = __esm({
  "server/src/ignore/expression-match.ts"() {
    "use strict";
  }
});

// server/src/ignore/character-class.ts
function readClass(characters, from) {
  const isNegated = characters[from] === "^";
  const first = isNegated ? from + 1 : from;
  const tests = [];
  let at = first;
  while (at === first || characters[at] !== "]") {
    const read3 = readMember(characters, at);
    if (read3 === void 0) return void 0;
    tests.push(read3.test);
    at = read3.next;
  }
  const isMember = (code) => tests.some((test) => test(code));
  return { test: isNegated ? (code) => !isMember(code) : isMember, next: at + 1 };
}
function readMember(characters, at) {
  if (characters[at] === "[" && characters[at + 1] === ":") {
    const end = characters.findIndex(
      (character, i) => i >= at + 2 && character === ":" && characters[i + 1] === "]"
    );
    if (end >= 0) return namedClass(characters.slice(at + 2, end).join(""), end + 2);
  }
  if (characters[at] === "\\" && isGroup(characters[at + 1])) return readEscape(characters, at + 1);
  const low = readCode(characters, at);
  if (low === void 0) return void 0;
  if (characters[low.next] !== "-" || characters[low.next + 1] === void 0 || characters[low.next + 1] === "]")
    return { test: (code) => code === low.code, next: low.next };
  const high = readCode(characters, low.next + 1);
  if (high === void 0 || high.code < low.code) return void 0;
  return { test: (code) => low.code <= code && code <= high.code, next: high.next };
}
function readCode(characters, at) {
  const character = characters[at];
  if (character === "\\") return readEscapedCode(characters, at + 1);
  const code = character?.codePointAt(0);
  return code === void 0 ? void 0 : { code, next: at + 1 };
}
function isGroup(character) {
  return character !== void 0 && "dDsSwWpP".includes(character);
}
function namedClass(name, next) {
  const isNegated = name.startsWith("^");
  const plain = isNegated ? name.slice(1) : name;
  return groupOf(named, plain, { isNegated, next });
}
function groupOf(groups, name, { isNegated, next }) {
  const pattern = Object.hasOwn(groups, name) ? groups[name] : void 0;
  if (pattern === void 0) return void 0;
  return { test: (code) => pattern.test(String.fromCodePoint(code)) !== isNegated, next };
}
function readEscape(characters, at) {
  const character = characters[at] ?? "";
  if (isGroup(character)) {
    const lower = character.toLowerCase();
    const isNegated = lower !== character;
    if (lower === "p") return unicodeGroup(characters, at + 1, isNegated);
    return groupOf(perlGroups, lower, { isNegated, next: at + 1 });
  }
  const read3 = readEscapedCode(characters, at);
  return read3 && { test: (code) => code === read3.code, next: read3.next };
}
function unicodeGroup(characters, at, isNegated) {
  if (characters[at] !== "{")
    return groupOf(categories, characters[at] ?? "", { isNegated, next: at + 1 });
  const end = characters.indexOf("}", at);
  if (end < 0) return void 0;
  const name = characters.slice(at + 1, end).join("");
  const isInverted = name.startsWith("^");
  return groupOf(categories, isInverted ? name.slice(1) : name, {
    isNegated: isNegated !== isInverted,
    next: end + 1
  });
}
function readEscapedCode(characters, at) {
  const character = characters[at] ?? "";
  if (/^[\0-\x7f]$/.test(character) && !/^[0-9A-Za-z]$/.test(character))
    return { code: character.charCodeAt(0), next: at + 1 };
  const isOctal = (i) => /^[0-7]$/.test(characters[i] ?? "");
  if (character === "0" || isOctal(at) && isOctal(at + 1)) {
    let end = at + 1;
    while (end < at + 3 && isOctal(end)) end++;
    return { code: Number.parseInt(characters.slice(at, end).join(""), 8), next: end };
  }
  if (character === "x" && characters[at + 1] === "{") {
    const [all, digits3 = ""] = /^\{([0-9A-Fa-f]{1,6})\}/.exec(characters.slice(at + 1, at + 10).join("")) ?? [];
    const code2 = Number.parseInt(digits3, 16);
    return all === void 0 || code2 > 1114111 ? void 0 : { code: code2, next: at + 1 + all.length };
  }
  if (character === "x") {
    const digits3 = characters.slice(at + 1, at + 3).join("");
    if (!/^[0-9A-Fa-f]{2}$/.test(digits3)) return void 0;
    return { code: Number.parseInt(digits3, 16), next: at + 3 };
  }
  const code = Object.hasOwn(controls, character) ? controls[character] : void 0;
  return code === void 0 ? void 0 : { code, next: at + 1 };
}
var perlGroups, categories, named, controls;
var init_character_class = __esm({
  "server/src/ignore/character-class.ts"() {
    "use strict";
    perlGroups = {
      d: /^[0-9]$/,
      s: /^[\t\n\f\r ]$/,
      w: /^[0-9A-Za-z_]$/
    };
    categories = Object.fromEntries(
      "C Cc Cf Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs".split(" ").map((name) => [name, new RegExp(`^\\p{${name}}$`, "u")])
    );
    named = {
      alnum: /^[0-9A-Za-z]$/,
      alpha: /^[A-Za-z]$/,
      ascii: /^[\0-\x7f]$/,
      blank: /^[\t ]$/,
      cntrl: /^[\0-\x1f\x7f]$/,
      digit: /^[0-9]$/,
      graph: /^[!-~]$/,
      lower: /^[a-z]$/,
      print: /^[ -~]$/,
      punct: /^[!-/:-@[-`{-~]$/,
      space: /^[\t-\r ]$/,
      upper: /^[A-Z]$/,
      word: /^[0-9A-Za-z_]$/,
      xdigit: /^[0-9A-Fa-f]$/
    };
    controls = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };
  }
});

// server/src/ignore/expression.ts
function expressionOf(source) {
  const reader = {
    characters: Array.from(source),
    at: 0,
    steps: [],
    atom: void 0,
    starts: [0]
  };
  while (reader.at < reader.characters.length) {
    if (!readNext(reader) || reader.steps.length > mostSteps) return void 0;
  }
  reader.steps.push({ kind: "match" });
  return reader;
}
function readNext(reader) {
  const { characters, at } = reader;
  switch (characters[at]) {
    case "|":
      reader.steps.push({ kind: "match" });
      reader.starts.push(reader.steps.length);
      reader.atom = void 0;
      reader.at++;
      return true;
    case "(":
      reader.at += directories.length;
      return push(reader, directorySteps, true);
    case "*":
      reader.at++;
      return repeat(reader, { least: 0, most: void 0 });
    case "{": {
      const found = readCounts(characters, at);
      if (found === void 0) return readAtom(reader);
      reader.at = found.next;
      return repeat(reader, found);
    }
    default:
      return readAtom(reader);
  }
}
function push(reader, steps, isRepeated = false) {
  reader.atom = { from: reader.steps.length, isRepeated };
  for (const step of steps) reader.steps.push(step);
  return true;
}
function readCounts(characters, at) {
  const text4 = characters.slice(at, at + 24).join("");
  const [all, least = "", comma, most = ""] = /^\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}/.exec(text4) ?? [];
  if (all === void 0) return void 0;
  const limit = comma === void 0 ? Number(least) : most === "" ? void 0 : Number(most);
  return { least: Number(least), most: limit, next: at + all.length };
}
function repeat(reader, { least, most }) {
  const { atom, steps } = reader;
  if (atom === void 0 || atom.isRepeated) return false;
  if (least > mostTimes || most !== void 0 && (most > mostTimes || most < least)) return false;
  const once = steps.splice(atom.from);
  if (once.length * Math.max(least, most ?? 0) > mostSteps) return false;
  const addOnce = () => once.forEach((step) => steps.push(step));
  for (let i = 0; i < least; i++) addOnce();
  if (most === void 0) {
    steps.push({ kind: "split", by: once.length + 2 });
    addOnce();
    steps.push({ kind: "jump", by: -once.length - 1 });
  } else
    for (let i = least; i < most; i++) {
      steps.push({ kind: "split", by: (most - i) * (once.length + 1) });
      addOnce();
    }
  reader.atom = { from: atom.from, isRepeated: true };
  return true;
}
function readAtom(reader) {
  const { characters, at } = reader;
  const character = characters[at] ?? "";
  if (character === "[") return pushTest(reader, readClass(characters, at + 1));
  if (character === "\\") return readEscapedAtom(reader, at + 1);
  reader.at++;
  if (character === "^") return push(reader, [{ kind: "assert", what: "start" }]);
  if (character === "$") return push(reader, [{ kind: "assert", what: "end" }]);
  return push(reader, [
    character === "." ? { kind: "character", test: isAny } : literal(character)
  ]);
}
function pushTest(reader, read3) {
  if (read3 === void 0) return false;
  reader.at = read3.next;
  return push(reader, [{ kind: "character", test: read3.test }]);
}
function literal(character) {
  const code = character.codePointAt(0);
  return { kind: "character", test: (other) => other === code };
}
function readEscapedAtom(reader, at) {
  const { characters } = reader;
  const character = characters[at] ?? "";
  const what = Object.hasOwn(assertions, character) ? assertions[character] : void 0;
  if (what !== void 0) {
    reader.at = at + 1;
    return push(reader, [{ kind: "assert", what }]);
  }
  if (character !== "Q") return pushTest(reader, readEscape(characters, at));
  let end = at + 1;
  const isEnd = () => characters[end] === "\\" && characters[end + 1] === "E";
  for (; end < characters.length && !isEnd(); end++) push(reader, [literal(characters[end] ?? "")]);
  reader.at = end + 2;
  return true;
}
var mostSteps, directories, isAny, isSlash, directorySteps, mostTimes, assertions;
var init_expression = __esm({
  "server/src/ignore/expression.ts"() {
    "use strict";
    init_character_class();
    mostSteps = 1e5;
    directories = "(.*/)?";
    isAny = (code) => code !== 10;
    isSlash = (code) => code === 47;
    directorySteps = [
      { kind: "split", by: 5 },
      { kind: "split", by: 3 },
      { kind: "character", test: isAny },
      { kind: "jump", by: -2 },
      { kind: "character", test: isSlash }
    ];
    mostTimes = 1e3;
    assertions = {
      A: "start",
      z: "end",
      b: "boundary",
      B: "inside"
    };
  }
});

// server/src/ignore/glob.ts
function isValidGlob(pattern) {
  let at = 0;
  while (at < pattern.length) {
    const character = pattern.charAt(at);
    if (character === "[") {
      at = afterClass(pattern, at + 1);
      if (at < 0) return false;
    } else if (character === "\\") {
      at += 2;
      if (at > pattern.length) return false;
    } else at++;
  }
  return true;
}
function afterClass(pattern, from) {
  let at = pattern.charAt(from) === "^" ? from + 1 : from;
  for (let count = 0; count === 0 || pattern.charAt(at) !== "]"; count++) {
    at = afterMember(pattern, at);
    if (at >= 0 && pattern.charAt(at) === "-") at = afterMember(pattern, at + 1);
    if (at < 0) return -1;
  }
  return at + 1;
}
function afterMember(pattern, from) {
  let at = from;
  const first = pattern.charAt(at);
  if (first === "" || first === "-" || first === "]") return -1;
  if (first === "\\") at++;
  const code = pattern.codePointAt(at);
  if (code === void 0) return -1;
  at += code > 65535 ? 2 : 1;
  return at < pattern.length ? at : -1;
}
function globOf(pattern) {
  const { source, kind } = translated(pattern);
  switch (kind) {
    case "exact":
      return (path) => path === pattern;
    case "prefix": {
      const start = pattern.slice(0, -2);
      return (path) => path.startsWith(start);
    }
    case "suffix": {
      if (pattern.startsWith("\uFEFF")) return () => false;
      const end = pattern.slice(2);
      return (path) => path.endsWith(end) || end.startsWith("/") && path === end.slice(1);
    }
    case "expression": {
      const expression = expressionOf(`${source}$`);
      return expression && ((path) => isMatch(expression, path));
    }
  }
}
function translated(pattern) {
  const characters = Array.from(pattern.replace(/^\ufeff/, ""));
  const parts = ["^"];
  let kind = "exact";
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] ?? "";
    if (character === "*" && characters[i + 1] === "*") {
      const isFirst = i === 0;
      i += characters[i + 2] === "/" ? 2 : 1;
      const isLast = i + 1 >= characters.length;
      if (isLast && kind === "exact") kind = "prefix";
      else {
        parts.push(isLast ? ".*" : "(.*/)?");
        kind = "expression";
      }
      if (isFirst) kind = "suffix";
    } else if (character === "*" || character === "?") {
      parts.push(character === "*" ? "[^/]*" : "[^/]");
      kind = "expression";
    } else if (character === "\\") {
      const next = characters[++i];
      parts.push(`\\${next ?? ""}`);
      if (next !== void 0) kind = "expression";
    } else if (character === "[" || character === "]") {
      parts.push(character);
      kind = "expression";
    } else parts.push(escaped.includes(character) ? `\\${character}` : character);
  }
  return { source: parts.join(""), kind };
}
var escaped;
var init_glob = __esm({
  "server/src/ignore/glob.ts"() {
    "use strict";
    init_expression_match();
    init_expression();
    escaped = ".+()$";
  }
});

// server/src/ignore/ignore-lines.ts
function ignorePatterns(text4) {
  const patterns = [];
  for (const line of text4.replace(/^\ufeff/, "").split("\n")) {
    if (isTooLong(line)) return void 0;
    if (line.startsWith("#")) continue;
    const pattern = trimSpace(line);
    if (pattern === "") continue;
    const isException = pattern.startsWith("!");
    const path = isException ? trimSpace(pattern.slice(1)) : pattern;
    patterns.push(`${isException ? "!" : ""}${path === "" ? "" : relative(cleanPath(path))}`);
  }
  return patterns;
}
function isTooLong(line) {
  return line.length * 3 >= tooLong && new TextEncoder().encode(line).length >= tooLong;
}
function relative(path) {
  return path.length > 1 && path.startsWith("/") ? path.slice(1) : path;
}
function trimSpace(text4) {
  let start = 0;
  let end = text4.length;
  while (start < end && space.includes(text4.charAt(start))) start++;
  while (end > start && space.includes(text4.charAt(end - 1))) end--;
  return text4.slice(start, end);
}
var tooLong, space;
var init_ignore_lines = __esm({
  "server/src/ignore/ignore-lines.ts"() {
    "use strict";
    init_path();
    tooLong = 64 * 1024;
    space = "	\n\v\f\r \x85\xA0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";
  }
});

// server/src/ignore/ignore-filter.ts
function ignoreFilter(lines) {
  const patterns = [];
  for (const line of lines) {
    const trimmed = trimSpace(line);
    if (trimmed === "") continue;
    const cleaned = cleanPath(trimmed);
    const isException = cleaned.startsWith("!");
    const text4 = isException ? cleaned.slice(1) : cleaned;
    if (text4 === "" || !isValidGlob(text4)) return void 0;
    patterns.push({ text: text4, isException });
  }
  return new Filter(patterns);
}
function prefixesOf(patterns) {
  const texts2 = patterns.map(({ text: text4 }) => text4.replace(/\/\*\*$/, "").replace(/\/\*$/, ""));
  return texts2.some((text4) => /[*[\]?^\\]/.test(text4)) ? void 0 : texts2;
}
function mayBeIn(prefixes, folder) {
  return prefixes?.some((text4) => `${text4}/`.startsWith(`${folder}/`)) ?? true;
}
var mostFolders, longestPath, noMatches, Filter;
var init_ignore_filter = __esm({
  "server/src/ignore/ignore-filter.ts"() {
    "use strict";
    init_path();
    init_glob();
    init_ignore_lines();
    mostFolders = 2e3;
    longestPath = 4096;
    noMatches = /* @__PURE__ */ new Set();
    Filter = class {
      #patterns;
      #exceptions;
      #matches;
      #folders = /* @__PURE__ */ new Map();
      constructor(patterns) {
        this.#patterns = patterns;
        const isException = (one) => one.isException;
        this.hasExceptions = patterns.some(isException);
        this.#exceptions = prefixesOf(patterns.filter(isException));
        this.#matches = prefixesOf(patterns.filter((one) => !isException(one)));
      }
      verdictOn(path, parent) {
        const matched = /* @__PURE__ */ new Set();
        let isExcluded = false;
        for (const [i, pattern] of this.#patterns.entries()) {
          const { isException, text: text4 } = pattern;
          if (parent?.matched.has(i) !== true) {
            if (isException !== isExcluded) continue;
            const glob = pattern.glob ??= globOf(text4) ?? null;
            if (glob === null) return { isExcluded: false, matched, invalid: text4 };
            if (!glob(path)) continue;
          }
          matched.add(i);
          isExcluded = !isException;
        }
        return { isExcluded, matched: matched.size === 0 ? noMatches : matched };
      }
      mayInclude(folder) {
        return mayBeIn(this.#exceptions, folder);
      }
      mayMatch(folder) {
        return mayBeIn(this.#matches, folder);
      }
      excludes(path) {
        const cleaned = cleanPath(path);
        if (cleaned.length > longestPath) return false;
        const slash2 = cleaned.lastIndexOf("/");
        const folder = slash2 <= 0 ? void 0 : this.#folder(cleaned.slice(0, slash2));
        const { isExcluded, invalid } = this.#below(cleaned, folder);
        return isExcluded && invalid === void 0;
      }
      /** The verdict on a directory; from the outermost one on, since each depends on the one above. */
      #folder(path) {
        let folder;
        for (let end = path.indexOf("/", 1); ; end = path.indexOf("/", end + 1)) {
          const name = end < 0 ? path : path.slice(0, end);
          const verdict = this.#folders.get(name) ?? this.#below(name, folder);
          const isClosed = folder?.isClosed === true || verdict.isExcluded && !this.mayInclude(name);
          folder = { ...verdict, isClosed };
          if (this.#folders.size >= mostFolders) this.#folders.clear();
          this.#folders.set(name, folder);
          if (end < 0) return folder;
        }
      }
      #below(path, folder) {
        const isDecided = folder?.isClosed === true || folder?.invalid !== void 0;
        return isDecided ? folder : this.verdictOn(path, folder);
      }
    };
  }
});

// client/src/engine/tar-entry.ts
function fileEntry(name, content2, mode = 420) {
  const bytes2 = typeof content2 === "string" ? new TextEncoder().encode(content2) : content2;
  return {
    name,
    kind: "file",
    mode,
    size: bytes2.length,
    // eslint-disable-next-line @typescript-eslint/require-await
    content: async function* () {
      yield bytes2;
    }
  };
}
var init_tar_entry = __esm({
  "client/src/engine/tar-entry.ts"() {
    "use strict";
  }
});

// client/src/engine/tar-writer.ts
import { t as t12 } from "@vscode/l10n";
async function* packTar(entries2) {
  for await (const entry of entries2) {
    yield headerOf(entry);
    if (entry.kind !== "file") continue;
    let written = 0;
    for await (const chunk of entry.content?.() ?? []) {
      written += chunk.length;
      if (written > entry.size) break;
      yield chunk;
    }
    if (written !== entry.size)
      throw new EngineError("failed", t12("{0} changed while it was being read", entry.name));
    if (entry.size % blockSize !== 0) yield Buffer.alloc(paddingAfter(entry.size));
  }
  yield Buffer.alloc(2 * blockSize);
}
function paddingAfter(size) {
  return (blockSize - size % blockSize) % blockSize;
}
function headerOf(entry) {
  const slash2 = entry.kind === "directory" ? "/" : "";
  const path = Buffer.concat([Buffer.from(entry.nameBytes ?? entry.name), Buffer.from(slash2)]);
  const link2 = Buffer.from(entry.linkTargetBytes ?? entry.linkTarget ?? "");
  const values = {
    size: entry.kind === "file" ? entry.size : 0,
    uid: entry.user ?? 0,
    gid: entry.group ?? 0,
    mtime: Math.floor((entry.modified?.getTime() ?? Date.now()) / 1e3)
  };
  const extended = [
    ...fitsField(path) ? [] : [recordOf("path", path)],
    ...fitsField(link2) ? [] : [recordOf("linkpath", link2)],
    ...Object.entries(values).flatMap(
      ([name, value]) => fitsDigits(value, digits[name]) ? [] : [recordOf(name, Buffer.from(String(value)))]
    )
  ];
  const plain = { type: types[entry.kind], mode: entry.mode, path, link: link2, ...values };
  if (extended.length === 0) return block(plain);
  const records = Buffer.concat(extended);
  const mtime = fitsDigits(values.mtime, digits.mtime) ? values.mtime : 0;
  const about = { mode: 420, link: Buffer.alloc(0), uid: 0, gid: 0, mtime };
  const head = { ...about, type: "x", path: Buffer.from("extended"), size: records.length };
  return Buffer.concat([block(head), records, Buffer.alloc(paddingAfter(records.length)), block(plain)]);
}
function fitsDigits(value, count) {
  return value >= 0 && value < 8 ** count;
}
function fitsField(bytes2) {
  return bytes2.length <= 100 && bytes2.every((byte) => byte < 128);
}
function recordOf(name, value) {
  const rest = name.length + value.length + 3;
  let length = rest + String(rest).length;
  if (String(length).length !== String(rest).length) length = rest + String(length).length;
  return Buffer.concat([Buffer.from(`${length} ${name}=`), value, Buffer.from("\n")]);
}
function block({ type, mode, path, link: link2, size, uid, gid, mtime }) {
  const header = Buffer.alloc(blockSize);
  path.copy(header, 0, 0, 100);
  writeOctal(header, mode & 4095, [100, 7]);
  writeOctal(header, uid, [108, digits.uid]);
  writeOctal(header, gid, [116, digits.gid]);
  writeOctal(header, size, [124, digits.size]);
  writeOctal(header, mtime, [136, digits.mtime]);
  header.write(type, 156);
  link2.copy(header, 157, 0, 100);
  header.write("ustar\x0000", 257, "latin1");
  writeOctal(header, 0, [329, 7]);
  writeOctal(header, 0, [337, 7]);
  header.write(" ".repeat(8), 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return header;
}
function writeOctal(header, value, [at, count]) {
  const text4 = fitsDigits(value, count) ? value.toString(8) : "0";
  header.write(text4.padStart(count, "0"), at, "latin1");
}
var blockSize, types, digits;
var init_tar_writer = __esm({
  "client/src/engine/tar-writer.ts"() {
    "use strict";
    init_errors();
    blockSize = 512;
    types = { file: "0", hardlink: "1", link: "2", directory: "5", other: "6" };
    digits = { size: 11, uid: 7, gid: 7, mtime: 11 };
  }
});

// client/src/engine/build-context/entry.ts
function kindOf3(stats2) {
  if (stats2.isFile()) return "file";
  if (stats2.isDirectory()) return "directory";
  if (stats2.isSymbolicLink()) return "link";
  if (stats2.isFIFO()) return "fifo";
  if (stats2.isBlockDevice()) return "block-device";
  return stats2.isCharacterDevice() ? "character-device" : "socket";
}
var init_entry = __esm({
  "client/src/engine/build-context/entry.ts"() {
    "use strict";
  }
});

// client/src/engine/build-context/walk.ts
import { lstat as lstat2, readdir, readlink as readlink2 } from "node:fs";
import { join as join6 } from "node:path";
import { t as t13 } from "@vscode/l10n";
async function* walkContext(directory, options = {}) {
  const read3 = (at) => levelOf(at, directory, options);
  const open5 = [await read3({ path: "", bytes: Buffer.alloc(0) })];
  for (let level = open5.at(-1); level !== void 0; level = open5.at(-1)) {
    const next = await nextIn(level, directory);
    if (next === void 0) {
      open5.pop();
      continue;
    }
    const { candidate, entry } = next;
    if (candidate.isKept) {
      yield* pendingOf(open5);
      yield entry;
    }
    if (entry.kind !== "directory" || !candidate.isEntered) continue;
    open5.push({ ...await read3(candidate), pending: candidate.isKept ? void 0 : entry });
  }
}
function* pendingOf(levels) {
  for (const level of levels) {
    if (level.pending) yield level.pending;
    level.pending = void 0;
  }
}
async function levelOf(at, root2, options) {
  const candidates = (await namesIn(root2, at.bytes)).sort((one, other) => Buffer.compare(one, other)).map((name) => candidateOf(at, name, options)).filter(({ isKept, isEntered }) => isKept || isEntered);
  return { pending: void 0, candidates, entries: [], done: 0 };
}
async function nextIn(level, root2) {
  const { candidates, entries: entries2 } = level;
  while (level.done < candidates.length) {
    if (level.done === entries2.length) {
      const some = candidates.slice(level.done, level.done + parallel);
      const found = await Promise.all(some.map((one) => entryOf(root2, one)));
      for (const one of found) entries2.push(one);
    }
    const candidate = candidates[level.done];
    const entry = entries2[level.done];
    entries2[level.done] = void 0;
    level.done++;
    if (candidate && entry) return { candidate, entry };
  }
  return void 0;
}
function candidateOf(at, name, { include, exclude }) {
  const text4 = name.toString();
  const path = at.path === "" ? text4 : `${at.path}/${text4}`;
  const bytes2 = at.path === "" ? name : Buffer.concat([at.bytes, slash, name]);
  const included = include?.verdictOn(path, at.included);
  const excluded = exclude?.verdictOn(path, at.excluded);
  const invalid = included?.invalid ?? excluded?.invalid;
  if (invalid !== void 0)
    throw new EngineError(
      "failed",
      t13("`{0}` in the .dockerignore file is not a valid pattern", invalid)
    );
  const isIncluded = included?.isExcluded !== false;
  const isExcluded = excluded?.isExcluded === true;
  return {
    path,
    bytes: bytes2,
    isValid: text4.length === name.length || Buffer.from(text4).equals(name),
    included,
    excluded,
    isKept: isIncluded && !isExcluded,
    isEntered: (isIncluded || include?.mayMatch(path) !== false) && (!isExcluded || exclude?.mayInclude(path) === true)
  };
}
function namesIn(root2, path) {
  const here = path.length === 0 ? root2 : fileOf(root2, path);
  return new Promise((resolve4, reject) => {
    readdir(here, { encoding: "buffer" }, (error, names) => {
      if (error && path.length > 0 && isGone(error)) resolve4([]);
      else if (error) reject(readError(here.toString(), error));
      else resolve4(names);
    });
  });
}
function fileOf(root2, path) {
  const text4 = path.toString();
  const isText = typeof path === "string" || Buffer.from(text4).equals(path);
  return isText ? join6(root2, text4) : Buffer.concat([Buffer.from(root2), slash, path]);
}
async function entryOf(root2, { path, bytes: bytes2, isValid }) {
  const file = fileOf(root2, isValid ? path : bytes2);
  const stats2 = await statsOf(file);
  if (stats2 === void 0) return void 0;
  const kind = kindOf3(stats2);
  const entry = { path, ...!isValid && { rawPath: bytes2 }, kind, stats: stats2 };
  if (kind !== "link") return entry;
  const target = await targetOf(file);
  return target && { ...entry, target };
}
function statsOf(file) {
  return new Promise((resolve4, reject) => {
    lstat2(file, { bigint: true }, (error, stats2) => {
      if (error === null) resolve4(stats2);
      else if (isGone(error)) resolve4(void 0);
      else reject(readError(file.toString(), error));
    });
  });
}
function targetOf(file) {
  return new Promise((resolve4) => {
    readlink2(file, { encoding: "buffer" }, (error, target) => {
      if (error) resolve4(void 0);
      else resolve4(process.platform === "win32" ? withSlashes(target) : target);
    });
  });
}
function withSlashes(target) {
  return Buffer.from(target.toString().replaceAll("\\", "/"));
}
function isGone({ code }) {
  return code === "ENOENT" || code === "ENOTDIR";
}
function readError(file, error) {
  const { code } = error;
  const reason = code === "ENOENT" ? t13("the file does not exist") : fileErrorReason(error);
  return new EngineError("failed", t13("Could not read {0}: {1}", file, reason), error);
}
var parallel, slash;
var init_walk = __esm({
  "client/src/engine/build-context/walk.ts"() {
    "use strict";
    init_errors();
    init_file_errors();
    init_entry();
    parallel = 64;
    slash = Buffer.from("/");
  }
});

// client/src/engine/build-context/open-file.ts
import { close, constants as constants4, fstat, open as open3, read as read2 } from "node:fs";
import { t as t14 } from "@vscode/l10n";
async function openMeasured(file, { dev, ino, size }) {
  const name = file.toString();
  const descriptor = await openAt(file).catch((error) => {
    throw error.code === "ELOOP" ? changed(name) : readError(name, error);
  });
  const shut = () => close(descriptor, () => void 0);
  try {
    const stats2 = await statsOf2(descriptor);
    if (!stats2.isFile() || stats2.dev !== dev || stats2.ino !== ino) throw changed(name);
    if (stats2.size < size) throw changed(name);
  } catch (error) {
    shut();
    throw error instanceof EngineError ? error : readError(name, error);
  }
  return {
    read: async (target, at, length) => {
      const bytes2 = await readAt(descriptor, target.subarray(at, at + length)).catch(
        (error) => {
          throw readError(name, error);
        }
      );
      if (bytes2 === 0) throw changed(name);
      return bytes2;
    },
    close: shut
  };
}
function openAt(file) {
  return new Promise((resolve4, reject) => {
    open3(file, flags2, (error, descriptor) => {
      if (error) reject(error);
      else resolve4(descriptor);
    });
  });
}
function statsOf2(descriptor) {
  return new Promise((resolve4, reject) => {
    fstat(descriptor, { bigint: true }, (error, stats2) => {
      if (error) reject(error);
      else resolve4(stats2);
    });
  });
}
function readAt(descriptor, target) {
  return new Promise((resolve4, reject) => {
    read2(descriptor, target, 0, target.length, null, (error, bytes2) => {
      if (error) reject(error);
      else resolve4(bytes2);
    });
  });
}
function changed(file) {
  return new EngineError("failed", t14("{0} changed while it was being read", file));
}
var flags2;
var init_open_file = __esm({
  "client/src/engine/build-context/open-file.ts"() {
    "use strict";
    init_errors();
    init_walk();
    flags2 = process.platform === "win32" ? constants4.O_RDONLY : constants4.O_RDONLY | constants4.O_NOFOLLOW | constants4.O_NONBLOCK;
  }
});

// client/src/engine/build-context/context.ts
var context_exports = {};
__export(context_exports, {
  createContext: () => createContext
});
import { randomBytes } from "node:crypto";
import { readFile as readFile3 } from "node:fs/promises";
import { isAbsolute, join as join7, relative as relative2, resolve as resolve2, sep } from "node:path";
import { t as t15 } from "@vscode/l10n";
async function createContext(directory, dockerfile, dockerfileText) {
  const text4 = dockerfileText ?? await readFile3(dockerfile).catch((error) => {
    throw readError(dockerfile, error);
  });
  const inside = toSlashes(relative2(directory, dockerfile));
  const outside = dockerfileText !== void 0 || inside.startsWith("../") || isAbsolute(inside);
  const name = outside ? `.dockerfile.${randomBytes(10).toString("hex")}` : inside;
  const filter = await filterOf(directory, dockerfile, name);
  const extraEntries = outside ? [fileEntry(name, text4)] : [];
  return { dockerfile: name, tar: packTar(entries(resolve2(directory), filter, extraEntries)) };
}
async function filterOf(directory, dockerfile, name) {
  const own = `${dockerfile}.dockerignore`;
  const shared2 = join7(directory, ".dockerignore");
  const ownText = await readText(own);
  const text4 = ownText ?? await readText(shared2);
  if (text4 === void 0) return void 0;
  const patterns = ignorePatterns(text4);
  const needed = [name, ".dockerignore", `${name}.dockerignore`].map((file2) => `!${escaped2(file2)}`);
  const filter = patterns && ignoreFilter([...patterns, ...needed]);
  const file = ownText === void 0 ? shared2 : own;
  if (filter === void 0)
    throw new EngineError("failed", t15("{0} contains a pattern that is not valid", file));
  return filter;
}
function escaped2(name) {
  return name.replace(/[*?[\]\\]/g, "\\$&");
}
async function* entries(directory, exclude, extraEntries) {
  yield* extraEntries;
  for await (const entry of walkContext(directory, { exclude })) {
    const packed = toTarEntry(directory, entry);
    if (packed) yield packed;
  }
}
function toTarEntry(root2, { path, rawPath, kind, stats: stats2, target }) {
  const file = fileOf(root2, rawPath ?? path);
  const mode = process.platform === "win32" ? 493 : Number(stats2.mode) & 4095;
  const common = { name: path, mode, modified: stats2.mtime, user: 0, group: 0 };
  if (kind === "directory") return { ...common, kind, size: 0 };
  if (kind === "link")
    return { ...common, kind, size: 0, linkTarget: target?.toString() ?? "" };
  if (kind !== "file") return void 0;
  return {
    ...common,
    kind,
    size: Number(stats2.size),
    content: () => content(file, stats2)
  };
}
async function* content(file, stats2) {
  if (stats2.size === 0n) return;
  const opened = await openMeasured(file, stats2);
  try {
    for (let left = Number(stats2.size); left > 0; ) {
      const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, left));
      const length = await opened.read(chunk, 0, chunk.length);
      left -= length;
      yield chunk.subarray(0, length);
    }
  } finally {
    opened.close();
  }
}
function toSlashes(path) {
  return sep === "\\" ? path.replaceAll("\\", "/") : path;
}
function readText(file) {
  return readFile3(file, "utf8").catch(() => void 0);
}
var chunkBytes;
var init_context = __esm({
  "client/src/engine/build-context/context.ts"() {
    "use strict";
    init_ignore_filter();
    init_ignore_lines();
    init_errors();
    init_tar_entry();
    init_tar_writer();
    init_open_file();
    init_walk();
    chunkBytes = 1 << 20;
  }
});

// client/src/engine/buildkit/exporters.ts
import { t as t17 } from "@vscode/l10n";
function exportsOf({ outputs = [], tags, push: push2 = false }) {
  const all = (outputs.length === 0 ? [{ type: "image", attributes: {} }] : outputs).filter(
    ({ type }) => type !== "cacheonly"
  );
  const destinations = /* @__PURE__ */ new Map();
  const pushed2 = new Set(push2 ? tags : []);
  const exporters = all.map((output, index) => {
    if (isStored(output)) return stored(output, tags, pushed2);
    const { dest, ...attributes } = output.attributes;
    if (dest === void 0) return { Type: output.type, Attrs: output.attributes };
    if (dest === "-")
      throw new EngineError("failed", t17("The build result cannot be written to standard output"));
    destinations.set(index, { kind: output.type === "local" ? "directory" : "file", path: dest });
    const needsName = output.type === "oci" || output.type === "docker";
    const name = tags.join(",");
    return {
      Type: output.type,
      Attrs: { ...needsName && name !== "" && { name }, ...attributes }
    };
  });
  if ((push2 || all.some(isPushed)) && pushed2.size === 0)
    throw new EngineError("failed", t17("An image needs a tag to be pushed"));
  return { exporters, destinations, pushed: [...pushed2] };
}
function isStored({ type, attributes }) {
  const isImage = ["image", "registry", "moby"].includes(type);
  return isImage || type === "docker" && attributes.dest === void 0;
}
function isPushed({ type, attributes }) {
  return type === "registry" || attributes.push === "true" || attributes.push === "1";
}
function stored(output, tags, pushed2) {
  const { name: own = "" } = output.attributes;
  const names = own === "" ? tags : own.split(",");
  if (isPushed(output)) for (const name of names) pushed2.add(name);
  const others = Object.entries(output.attributes).filter(
    ([name]) => name !== "push" && name !== "name"
  );
  return {
    Type: "moby",
    Attrs: Object.fromEntries([
      ...others,
      ...names.length > 0 ? [["name", names.join(",")]] : []
    ])
  };
}
var init_exporters = __esm({
  "client/src/engine/buildkit/exporters.ts"() {
    "use strict";
    init_errors();
  }
});

// client/src/engine/buildkit/grpc/status.ts
function isGrpcError(error) {
  return error instanceof Error && error.name === "GrpcError" && "code" in error;
}
function encodeMessage(message2) {
  return Array.from(
    Buffer.from(message2),
    (byte) => byte >= 32 && byte <= 126 && byte !== 37 ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`
  ).join("");
}
function decodeMessage(text4) {
  const bytes2 = Buffer.from(text4, "latin1").toString("latin1");
  const decoded = bytes2.replace(
    /%([0-9A-Fa-f]{2})/g,
    (_, digits3) => String.fromCharCode(Number.parseInt(digits3, 16))
  );
  return Buffer.from(decoded, "latin1").toString();
}
var codes, GrpcError, InvalidAnswerError;
var init_status = __esm({
  "client/src/engine/buildkit/grpc/status.ts"() {
    "use strict";
    codes = {
      ok: 0,
      cancelled: 1,
      unknown: 2,
      invalidArgument: 3,
      notFound: 5,
      permissionDenied: 7,
      failedPrecondition: 9,
      aborted: 10,
      unimplemented: 12,
      unavailable: 14
    };
    GrpcError = class extends Error {
      constructor(code, message2, details) {
        super(message2);
        this.name = "GrpcError";
        this.code = code;
        this.details = details;
      }
    };
    InvalidAnswerError = class extends Error {
      constructor() {
        super(...arguments);
        this.name = "InvalidAnswerError";
      }
    };
  }
});

// client/src/engine/buildkit/messages.ts
import { parse } from "protobufjs";
function encode(name, message2) {
  return Buffer.from(
    typeOf(name).encode(message2).finish()
  );
}
function decode2(name, bytes2) {
  const type = typeOf(name);
  const options = { longs: Number, arrays: true, objects: true };
  try {
    return type.toObject(type.decode(bytes2), options);
  } catch (error) {
    throw new InvalidAnswerError(error instanceof Error ? error.message : String(error));
  }
}
function typeOf(name) {
  const known = types2.get(name) ?? root.lookupType(name);
  types2.set(name, known);
  return known;
}
function int64(value) {
  const bits = BigInt.asUintN(64, value);
  return {
    low: Number(bits & 0xffffffffn) | 0,
    high: Number(bits >> 32n) | 0,
    unsigned: false
  };
}
var root, types2;
var init_messages = __esm({
  "client/src/engine/buildkit/messages.ts"() {
    "use strict";
    init_status();
    ({ root } = parse(
      `syntax = "proto3";
  message SolveRequest {
    string Ref = 1; string Exporter = 3; map<string, string> ExporterAttrs = 4; string Session = 5;
    string Frontend = 6; map<string, string> FrontendAttrs = 7; CacheOptions Cache = 8;
    repeated string Entitlements = 9; repeated Exporter Exporters = 13;
  }
  message CacheOptions { repeated Exporter Exports = 4; repeated Exporter Imports = 5; }
  message Exporter { string Type = 1; map<string, string> Attrs = 2; }
  message SolveResponse { map<string, string> ExporterResponse = 1; }
  message StatusRequest { string Ref = 1; }
  message StatusResponse {
    repeated Vertex vertexes = 1; repeated VertexStatus statuses = 2;
    repeated VertexLog logs = 3; repeated VertexWarning warnings = 4;
  }
  message Vertex {
    string digest = 1; repeated string inputs = 2; string name = 3; bool cached = 4;
    Timestamp started = 5; Timestamp completed = 6; string error = 7;
  }
  message VertexStatus {
    string ID = 1; string vertex = 2; string name = 3; int64 current = 4; int64 total = 5;
    Timestamp started = 7; Timestamp completed = 8;
  }
  message VertexLog { string vertex = 1; int64 stream = 3; bytes msg = 4; }
  message VertexWarning { string vertex = 1; bytes short = 3; string url = 5; repeated Range ranges = 7; }
  message Range { Position start = 1; Position end = 2; }
  message Position { int32 line = 1; int32 character = 2; }
  message Timestamp { int64 seconds = 1; int32 nanos = 2; }
  message RpcStatus { int32 code = 1; string message = 2; repeated Any details = 3; }
  message Any { string type_url = 1; bytes value = 2; }
  message ListWorkersResponse { repeated WorkerRecord record = 1; }
  message WorkerRecord { string ID = 1; map<string, string> Labels = 2; }
  message Empty { }

  message Packet { int32 type = 1; Stat stat = 2; uint32 ID = 3; bytes data = 4; }
  message Stat {
    bytes path = 1; uint32 mode = 2; int64 size = 5; int64 modTime = 6; bytes linkname = 7;
    int64 devmajor = 8; int64 devminor = 9;
  }
  message BytesMessage { bytes data = 1; }

  message HealthCheckResponse { int32 status = 1; }
  message CredentialsRequest { string Host = 1; }
  message CredentialsResponse { string Username = 1; string Secret = 2; }
  message GetSecretRequest { string ID = 1; }
  message GetSecretResponse { bytes data = 1; }
  message CheckAgentRequest { string ID = 1; }`,
      { keepCase: true }
    ));
    types2 = /* @__PURE__ */ new Map();
  }
});

// client/src/engine/buildkit/failure.ts
function failureOf(error, steps) {
  const { message: full, details } = detailsOf2(error);
  const message2 = cleanMessage(full);
  const exitCode3 = exitCodeOf(full, details);
  const step = failedStep(full, details, steps);
  return {
    message: message2,
    ...exitCode3 !== void 0 && { exitCode: exitCode3 },
    ...step && { step: { id: step.id, name: step.name } },
    sources: details.flatMap((detail2) => linesOf2(detail2) ?? [])
  };
}
function detailsOf2({ message: message2, details }) {
  try {
    const status2 = details && decode2("RpcStatus", details);
    const found = (status2?.details ?? []).flatMap(({ type_url: type = "", value }) => {
      const json2 = parse2(value);
      return json2 === void 0 ? [] : [{ type, value: json2 }];
    });
    return { message: status2?.message ?? message2, details: found };
  } catch {
    return { message: message2, details: [] };
  }
}
function parse2(bytes2) {
  try {
    return objectOf(JSON.parse(Buffer.from(bytes2 ?? []).toString()));
  } catch {
    return void 0;
  }
}
function objectOf(value) {
  return typeof value === "object" && value !== null ? value : void 0;
}
function cleanMessage(message2) {
  let text4 = message2.trim();
  for (let cut = text4.replace(prefix, ""); cut !== text4; cut = cut.replace(prefix, "")) text4 = cut;
  return text4.replace(/:?\s+not found: not found$/, ": not found");
}
function exitCodeOf(message2, details) {
  const code = details.find(({ type }) => /\.ExitMessage\b/.test(type))?.value.Code;
  if (typeof code === "number") return code;
  const digits3 = /\bexit code: (\d+)$/.exec(message2)?.[1];
  return digits3 === void 0 ? void 0 : Number(digits3);
}
function failedStep(message2, details, steps) {
  const digest2 = details.find(({ type }) => /errdefs\.Vertex\b/.test(type))?.value.digest;
  const failed = steps.filter(({ state }) => state === "failed");
  return steps.find(({ id }) => id === digest2) ?? failed.find(({ error = "" }) => error !== "" && message2.includes(error)) ?? (failed.length === 1 ? failed[0] : void 0);
}
function linesOf2({ type, value }) {
  if (!/errdefs\.Source\b/.test(type)) return void 0;
  const info = objectOf(value.info);
  const { filename, data } = info ?? {};
  if (typeof data !== "string") return void 0;
  return {
    file: typeof filename === "string" ? filename : "",
    text: Buffer.from(data, "base64").toString(),
    lines: joined(Array.isArray(value.ranges) ? value.ranges.flatMap(rangeOf) : [])
  };
}
function rangeOf(range) {
  const start = lineOf(objectOf(range)?.start);
  const end = lineOf(objectOf(range)?.end);
  return start === void 0 ? [] : [{ start, end: Math.max(start, end ?? start) }];
}
function lineOf(position) {
  const line = objectOf(position)?.line;
  return typeof line === "number" && line > 0 ? line : void 0;
}
function joined(ranges) {
  const all = [];
  for (const range of ranges) {
    const last = all.at(-1);
    if (last && range.start === last.end + 1)
      all[all.length - 1] = { start: last.start, end: range.end };
    else all.push(range);
  }
  return all;
}
var prefix;
var init_failure = __esm({
  "client/src/engine/buildkit/failure.ts"() {
    "use strict";
    init_messages();
    prefix = /^(?:rpc error: code = \w+ desc =|failed to solve(?: with frontend [\w.]+)?:|failed to (?:create|build) LLB(?: definition)?:|failed to (?:load|compute) cache key:|failed to calculate checksum of ref [^\s"]+:|failed to read dockerfile:|error from sender:)\s*/;
  }
});

// client/src/engine/buildkit/frontend-attributes.ts
import { basename } from "node:path";
function frontendAttributes(request) {
  const { target, network, shmSize, platforms = [], addHosts = [], ulimits = [] } = request;
  const cache = (request.cacheFrom ?? []).map(toTyped);
  return {
    ...sourceAttributes(request),
    ...prefixed("build-arg:", request.buildArgs),
    ...prefixed("label:", request.labels),
    ...target !== void 0 && target !== "" && { target },
    ...platforms.length > 0 && { platform: platforms.join(",") },
    ...noCache(request),
    // Images of this engine are used unless newer ones are requested, as with the docker CLI.
    "image-resolve-mode": request.pull === true ? "pull" : "local",
    ...addHosts.length > 0 && { "add-hosts": addHosts.map(toHost).join(",") },
    ...isSpecial(network) && { "force-network-mode": network },
    ...shmSize !== void 0 && shmSize > 0 && { "shm-size": String(shmSize) },
    ...ulimits.length > 0 && { ulimit: ulimits.join(",") },
    ...cache.length > 0 && { "cache-imports": JSON.stringify(cache) },
    ...contextAttributes(request),
    ...request.frontendAttributes
  };
}
function sourceAttributes({ context, dockerfile, dockerfileText }) {
  if (context.kind === "directory") return { filename: basename(dockerfile) };
  if (dockerfileText === void 0)
    return { context: context.address, ...dockerfile !== "" && { filename: dockerfile } };
  return {
    context: context.address,
    filename: basename(dockerfile),
    dockerfilekey: dockerfileName
  };
}
function prefixed(prefix2, values = {}) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${prefix2}${name}`, value])
  );
}
function noCache({ noCache: stages }) {
  if (stages === true) return { "no-cache": "" };
  return stages === void 0 || stages.length === 0 ? {} : { "no-cache": stages.join(",") };
}
function toHost(host) {
  return host.includes("=") ? host : host.replace(":", "=");
}
function isSpecial(network) {
  return network !== void 0 && network !== "" && network !== "default";
}
function toTyped({ type, attributes }) {
  return { Type: type, Attrs: attributes };
}
function contextAttributes({ buildContexts = {} }) {
  const all = Object.entries(buildContexts);
  if (all.length === 0) return {};
  return {
    ...Object.fromEntries(
      all.map(([name, value]) => [
        `context:${name}`,
        isRemote(value) ? value : `local:${localName(name)}`
      ])
    ),
    // Frontends that do not know named contexts then refuse the build, instead of ignoring them.
    "frontend.caps": "moby.buildkit.frontend.contexts+forward"
  };
}
function contextDirectories({
  buildContexts = {}
}) {
  return Object.entries(buildContexts).filter(([, value]) => !isRemote(value)).map(([name, value]) => [localName(name), value]);
}
function localName(name) {
  return name === contextName || name === dockerfileName ? `named-${name}` : name;
}
function isRemote(value) {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/|git@|github\.com\/|target:)/i.test(value);
}
var contextName, dockerfileName;
var init_frontend_attributes = __esm({
  "client/src/engine/buildkit/frontend-attributes.ts"() {
    "use strict";
    contextName = "context";
    dockerfileName = "dockerfile";
  }
});

// client/src/engine/buildkit/grpc/connection.ts
function joinBuffered(socket) {
  const chunks = [];
  while (socket.readableLength > 0) {
    const chunk = socket.read();
    if (chunk === null) break;
    chunks.push(chunk);
  }
  if (chunks.length > 0) socket.unshift(Buffer.concat(chunks));
}
function closeSoon(...streams) {
  setImmediate(() => {
    for (const stream of streams) stream?.destroy();
  });
}
var manyHeaders, maxHeaderListSize;
var init_connection = __esm({
  "client/src/engine/buildkit/grpc/connection.ts"() {
    "use strict";
    manyHeaders = { maxHeaderListPairs: 1 << 16 };
    maxHeaderListSize = 16 << 20;
  }
});

// client/src/engine/buildkit/grpc/frames.ts
function frame(message2) {
  const framed = Buffer.allocUnsafe(headBytes + message2.length);
  writeHead(framed, 0, message2.length);
  framed.set(message2, headBytes);
  return framed;
}
function writeHead(target, at, length) {
  target[at] = 0;
  target.writeUInt32BE(length, at + 1);
}
async function* messagesOf(stream) {
  const reader = new FrameReader();
  const chunks = stream.iterator({ destroyOnReturn: false });
  for await (const chunk of chunks) yield* reader.read(chunk);
  if (stream.aborted) throw new GrpcError(codes.cancelled, "The stream was closed");
  if (!reader.isEmpty) throw new GrpcError(codes.unavailable, "The message is incomplete");
}
async function firstMessage(stream) {
  for await (const message2 of messagesOf(stream)) return message2;
  return Buffer.alloc(0);
}
function lengthIn(data) {
  if (data[0] !== 0)
    throw new GrpcError(codes.unimplemented, "Compressed messages are not supported");
  const length = data.readUInt32BE(1);
  if (length > longestMessage2)
    throw new GrpcError(codes.invalidArgument, "The message is too long");
  return length;
}
var headBytes, longestMessage2, FrameReader;
var init_frames = __esm({
  "client/src/engine/buildkit/grpc/frames.ts"() {
    "use strict";
    init_status();
    headBytes = 5;
    longestMessage2 = 64 * 1024 * 1024;
    FrameReader = class {
      #parts = [];
      #size = 0;
      /** The length of the next message with its head. */
      #wanted = headBytes;
      get isEmpty() {
        return this.#size === 0;
      }
      *read(chunk) {
        this.#parts.push(chunk);
        this.#size += chunk.length;
        while (this.#size >= this.#wanted) {
          const [first] = this.#parts;
          const data = this.#parts.length === 1 && first ? first : Buffer.concat(this.#parts);
          this.#parts = [data];
          const length = headBytes + lengthIn(data);
          this.#wanted = length;
          if (data.length < length) return;
          yield data.subarray(headBytes, length);
          this.#size = data.length - length;
          this.#parts = this.#size === 0 ? [] : [data.subarray(length)];
          this.#wanted = headBytes;
        }
      }
    };
  }
});

// client/src/engine/buildkit/grpc/keep-alive.ts
function keepAlive(session, silence, lost) {
  let sentAt;
  const timer = setInterval(() => {
    if (sentAt !== void 0) {
      if (performance.now() - sentAt < answerTime) return;
      clearInterval(timer);
      lost();
      return;
    }
    sentAt = performance.now();
    session.ping((error) => {
      if (!error) sentAt = void 0;
    });
  }, silence);
  timer.unref();
  session.once("close", () => clearInterval(timer));
}
var answerTime;
var init_keep_alive = __esm({
  "client/src/engine/buildkit/grpc/keep-alive.ts"() {
    "use strict";
    answerTime = 1e4;
  }
});

// client/src/engine/buildkit/grpc/client.ts
import http2 from "node:http2";
function grpcClient(socket, silence) {
  let lost;
  const onError = (error) => {
    lost ??= error;
  };
  socket.on("error", onError);
  joinBuffered(socket);
  const session = http2.connect("http://localhost", {
    ...manyHeaders,
    createConnection: () => socket,
    settings: { initialWindowSize: 1 << 20, maxHeaderListSize }
  });
  session.on("error", onError);
  keepAlive(session, silence, () => {
    lost ??= connectionLost();
    closeSoon(session, socket);
  });
  const open5 = (path, headers) => {
    const stream = session.request({
      ...headers,
      ":method": "POST",
      ":path": path,
      "content-type": "application/grpc",
      te: "trailers"
    });
    stream.on("error", () => void 0);
    return stream;
  };
  return {
    open: open5,
    call: ({ path, message: message2, signal }) => {
      const start = () => {
        if (session.destroyed) throw lost ?? connectionLost();
        const stream = open5(path, {});
        stream.end(frame(message2));
        return stream;
      };
      return answerTo(start, () => lost, signal);
    },
    close: () => closeSoon(session, socket)
  };
}
async function* answerTo(start, lost, signal) {
  const stream = start();
  let ending;
  let status2;
  stream.on("response", (headers) => {
    status2 = headers[":status"];
    if (headers["grpc-status"] !== void 0) ending = headers;
  });
  stream.on("trailers", (headers) => {
    ending = headers;
  });
  const closed = new Promise((resolve4) => stream.once("close", resolve4));
  const cancel = () => stream.close(http2.constants.NGHTTP2_CANCEL);
  if (signal?.aborted === true) cancel();
  signal?.addEventListener("abort", cancel, { once: true });
  let failure2;
  try {
    yield* messagesOf(stream);
  } catch (error) {
    failure2 = error;
  } finally {
    signal?.removeEventListener("abort", cancel);
    if (!stream.closed && (ending === void 0 || failure2 !== void 0)) cancel();
  }
  await closed;
  if (signal?.aborted === true) throw new GrpcError(codes.cancelled, "cancelled");
  if (isGrpcError(failure2)) throw new InvalidAnswerError(failure2.message);
  if (ending !== void 0) throwUnlessOk(ending);
  else {
    await new Promise((resolve4) => setImmediate(resolve4));
    throw lost() ?? connectionLost(status2);
  }
}
function isInvalidAnswer(error) {
  const { code } = error;
  return error instanceof InvalidAnswerError || code === "ERR_HTTP2_ERROR";
}
function connectionLost(status2) {
  return status2 === void 0 || status2 === 200 ? Object.assign(new Error("connection lost"), { code: "ECONNRESET" }) : new InvalidAnswerError(`HTTP status ${status2}`);
}
function throwUnlessOk(headers) {
  const code = Number(text2(headers["grpc-status"]));
  if (code === codes.ok) return;
  const details = text2(headers["grpc-status-details-bin"]);
  throw new GrpcError(
    Number.isInteger(code) ? code : codes.unknown,
    decodeMessage(text2(headers["grpc-message"])),
    details === "" ? void 0 : Buffer.from(details, "base64")
  );
}
function text2(value) {
  return typeof value === "string" ? value : value?.[0] ?? "";
}
var init_client = __esm({
  "client/src/engine/buildkit/grpc/client.ts"() {
    "use strict";
    init_connection();
    init_frames();
    init_keep_alive();
    init_status();
  }
});

// client/src/engine/buildkit/push.ts
async function* pushedEvents(tags, push2, signal) {
  for (const tag of tags) {
    const step = { kind: "step", id: `push:${tag}`, name: `pushing ${tag}` };
    const startedAt = performance.now();
    const duration = () => Math.round(performance.now() - startedAt);
    yield { ...step, state: "running" };
    try {
      for await (const progress of push2(tag, signal)) yield* progressEvents(step.id, progress);
    } catch (error) {
      const message2 = isEngineError(error) ? error.message : "";
      const state = signal.aborted ? "canceled" : "failed";
      yield { ...step, state, duration: duration(), error: message2 };
      if (state === "failed") yield { kind: "failed", failure: { message: message2, step, sources: [] } };
      throw error;
    }
    yield { ...step, state: "done", duration: duration() };
  }
}
function* progressEvents(id, progress) {
  const { layer, status: status2, current = 0, total } = progress;
  if (layer === void 0) return;
  const done = /^(?:Pushed|Layer already exists|Mounted from)/.test(status2);
  const action = status2.toLowerCase();
  yield {
    kind: "progress",
    id,
    item: layer,
    action,
    current,
    ...total !== void 0 && { total },
    done
  };
}
var init_push = __esm({
  "client/src/engine/buildkit/push.ts"() {
    "use strict";
    init_errors();
  }
});

// client/src/engine/buildkit/sent.ts
var everyBytes, everyFiles, SentCounter;
var init_sent = __esm({
  "client/src/engine/buildkit/sent.ts"() {
    "use strict";
    init_frontend_attributes();
    everyBytes = 512 * 1024;
    everyFiles = 200;
    SentCounter = class {
      #report;
      #bytes = 0;
      #files = 0;
      #reportedBytes = 0;
      #reportedFiles = 0;
      constructor(report) {
        this.#report = report;
      }
      add(directory, bytes2, isFileEnd) {
        if (directory !== contextName) return;
        this.#bytes += bytes2;
        if (isFileEnd) this.#files++;
        const isMuch = this.#bytes - this.#reportedBytes >= everyBytes;
        if (isMuch || this.#files - this.#reportedFiles >= everyFiles) this.end();
      }
      /** Reports the rest. */
      end() {
        if (this.#bytes === this.#reportedBytes) return;
        this.#reportedBytes = this.#bytes;
        this.#reportedFiles = this.#files;
        this.#report({ kind: "sent", bytes: this.#bytes, files: this.#files });
      }
    };
  }
});

// client/src/engine/buildkit/grpc/outbox.ts
function joined2(parts, size) {
  const [first] = parts;
  return parts.length === 1 && first ? first : Buffer.concat(parts, size);
}
var together, mostWaiting, Outbox;
var init_outbox = __esm({
  "client/src/engine/buildkit/grpc/outbox.ts"() {
    "use strict";
    init_status();
    together = 64 * 1024;
    mostWaiting = 2 * 1024 * 1024;
    Outbox = class {
      #stream;
      #collected = [];
      #collectedBytes = 0;
      #waitingBytes = 0;
      #isScheduled = false;
      #closed;
      #wake = [];
      constructor(stream) {
        this.#stream = stream;
        stream.once("close", () => {
          this.#closed ??= new GrpcError(codes.cancelled, "The stream was closed");
          this.#wakeAll();
        });
      }
      /** Resolves when there is room for more; undefined if there is room now. Throws if the stream is closed. */
      send(part) {
        if (this.#closed) throw this.#closed;
        if (part.length >= together) this.flush();
        this.#collected.push(part);
        this.#collectedBytes += part.length;
        if (this.#collectedBytes >= together) this.flush();
        else if (!this.#isScheduled) {
          this.#isScheduled = true;
          setImmediate(() => this.flush());
        }
        return this.#waitingBytes >= mostWaiting ? this.#room() : void 0;
      }
      /** Writes what was collected. */
      flush() {
        this.#isScheduled = false;
        if (this.#collected.length === 0 || this.#stream.destroyed || this.#stream.writableEnded)
          return;
        const data = joined2(this.#collected, this.#collectedBytes);
        this.#collected = [];
        this.#collectedBytes = 0;
        this.#waitingBytes += data.length;
        this.#stream.write(data, () => {
          this.#waitingBytes -= data.length;
          if (this.#waitingBytes < mostWaiting) this.#wakeAll();
        });
      }
      async #room() {
        while (this.#waitingBytes >= mostWaiting && !this.#closed)
          await new Promise((resolve4) => this.#wake.push(resolve4));
        if (this.#closed) throw this.#closed;
      }
      #wakeAll() {
        const waiting = this.#wake;
        this.#wake = [];
        for (const resolve4 of waiting) resolve4();
      }
    };
  }
});

// client/src/engine/buildkit/grpc/metadata.ts
function metadataOf(rawHeaders) {
  const raw = /* @__PURE__ */ new Map();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? "").toLowerCase();
    const values = raw.get(name);
    if (values) values.push(rawHeaders[i + 1] ?? "");
    else raw.set(name, [rawHeaders[i + 1] ?? ""]);
  }
  const decoded = /* @__PURE__ */ new Map();
  for (const [name, values] of raw) {
    const isEncoded = raw.get(`${name}-encoded`)?.[0] === "1";
    decoded.set(name, values.map(isEncoded ? unescapeQuery : latin1ToUtf8));
  }
  return decoded;
}
function unescapeQuery(text4) {
  try {
    return decodeURIComponent(text4.replaceAll("+", " "));
  } catch {
    return text4;
  }
}
function latin1ToUtf8(text4) {
  return Buffer.from(text4, "latin1").toString();
}
var init_metadata = __esm({
  "client/src/engine/buildkit/grpc/metadata.ts"() {
    "use strict";
  }
});

// client/src/engine/buildkit/grpc/server.ts
import http22 from "node:http2";
function unary(answer) {
  return async (stream, metadata) => {
    const message2 = await firstMessage(stream);
    stream.write(frame(await answer(message2, metadata)));
  };
}
function serveGrpc(socket, methods) {
  const ignore = () => void 0;
  const server = http22.createServer({
    ...manyHeaders,
    maxSessionMemory: 256,
    settings: { initialWindowSize: 4 << 20, maxHeaderListSize }
  });
  server.on("error", ignore);
  server.on("sessionError", ignore);
  server.on("stream", (stream, _headers, _flags, raw) => {
    stream.on("error", ignore);
    void serve(stream, metadataOf(raw ?? []), methods);
  });
  let session;
  server.on("session", (one) => session = one);
  socket.on("error", ignore);
  if ("alpnProtocol" in socket) socket.alpnProtocol = "h2";
  const closed = new Promise((resolve4) => socket.once("close", resolve4));
  joinBuffered(socket);
  if (!socket.destroyed) server.emit("connection", socket);
  return {
    closed,
    close: () => {
      closeSoon(session, socket);
      server.close();
    }
  };
}
async function serve(stream, metadata, methods) {
  let ending = { "grpc-status": "0", "grpc-message": "" };
  stream.on("wantTrailers", () => {
    if (!stream.destroyed) stream.sendTrailers(ending);
  });
  try {
    stream.respond(
      { ":status": 200, "content-type": "application/grpc" },
      { waitForTrailers: true }
    );
    const path = metadata.get(":path")?.[0] ?? "";
    const method = methods.get(path);
    if (method) await method(stream, metadata);
    else ending = status(codes.unimplemented, `unknown method ${path}`);
  } catch (error) {
    ending = isGrpcError(error) ? status(error.code, error.message) : status(codes.unknown, error instanceof Error ? error.message : String(error));
  } finally {
    if (!stream.destroyed && !stream.writableEnded) stream.end();
    stream.resume();
  }
}
function status(code, message2) {
  return { "grpc-status": String(code), "grpc-message": encodeMessage(message2) };
}
var init_server = __esm({
  "client/src/engine/buildkit/grpc/server.ts"() {
    "use strict";
    init_connection();
    init_frames();
    init_metadata();
    init_status();
  }
});

// client/src/engine/buildkit/ssh/agent.ts
import { connect } from "node:net";
async function serveAgent(requests, agent, send2) {
  for await (const request of lengthPrefixed(requests)) {
    const isAllowed = allowed.includes(request[0] ?? 0);
    const answer = isAllowed ? await agent.answer(request).catch(() => failure) : failure;
    await send2(withLength(answer));
  }
}
function withLength(content2) {
  const framed = Buffer.allocUnsafe(4 + content2.length);
  framed.writeUInt32BE(content2.length);
  framed.set(content2, 4);
  return framed;
}
async function* lengthPrefixed(chunks) {
  let data = Buffer.alloc(0);
  for await (const chunk of chunks) {
    data = Buffer.concat([data, chunk]);
    while (data.length >= 4) {
      const length = data.readUInt32BE(0);
      if (length === 0 || length > longestMessage3) throw new Error("invalid length of a message");
      if (data.length < 4 + length) break;
      yield data.subarray(4, 4 + length);
      data = data.subarray(4 + length);
    }
  }
}
async function connectAgent(path) {
  const socket = connect(path);
  socket.on("error", () => void 0);
  await new Promise((resolve4, reject) => {
    socket.once("connect", resolve4);
    socket.once("error", reject);
  });
  return agentOver(socket, socket);
}
function agentOver(input, output) {
  const answers = lengthPrefixed(input);
  return {
    answer: async (request) => {
      output.write(withLength(request));
      const next = await answers.next();
      if (next.done === true) throw new Error("the agent closed the connection");
      return next.value;
    },
    close: () => input.destroy()
  };
}
var agentTypes, failure, allowed, longestMessage3;
var init_agent = __esm({
  "client/src/engine/buildkit/ssh/agent.ts"() {
    "use strict";
    agentTypes = {
      failure: 5,
      listKeys: 11,
      keys: 12,
      sign: 13,
      signature: 14
    };
    failure = Buffer.from([agentTypes.failure]);
    allowed = [agentTypes.listKeys, agentTypes.sign];
    longestMessage3 = 256 * 1024;
  }
});

// client/src/engine/buildkit/session/packets.ts
function packet(content2) {
  return frame(encode("Packet", content2));
}
function statOf(entry, hardLink) {
  const { path, rawPath, kind, stats: stats2, target } = entry;
  const link2 = hardLink ?? target;
  const isDevice = kind === "block-device" || kind === "character-device";
  return {
    path: rawPath ?? Buffer.from(path),
    mode: goMode(entry),
    ...kind === "file" && hardLink === void 0 && { size: int64(stats2.size) },
    modTime: int64(stats2.mtimeNs),
    ...link2 !== void 0 && { linkname: Buffer.from(link2) },
    ...isDevice && deviceNumbers(stats2.rdev)
  };
}
function goMode({ kind, stats: stats2 }) {
  const mode = Number(stats2.mode);
  const permissions = process.platform === "win32" ? (mode & 511 | 73) & 493 : mode & 511;
  return kindModes[kind] + permissions + (mode & 2048 ? goModes2.setuid : 0) + (mode & 1024 ? goModes2.setgid : 0) + (mode & 512 ? goModes2.sticky : 0);
}
function deviceNumbers(device) {
  return {
    devmajor: Number(device >> 8n & 0xfffn),
    devminor: Number(device & 0xffn | device >> 12n & 0xfff00n)
  };
}
function dataBuffer(length) {
  return Buffer.allocUnsafe(dataRoom + length);
}
function dataPacket(id, buffer, length) {
  const fields = [8, packets.data, ...id === 0 ? [] : [24, ...varint(id)]];
  if (length > 0) fields.push(34, ...varint(length));
  const start = dataRoom - fields.length;
  buffer.set(fields, start);
  writeHead(buffer, start - headBytes, fields.length + length);
  return buffer.subarray(start - headBytes, dataRoom + length);
}
function varint(value) {
  const bytes2 = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes2.push(rest % 128 + 128);
  return [...bytes2, rest];
}
var packets, goModes2, kindModes, dataRoom;
var init_packets = __esm({
  "client/src/engine/buildkit/session/packets.ts"() {
    "use strict";
    init_frames();
    init_messages();
    packets = { stat: 0, request: 1, data: 2, end: 3, error: 4 };
    goModes2 = {
      directory: 2147483648,
      link: 134217728,
      device: 67108864,
      fifo: 33554432,
      setuid: 8388608,
      setgid: 4194304,
      characterDevice: 2097152,
      sticky: 1048576
    };
    kindModes = {
      file: 0,
      directory: goModes2.directory,
      link: goModes2.link,
      fifo: goModes2.fifo,
      // The docker CLI sends sockets as empty files.
      socket: 0,
      "block-device": goModes2.device,
      "character-device": goModes2.device + goModes2.characterDevice
    };
    dataRoom = 32;
  }
});

// client/src/engine/buildkit/session/receive-directory.ts
import { constants as constants5 } from "node:fs";
import {
  chmod,
  link,
  lstat as lstat3,
  lutimes,
  mkdir,
  open as open4,
  rm as rm2,
  symlink
} from "node:fs/promises";
import { join as join8, posix as posix2, sep as sep2 } from "node:path";
import { t as t18 } from "@vscode/l10n";
async function receiveDirectory(root2, messages, stream) {
  const receiver = new Receiver(root2, new Outbox(stream));
  try {
    await receiver.run(messages);
  } catch (error) {
    throw error instanceof GrpcError ? error : toFileError(error);
  } finally {
    await receiver.close();
  }
}
async function create(file) {
  await rm2(file, { recursive: true, force: true });
  const noFollow = process.platform === "win32" ? 0 : constants5.O_NOFOLLOW;
  return open4(file, constants5.O_CREAT | constants5.O_EXCL | constants5.O_WRONLY | noFollow, 384);
}
async function setProperties(file, { mode = 0, modTime = 0 }) {
  await chmod(file, mode & 511);
  const seconds2 = Number(modTime) / 1e9;
  if (Number.isFinite(seconds2)) await lutimes(file, seconds2, seconds2).catch(() => void 0);
}
function has(mode, flag2) {
  return Math.floor(mode / flag2) % 2 === 1;
}
function isSafe(path) {
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..")) return false;
  return !path.includes("\0") && (sep2 === "/" || !/[\\:]/.test(path));
}
function unsafe(path) {
  return new EngineError("failed", t18("The build result has a path that is not allowed: {0}", path));
}
var Receiver, empty;
var init_receive_directory = __esm({
  "client/src/engine/buildkit/session/receive-directory.ts"() {
    "use strict";
    init_errors();
    init_file_errors();
    init_write_file();
    init_outbox();
    init_status();
    init_messages();
    init_packets();
    Receiver = class {
      #root;
      #outbox;
      #incoming = /* @__PURE__ */ new Map();
      #directories = /* @__PURE__ */ new Set();
      #files = /* @__PURE__ */ new Set();
      #hardLinks = [];
      #links = [];
      #modes = [];
      #id = -1;
      #isListed = false;
      #isEnded = false;
      constructor(root2, outbox) {
        this.#root = root2;
        this.#outbox = outbox;
      }
      async run(messages) {
        await mkdir(this.#root, { recursive: true });
        for await (const message2 of messages) {
          const { type = packets.stat, stat: stat5, ID: id = 0, data = empty } = decode2("Packet", message2);
          if (type === packets.end) return;
          if (type === packets.error)
            throw new GrpcError(codes.aborted, `error from sender: ${Buffer.from(data).toString()}`);
          if (type === packets.data) await this.#data(id, data);
          else if (type === packets.stat && stat5) await this.#entry(stat5);
          else if (type === packets.stat) this.#isListed = true;
          if (this.#isListed && this.#incoming.size === 0 && !this.#isEnded) await this.#finish();
        }
        throw new GrpcError(codes.cancelled, "closed before the end");
      }
      /** Removes files that are incomplete. */
      async close() {
        for (const { handle, path } of this.#incoming.values()) {
          await handle?.close().catch(() => void 0);
          if (handle) await rm2(join8(this.#root, path), { force: true }).catch(() => void 0);
        }
      }
      async #entry(stat5) {
        this.#id++;
        const path = Buffer.from(stat5.path ?? empty).toString();
        const { mode = 0 } = stat5;
        const parent = posix2.dirname(path);
        if (!isSafe(path) || parent !== "." && !this.#directories.has(parent)) throw unsafe(path);
        const file = join8(this.#root, path);
        if (mode >= goModes2.directory) await this.#directory(path, stat5);
        else if (has(mode, goModes2.link)) {
          const target = Buffer.from(stat5.linkname ?? empty);
          this.#links.push(async () => {
            await rm2(file, { recursive: true, force: true });
            await symlink(target, file);
          });
        } else if (has(mode, goModes2.device) || has(mode, goModes2.fifo)) {
          throw new EngineError("failed", t18("Devices and pipes cannot be written: {0}", path));
        } else if (stat5.linkname !== void 0 && stat5.linkname.length > 0) this.#hardLink(path, stat5);
        else {
          this.#files.add(path);
          this.#incoming.set(this.#id, { path, stat: stat5 });
          await this.#outbox.send(packet({ type: packets.request, ID: this.#id }));
        }
      }
      async #directory(path, stat5) {
        const file = join8(this.#root, path);
        const existing = await lstat3(file).catch(() => void 0);
        if (existing && !existing.isDirectory()) await rm2(file, { force: true });
        if (existing?.isDirectory() !== true) await mkdir(file, 448);
        this.#directories.add(path);
        this.#modes.push(() => setProperties(file, stat5));
      }
      #hardLink(path, { linkname = empty }) {
        const first = Buffer.from(linkname).toString();
        if (!isSafe(first) || !this.#files.has(first)) throw unsafe(first);
        const file = join8(this.#root, path);
        this.#hardLinks.push(async () => {
          await rm2(file, { recursive: true, force: true });
          await link(join8(this.#root, first), file);
        });
      }
      async #data(id, data) {
        const incoming = this.#incoming.get(id);
        if (incoming === void 0)
          throw new GrpcError(codes.invalidArgument, `data for ${id}, which was not requested`);
        const file = join8(this.#root, incoming.path);
        incoming.handle ??= await create(file);
        if (data.length > 0) {
          await writeAll(incoming.handle, data);
          return;
        }
        this.#incoming.delete(id);
        await incoming.handle.close();
        await setProperties(file, incoming.stat);
      }
      async #finish() {
        this.#isEnded = true;
        const steps = [...this.#hardLinks, ...this.#links, ...this.#modes.reverse()];
        for (const step of steps) await step();
        await this.#outbox.send(packet({ type: packets.end }));
      }
    };
    empty = new Uint8Array();
  }
});

// client/src/engine/buildkit/session/file-send.ts
import { resolve as resolve3 } from "node:path";
function fileSend(destinations, failed) {
  return async (stream, metadata) => {
    const destination = destinationFor(destinations, metadata);
    const messages = messagesOf(stream);
    try {
      if (destination.kind === "directory")
        await receiveDirectory(resolve3(destination.path), messages, stream);
      else await writeFileFromStream(resolve3(destination.path), contents(messages));
    } catch (error) {
      if (error instanceof EngineError) failed(error);
      throw error;
    }
  };
}
function destinationFor(destinations, metadata) {
  const id = metadata.get("buildkit-attachable-exporter-id")?.[0];
  const [first] = destinations.values();
  const found = id === void 0 ? first : destinations.get(Number(id));
  if (found === void 0) throw new GrpcError(codes.notFound, "no such exporter");
  return found;
}
async function* contents(messages) {
  for await (const message2 of messages) {
    const { data } = decode2("BytesMessage", message2);
    if (data !== void 0) yield data;
  }
}
var init_file_send = __esm({
  "client/src/engine/buildkit/session/file-send.ts"() {
    "use strict";
    init_errors();
    init_write_file();
    init_frames();
    init_status();
    init_messages();
    init_receive_directory();
  }
});

// client/src/engine/build-context/follow-links.ts
import { readdir as readdir2 } from "node:fs/promises";
import { basename as basename2, dirname as dirname3, join as join9 } from "node:path/posix";
async function followLinks(directory, paths) {
  const found = /* @__PURE__ */ new Set();
  const seen = /* @__PURE__ */ new Set();
  let steps = 0;
  const add = async (path, links) => {
    const clean = inContext(path);
    if (seen.has(clean) || links > mostLinks) return;
    seen.add(clean);
    const parts = clean.split("/");
    for (let end = 1; end <= parts.length; end++) {
      if (++steps > mostSteps2) throw new EngineError("failed", tooMany);
      const here = parts.slice(0, end).join("/");
      const targets = await targetsOf(directory, here);
      if (targets.length > 0 || end === parts.length) found.add(here);
      for (const target of targets) await add(join9(target, ...parts.slice(end)), links + 1);
      if (targets.length > 0) return;
    }
  };
  for (const path of paths) await add(path, 0);
  return found.has("") ? void 0 : [...found].sort();
}
function inContext(path) {
  return join9("/", path.replaceAll("\0", "")).replace(/^\/+|\/+$/g, "");
}
async function targetsOf(directory, path) {
  if (path === "") return [];
  const name = basename2(path);
  const names = hasWildcard(name) ? await matchingNames(directory, path) : [path];
  const targets = [];
  for (const one of names) {
    const target = await targetOf(fileOf(directory, one));
    if (target === void 0) continue;
    const text4 = target.toString().replace(/^[A-Za-z]:/, "");
    targets.push(text4.startsWith("/") ? text4 : join9("/", dirname3(one), text4));
  }
  return targets;
}
async function matchingNames(directory, path) {
  const matches = globOf(basename2(path)) ?? (() => false);
  const parent = dirname3(path);
  const here = fileOf(directory, parent === "." ? "" : parent).toString();
  const names = await readdir2(here).catch(() => []);
  return names.filter((name) => matches(name)).map((name) => join9(parent, name));
}
function hasWildcard(name) {
  return /[*?[]/.test(name.replace(/\\./g, ""));
}
var mostLinks, mostSteps2, tooMany;
var init_follow_links = __esm({
  "client/src/engine/build-context/follow-links.ts"() {
    "use strict";
    init_glob();
    init_errors();
    init_walk();
    mostLinks = 40;
    mostSteps2 = 1e5;
    tooMany = "too many paths";
  }
});

// client/src/engine/build-context/selection.ts
async function selectionOf(directory, { followed, included, excluded }) {
  const targets = followed && await followLinks(directory, followed);
  const patterns = [...included, ...targets ?? []];
  const include = patterns.length === 0 ? null : ignoreFilter(patterns);
  const exclude = excluded.length === 0 ? null : ignoreFilter(excluded);
  if (include === void 0 || exclude === void 0) return void 0;
  return { ...include && { include }, ...exclude && { exclude } };
}
var init_selection = __esm({
  "client/src/engine/build-context/selection.ts"() {
    "use strict";
    init_ignore_filter();
    init_follow_links();
  }
});

// client/src/engine/buildkit/session/file-sync.ts
import { realpath } from "node:fs/promises";
import { createHash as createHash2 } from "node:crypto";
function fileSync(options) {
  return async (stream, metadata) => {
    const name = metadata.get("dir-name")?.[0] ?? "";
    const directory = options.directories.get(name);
    if (directory === void 0)
      throw new GrpcError(codes.notFound, `no access allowed to dir ${JSON.stringify(name)}`);
    const sender = new Sender(
      new Outbox(stream),
      (bytes2, isFileEnd) => options.sent(name, bytes2, isFileEnd)
    );
    try {
      await sender.run(entriesOf(directory, metadata), messagesOf(stream));
      options.finished(name);
    } catch (error) {
      if (!(error instanceof GrpcError)) options.failed(error);
      throw error;
    }
  };
}
async function* entriesOf(directory, metadata) {
  if (directory.kind === "files") yield* memoryEntries(directory.files);
  else yield* diskEntries(directory.path, metadata);
}
function* memoryEntries(files) {
  const sorted = [...files].sort(
    ([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other))
  );
  for (const [name, bytes2] of sorted) {
    const stat5 = {
      path: Buffer.from(name),
      mode: 420,
      size: bytes2.length,
      // Old engines request a file again only if its size or its time differs, so the time must change with the content.
      modTime: int64(createHash2("sha256").update(bytes2).digest().readBigUInt64BE() >> 4n)
    };
    yield { packet: packet({ type: packets.stat, stat: stat5 }), source: { bytes: bytes2 } };
  }
}
async function* diskEntries(path, metadata) {
  const root2 = await realpath(path).catch((error) => {
    throw readError(path, error);
  });
  const selection = await selectionOf(root2, {
    followed: metadata.get("followpaths"),
    included: metadata.get("include-patterns") ?? [],
    excluded: metadata.get("exclude-patterns") ?? []
  });
  if (selection === void 0) throw new GrpcError(codes.invalidArgument, "invalid pattern");
  const links = new HardLinks();
  for await (const entry of walkContext(root2, selection)) {
    const first = links.firstName(entry);
    const stat5 = statOf(entry, first);
    const listed = packet({ type: packets.stat, stat: stat5 });
    if (entry.kind === "socket") yield { packet: listed, source: { bytes: new Uint8Array() } };
    else if (entry.kind !== "file" || first !== void 0) yield { packet: listed };
    else {
      const { dev, ino, size } = entry.stats;
      const file = fileOf(root2, entry.rawPath ?? entry.path);
      yield { packet: listed, source: { file, stats: { dev, ino, size } } };
    }
  }
}
function readPacket(message2) {
  try {
    return decode2("Packet", message2);
  } catch {
    throw new GrpcError(codes.invalidArgument, "invalid packet");
  }
}
function textOf(data) {
  return Buffer.from(data ?? []).toString();
}
var HardLinks, parallel2, chunkBytes2, Sender;
var init_file_sync = __esm({
  "client/src/engine/buildkit/session/file-sync.ts"() {
    "use strict";
    init_open_file();
    init_selection();
    init_walk();
    init_outbox();
    init_frames();
    init_status();
    init_messages();
    init_packets();
    HardLinks = class {
      #names = /* @__PURE__ */ new Map();
      /** The name under which the same file was listed before. */
      firstName({ kind, path, rawPath, stats: stats2 }) {
        if (kind !== "file" || stats2.nlink < 2n) return void 0;
        const id = `${stats2.dev}:${stats2.ino}`;
        const first = this.#names.get(id);
        if (first === void 0) this.#names.set(id, rawPath ?? path);
        return first;
      }
    };
    parallel2 = 16;
    chunkBytes2 = 512 * 1024;
    Sender = class {
      #outbox;
      #report;
      #sources = /* @__PURE__ */ new Map();
      #requested = [];
      /** The number of requests that were taken from the list. */
      #taken = 0;
      #running = 0;
      #stopped = false;
      #fail = () => void 0;
      constructor(outbox, report) {
        this.#outbox = outbox;
        this.#report = report;
      }
      /** Resolves when the receiver has everything. */
      async run(entries2, messages) {
        const failed = new Promise((_, reject) => this.#fail = reject);
        try {
          await Promise.race([failed, Promise.all([this.#list(entries2), this.#answer(messages)])]);
          this.#outbox.flush();
        } catch (error) {
          const data = Buffer.from(error instanceof Error ? error.message : String(error));
          await this.#send(packet({ type: packets.error, data }))?.catch(() => void 0);
          this.#outbox.flush();
          throw error;
        } finally {
          this.#stopped = true;
        }
      }
      async #list(entries2) {
        let id = 0;
        for await (const entry of entries2) {
          if (this.#stopped) return;
          if (entry.source) this.#sources.set(id, entry.source);
          id++;
          await this.#send(entry.packet);
        }
        await this.#send(packet({ type: packets.stat }));
      }
      async #answer(messages) {
        for await (const message2 of messages) {
          const { type = packets.stat, ID: id = 0, data } = readPacket(message2);
          if (type === packets.request) this.#queue(id);
          else if (type === packets.end) {
            await this.#send(packet({ type: packets.end }));
            return;
          } else if (type === packets.error)
            throw new GrpcError(codes.aborted, `error from receiver: ${textOf(data)}`);
        }
        throw new GrpcError(codes.cancelled, "closed before the end");
      }
      #queue(id) {
        const source = this.#sources.get(id);
        if (source === void 0) throw new GrpcError(codes.invalidArgument, `invalid file id ${id}`);
        this.#sources.delete(id);
        this.#requested.push([id, source]);
        this.#next();
      }
      #next() {
        while (this.#running < parallel2 && !this.#stopped) {
          const next = this.#requested[this.#taken];
          if (next === void 0) return;
          this.#taken++;
          if (this.#taken === this.#requested.length) this.#taken = this.#requested.length = 0;
          this.#running++;
          this.#content(...next).then(
            () => {
              this.#running--;
              this.#next();
            },
            (error) => this.#fail(error)
          );
        }
      }
      async #content(id, source) {
        if ("bytes" in source) {
          const buffer = dataBuffer(source.bytes.length);
          buffer.set(source.bytes, dataRoom);
          if (source.bytes.length > 0) await this.#send(dataPacket(id, buffer, source.bytes.length));
        } else if (source.stats.size > 0n) await this.#file(id, source);
        const end = dataPacket(id, dataBuffer(0), 0);
        await this.#send(end, true);
      }
      async #file(id, { file, stats: stats2 }) {
        const opened = await openMeasured(file, stats2);
        try {
          for (let left = Number(stats2.size); left > 0 && !this.#stopped; ) {
            const most = Math.min(chunkBytes2, left);
            const buffer = dataBuffer(most);
            const length = await opened.read(buffer, dataRoom, most);
            left -= length;
            await this.#send(dataPacket(id, buffer, length));
          }
        } finally {
          opened.close();
        }
      }
      #send(bytes2, isFileEnd = false) {
        this.#report(bytes2.length, isFileEnd);
        return this.#outbox.send(bytes2);
      }
    };
  }
});

// client/src/engine/buildkit/session/secrets.ts
import { t as t19 } from "@vscode/l10n";
async function readSecrets(secrets, environment = process.env) {
  const values = /* @__PURE__ */ new Map();
  for (const secret of secrets) {
    const value = await valueOf2(secret, environment);
    if (value.length > mostBytes2)
      throw new EngineError("failed", t19("The secret {0} is larger than 500 kB", secret.id));
    values.set(secret.id, value);
  }
  return values;
}
async function valueOf2({ id, from }, environment) {
  switch (from.kind) {
    case "value":
      return Buffer.from(from.value);
    case "env": {
      const value = environment[from.name];
      if (value !== void 0) return Buffer.from(value);
      throw new EngineError(
        "failed",
        t19("Could not read the secret {0}: {1} is not set", id, from.name)
      );
    }
    case "file":
      return readRegularFile(from.path).catch((error) => {
        throw new EngineError(
          "failed",
          t19("Could not read the secret {0}: {1}", id, fileErrorReason(error))
        );
      });
  }
}
function getSecret(values) {
  return unary((message2) => {
    const { ID: id = "" } = decode2("GetSecretRequest", message2);
    const data = values.get(id);
    return data === void 0 ? Promise.reject(new GrpcError(codes.notFound, `secret ${id}: not found`)) : Promise.resolve(encode("GetSecretResponse", { data }));
  });
}
var mostBytes2;
var init_secrets = __esm({
  "client/src/engine/buildkit/session/secrets.ts"() {
    "use strict";
    init_errors();
    init_file_errors();
    init_regular_file();
    init_server();
    init_status();
    init_messages();
    mostBytes2 = 500 * 1024;
  }
});

// client/src/engine/buildkit/session/session.ts
import { randomBytes as randomBytes2 } from "node:crypto";
async function openSession(options, dial3) {
  const id = randomBytes2(16).toString("hex");
  const methods = methodsOf(options);
  const socket = await dial3({
    "X-Docker-Expose-Session-Uuid": id,
    "X-Docker-Expose-Session-Name": "drydock",
    "X-Docker-Expose-Session-Sharedkey": options.sharedKey,
    "X-Docker-Expose-Session-Grpc-Method": [...methods.keys()]
  });
  const server = serveGrpc(socket, methods);
  return { id, close: () => server.close() };
}
function methodsOf(options) {
  const { destinations, secrets, agents } = options;
  const methods = /* @__PURE__ */ new Map([
    // BuildKit checks every few seconds, and closes a session that does not respond.
    ["/grpc.health.v1.Health/Check", unary(healthy)],
    ["/moby.filesync.v1.FileSync/DiffCopy", fileSync(options)],
    ["/moby.filesync.v1.Auth/Credentials", credentials(options.credentials)],
    ["/moby.buildkit.secrets.v1.Secrets/GetSecret", getSecret(secrets)]
  ]);
  if (destinations.size > 0)
    methods.set("/moby.filesync.v1.FileSend/DiffCopy", fileSend(destinations, options.failed));
  if (agents.size > 0) {
    methods.set("/moby.sshforward.v1.SSH/CheckAgent", checkAgent(agents));
    methods.set("/moby.sshforward.v1.SSH/ForwardAgent", forwardAgent(agents));
  }
  return methods;
}
function healthy() {
  return Promise.resolve(encode("HealthCheckResponse", { status: 1 }));
}
function credentials(find) {
  return unary(async (message2) => {
    const { Host: host = "" } = decode2("CredentialsRequest", message2);
    const found = await find(host).catch(() => void 0);
    if (found === void 0) return encode("CredentialsResponse", {});
    const { username = "", password = "", identitytoken } = found;
    return encode(
      "CredentialsResponse",
      identitytoken === void 0 ? { Username: username, Secret: password } : { Secret: identitytoken }
    );
  });
}
function checkAgent(agents) {
  return unary((message2) => {
    const { ID: id = "" } = decode2("CheckAgentRequest", message2);
    return sourceFor(agents, id).then(() => encode("Empty", {}));
  });
}
function forwardAgent(agents) {
  return async (stream, metadata) => {
    const source = await sourceFor(agents, metadata.get("buildkit.ssh.id")?.[0] ?? "");
    const agent = await source();
    const outbox = new Outbox(stream);
    try {
      await serveAgent(
        contents2(messagesOf(stream)),
        agent,
        (data) => outbox.send(frame(encode("BytesMessage", { data })))
      );
      outbox.flush();
    } finally {
      agent.close();
    }
  };
}
async function* contents2(messages) {
  for await (const message2 of messages) {
    const { data } = decode2("BytesMessage", message2);
    if (data !== void 0) yield data;
  }
}
function sourceFor(agents, id) {
  const source = agents.get(id === "" ? "default" : id);
  return source === void 0 ? Promise.reject(new GrpcError(codes.notFound, `unset ssh forward key ${id}`)) : Promise.resolve(source);
}
var init_session = __esm({
  "client/src/engine/buildkit/session/session.ts"() {
    "use strict";
    init_frames();
    init_outbox();
    init_server();
    init_status();
    init_messages();
    init_agent();
    init_file_send();
    init_file_sync();
    init_secrets();
  }
});

// client/src/engine/buildkit/ssh/wire.ts
function text3(value) {
  const bytes2 = Buffer.from(value);
  return Buffer.concat([uint32(bytes2.length), bytes2]);
}
function uint32(value) {
  const bytes2 = Buffer.allocUnsafe(4);
  bytes2.writeUInt32BE(value);
  return bytes2;
}
function integer2(value) {
  const bytes2 = withoutZeros(value);
  const isHigh = ((bytes2[0] ?? 0) & 128) !== 0;
  return text3(isHigh ? Buffer.concat([Buffer.from([0]), bytes2]) : bytes2);
}
function withoutZeros(value) {
  const bytes2 = Buffer.from(value);
  let start = 0;
  while (start < bytes2.length - 1 && bytes2[start] === 0) start++;
  return bytes2.subarray(start);
}
var WireReader;
var init_wire = __esm({
  "client/src/engine/buildkit/ssh/wire.ts"() {
    "use strict";
    WireReader = class {
      #bytes;
      #at = 0;
      constructor(bytes2) {
        this.#bytes = bytes2;
      }
      uint32() {
        const value = this.#bytes.readUInt32BE(this.#at);
        this.#at += 4;
        return value;
      }
      text() {
        const length = this.uint32();
        if (this.#at + length > this.#bytes.length) throw new RangeError("unexpected end");
        const value = this.#bytes.subarray(this.#at, this.#at + length);
        this.#at += length;
        return value;
      }
    };
  }
});

// client/src/engine/buildkit/ssh/private-key.ts
import { createPrivateKey, createPublicKey } from "node:crypto";
function readPrivateKey(content2) {
  const pem = content2.toString("latin1");
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([^-]*)-----END/.exec(pem)?.[1];
  if (body === void 0 && /ENCRYPTED/.test(pem)) throw new PassphraseError();
  const key = body === void 0 ? createPrivateKey(pem) : opensshKey(Buffer.from(body, "base64"));
  return { key, blob: publicBlob(key) };
}
function opensshKey(bytes2) {
  if (bytes2.toString("latin1", 0, magic.length) !== magic) throw new Error("not a private key");
  const reader = new WireReader(bytes2.subarray(magic.length));
  const cipher = reader.text().toString();
  reader.text();
  reader.text();
  const count = reader.uint32();
  reader.text();
  if (cipher !== "none") throw new PassphraseError();
  if (count !== 1) throw new Error("more than one key");
  const secret = new WireReader(reader.text());
  if (secret.uint32() !== secret.uint32()) throw new Error("not a valid private key");
  return createPrivateKey({ key: jwkOf(secret), format: "jwk" });
}
function jwkOf(secret) {
  const kind = secret.text().toString();
  if (kind === "ssh-ed25519") {
    const x2 = secret.text();
    const d2 = secret.text().subarray(0, 32);
    return { kty: "OKP", crv: "Ed25519", x: base64(x2), d: base64(d2) };
  }
  if (kind === "ssh-rsa") {
    const [n, e, d2, qi, p, q] = Array.from({ length: 6 }, () => withoutZeros(secret.text()));
    if (!n || !e || !d2 || !qi || !p || !q) throw new Error("not a valid private key");
    const [dp, dq] = [p, q].map((prime) => toBytes(toBigint(d2) % (toBigint(prime) - 1n)));
    const numbers = { n, e, d: d2, p, q, dp: dp ?? d2, dq: dq ?? d2, qi };
    const encoded = Object.entries(numbers).map(([name, value]) => [name, base64(value)]);
    return { kty: "RSA", ...Object.fromEntries(encoded) };
  }
  const curve = curves.find(({ name }) => kind === `ecdsa-sha2-${name}`);
  if (curve === void 0) throw new Error(`unknown kind of key ${kind}`);
  secret.text();
  const point = secret.text().subarray(1);
  const d = padded(withoutZeros(secret.text()), curve.size);
  const [x, y] = [point.subarray(0, curve.size), point.subarray(curve.size)];
  return { kty: "EC", crv: curve.jwk, x: base64(x), y: base64(y), d: base64(d) };
}
function publicBlob(key) {
  const {
    kty,
    crv,
    x = "",
    y = "",
    n = "",
    e = ""
  } = createPublicKey(key).export({ format: "jwk" });
  if (kty === "OKP" && crv === "Ed25519")
    return Buffer.concat([text3("ssh-ed25519"), text3(bytes(x))]);
  if (kty === "RSA") return Buffer.concat([text3("ssh-rsa"), integer2(bytes(e)), integer2(bytes(n))]);
  const curve = curves.find(({ jwk }) => jwk === crv);
  if (curve === void 0) throw new Error("unknown kind of key");
  const point = Buffer.concat([Buffer.from([4]), bytes(x), bytes(y)]);
  return Buffer.concat([text3(`ecdsa-sha2-${curve.name}`), text3(curve.name), text3(point)]);
}
function padded(value, size) {
  return Buffer.concat([Buffer.alloc(Math.max(0, size - value.length)), value]);
}
function base64(value) {
  return Buffer.from(value).toString("base64url");
}
function bytes(value) {
  return Buffer.from(value, "base64url");
}
function toBigint(value) {
  return BigInt(`0x${value.toString("hex") || "0"}`);
}
function toBytes(value) {
  const digits3 = value.toString(16);
  return Buffer.from(digits3.length % 2 === 0 ? digits3 : `0${digits3}`, "hex");
}
var PassphraseError, magic, curves;
var init_private_key = __esm({
  "client/src/engine/buildkit/ssh/private-key.ts"() {
    "use strict";
    init_wire();
    PassphraseError = class extends Error {
    };
    magic = "openssh-key-v1\0";
    curves = [
      { name: "nistp256", jwk: "P-256", size: 32, hash: "sha256" },
      { name: "nistp384", jwk: "P-384", size: 48, hash: "sha384" },
      { name: "nistp521", jwk: "P-521", size: 66, hash: "sha512" }
    ];
  }
});

// client/src/engine/buildkit/ssh/key-agent.ts
import { sign } from "node:crypto";
import { basename as basename3 } from "node:path";
function keyAgent(keys2) {
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- its errors must be rejections
    answer: async (request) => {
      if (request[0] === agentTypes.listKeys) return listOf(keys2);
      return request[0] === agentTypes.sign ? signatureFor(keys2, request) : failure;
    },
    close: () => void 0
  };
}
function listOf(keys2) {
  const entries2 = keys2.flatMap(({ blob, path }) => [text3(blob), text3(basename3(path))]);
  return Buffer.concat([Buffer.from([agentTypes.keys]), uint32(keys2.length), ...entries2]);
}
function signatureFor(keys2, request) {
  const reader = new WireReader(request.subarray(1));
  const blob = reader.text();
  const data = reader.text();
  const flags3 = reader.uint32();
  const key = keys2.find((one) => one.blob.equals(blob))?.key;
  if (key === void 0) return failure;
  const signature = signed(key, data, flags3);
  return Buffer.concat([Buffer.from([agentTypes.signature]), text3(signature)]);
}
function signed(key, data, flags3) {
  switch (key.asymmetricKeyType) {
    case "ed25519":
      return Buffer.concat([text3("ssh-ed25519"), text3(sign(null, data, key))]);
    case "rsa": {
      const [name, hash] = (flags3 & 4) !== 0 ? ["rsa-sha2-512", "sha512"] : (flags3 & 2) !== 0 ? ["rsa-sha2-256", "sha256"] : ["ssh-rsa", "sha1"];
      return Buffer.concat([text3(name), text3(sign(hash, data, key))]);
    }
    default: {
      const names = {
        prime256v1: "nistp256",
        secp384r1: "nistp384",
        secp521r1: "nistp521"
      };
      const name = names[key.asymmetricKeyDetails?.namedCurve ?? ""];
      const curve = curves.find((one) => one.name === name);
      if (curve === void 0) throw new Error("unknown kind of key");
      const both = sign(curve.hash, data, { key, dsaEncoding: "ieee-p1363" });
      const [r, s] = [both.subarray(0, curve.size), both.subarray(curve.size)];
      const numbers = Buffer.concat([integer2(r), integer2(s)]);
      return Buffer.concat([text3(`ecdsa-sha2-${curve.name}`), text3(numbers)]);
    }
  }
}
var init_key_agent = __esm({
  "client/src/engine/buildkit/ssh/key-agent.ts"() {
    "use strict";
    init_agent();
    init_private_key();
    init_wire();
  }
});

// client/src/engine/buildkit/ssh/sources.ts
import { stat as stat4 } from "node:fs/promises";
import { t as t20 } from "@vscode/l10n";
async function agentSources(requested, environmentAgent = process.env.SSH_AUTH_SOCK ?? defaultAgent()) {
  const sources = /* @__PURE__ */ new Map();
  for (const { id, paths } of requested) {
    const name = id === "" ? "default" : id;
    sources.set(name, await sourceOf(paths, environmentAgent));
  }
  return sources;
}
function defaultAgent() {
  return process.platform === "win32" ? "\\\\.\\pipe\\openssh-ssh-agent" : void 0;
}
async function sourceOf(paths, environmentAgent) {
  const [first] = paths;
  if (first === void 0) {
    if (environmentAgent === void 0 || environmentAgent === "")
      throw new EngineError("failed", t20("No SSH agent is running: SSH_AUTH_SOCK is not set"));
    return agentAt(environmentAgent);
  }
  if (paths.length === 1 && await isSocket(first)) return agentAt(first);
  const keys2 = [];
  for (const path of paths) keys2.push(await keyIn(path));
  return () => Promise.resolve(keyAgent(keys2));
}
function agentAt(path) {
  return () => connectAgent(path);
}
async function isSocket(path) {
  if (/^\\\\[.?]\\pipe\\/.test(path)) return true;
  const stats2 = await stat4(path).catch((error) => {
    throw keyError(path, fileErrorReason(error));
  });
  return stats2.isSocket();
}
async function keyIn(path) {
  const content2 = await readRegularFile(path).catch((error) => {
    throw keyError(path, fileErrorReason(error));
  });
  try {
    return { path, ...readPrivateKey(content2) };
  } catch (error) {
    throw error instanceof PassphraseError ? new EngineError(
      "failed",
      t20("{0} has a passphrase: add it to an SSH agent, and use the agent", path)
    ) : keyError(path, t20("it is not a private key of a supported kind"));
  }
}
function keyError(path, reason) {
  return new EngineError("failed", t20("Could not read the SSH key {0}: {1}", path, reason));
}
var init_sources = __esm({
  "client/src/engine/buildkit/ssh/sources.ts"() {
    "use strict";
    init_errors();
    init_file_errors();
    init_regular_file();
    init_agent();
    init_key_agent();
    init_private_key();
  }
});

// client/src/engine/buildkit/session-inputs.ts
import { readFile as readFile4 } from "node:fs/promises";
import { basename as basename4 } from "node:path";
async function sessionInputs(request) {
  const directories2 = /* @__PURE__ */ new Map();
  const { context, dockerfileText } = request;
  if (context.kind === "directory")
    directories2.set(contextName, { kind: "directory", path: context.path });
  if (context.kind === "directory" || dockerfileText !== void 0)
    directories2.set(dockerfileName, { kind: "files", files: await dockerfileFiles(request) });
  for (const [name, path] of contextDirectories(request))
    directories2.set(name, { kind: "directory", path });
  return {
    directories: directories2,
    secrets: await readSecrets(request.secrets ?? []),
    agents: await agentSources(request.ssh ?? [])
  };
}
async function dockerfileFiles({
  dockerfile,
  dockerfileText
}) {
  const name = basename4(dockerfile);
  const text4 = dockerfileText ?? await readFile4(dockerfile).catch((error) => {
    throw readError(dockerfile, error);
  });
  const ignoreFile = await readFile4(`${dockerfile}.dockerignore`).catch(() => void 0);
  return new Map([
    [name, text4],
    ...ignoreFile ? [[`${name}.dockerignore`, ignoreFile]] : []
  ]);
}
var init_session_inputs = __esm({
  "client/src/engine/buildkit/session-inputs.ts"() {
    "use strict";
    init_walk();
    init_frontend_attributes();
    init_secrets();
    init_sources();
  }
});

// client/src/engine/buildkit/shared-key.ts
import { createHash as createHash3 } from "node:crypto";
function sharedKeyOf({ context, dockerfile, target = "" }) {
  const place = context.kind === "directory" ? context.path : context.address;
  return createHash3("sha256").update([place, dockerfile, target].join("\0")).digest("hex");
}
var init_shared_key = __esm({
  "client/src/engine/buildkit/shared-key.ts"() {
    "use strict";
  }
});

// client/src/engine/buildkit/trace.ts
import { StringDecoder } from "node:string_decoder";
function keyParts(key) {
  const space2 = key.indexOf(" ");
  const stream = key.slice(0, space2);
  const id = key.slice(space2 + 1);
  return stream === "1" || stream === "2" ? { id, stream: stream === "1" ? "stdout" : "stderr" } : { id };
}
function stateOf2({ started, completed, cached, error = "" }) {
  if (completed === void 0) return started === void 0 ? void 0 : "running";
  if (error !== "") return /context canceled/.test(error) ? "canceled" : "failed";
  return cached === true ? "cached" : "done";
}
function milliseconds({ seconds: seconds2 = 0, nanos = 0 }) {
  return seconds2 * 1e3 + nanos / 1e6;
}
var Trace;
var init_trace = __esm({
  "client/src/engine/buildkit/trace.ts"() {
    "use strict";
    init_messages();
    Trace = class {
      #steps = /* @__PURE__ */ new Map();
      #decoders = /* @__PURE__ */ new Map();
      #reported = /* @__PURE__ */ new Set();
      #progress = /* @__PURE__ */ new Map();
      /** The events of one message. Throws InvalidAnswerError if the bytes are not a status. */
      events(message2) {
        const { vertexes, statuses, logs: logs2, warnings } = decode2("StatusResponse", message2);
        const steps = vertexes.flatMap((vertex) => this.#step(vertex));
        const isStart = ({ state }) => state === "running";
        return [
          ...steps.filter(isStart),
          ...statuses.flatMap((status2) => this.#part(status2)),
          // The output of a step comes before its end.
          ...logs2.flatMap((log) => this.#log(log)),
          ...warnings.flatMap((warning) => this.#warning(warning)),
          ...steps.filter((step) => !isStart(step))
        ];
      }
      /** The rest of outputs that end within a character, and the end of steps that the end of the build has stopped. */
      end() {
        const rests = [...this.#decoders].flatMap(([key, decoder]) => {
          const text4 = decoder.end();
          return text4 === "" ? [] : [{ kind: "log", ...keyParts(key), text: text4 }];
        });
        const stopped = this.steps.filter(({ state }) => state === "running");
        return [...rests, ...stopped.map((step) => ({ ...step, state: "canceled" }))];
      }
      /** The last event of each step. */
      get steps() {
        return [...this.#steps.values()].map(({ event }) => event);
      }
      #step(vertex) {
        const state = stateOf2(vertex);
        const { digest: id = "", name = "", started, completed, error = "", inputs } = vertex;
        const before = this.#steps.get(id);
        const startedAt = started ? milliseconds(started) : 0;
        if (state === void 0) return [];
        if (before && state === "running" && startedAt <= before.startedAt) return [];
        const common = { kind: "step", id, name, ...inputs.length > 0 && { inputs } };
        const duration = started && completed && milliseconds(completed) - startedAt;
        const event = {
          ...common,
          state,
          ...duration !== void 0 && { duration: Math.max(0, Math.round(duration)) },
          ...error !== "" && { error }
        };
        const { event: last } = before ?? {};
        if (last?.state === event.state && last.duration === event.duration && last.name === name)
          return [];
        this.#steps.set(id, { event, startedAt });
        const isUnstarted = before === void 0 && (state === "done" || state === "failed");
        return isUnstarted ? [{ ...common, state: "running" }, event] : [event];
      }
      #part({ ID = "", vertex = "", name = "", current = 0, total = 0, completed }) {
        const action = name === "" ? ID : name;
        const done = completed !== void 0;
        const key = `${vertex} ${ID}`;
        const state = `${action} ${current} ${total} ${done}`;
        if (this.#progress.get(key) === state) return [];
        this.#progress.set(key, state);
        const item = { kind: "progress", id: vertex, item: ID, action, current };
        return [{ ...item, ...total > 0 && { total }, done }];
      }
      #log({ vertex = "", stream = 0, msg }) {
        if (msg === void 0) return [];
        const key = `${stream} ${vertex}`;
        const decoder = this.#decoders.get(key) ?? new StringDecoder("utf8");
        this.#decoders.set(key, decoder);
        const text4 = decoder.write(Buffer.from(msg));
        return text4 === "" ? [] : [{ kind: "log", ...keyParts(key), text: text4 }];
      }
      #warning({ short, url = "", ranges }) {
        const text4 = new TextDecoder().decode(short ?? new Uint8Array());
        const line = ranges[0]?.start?.line;
        const key = `${line ?? ""} ${text4}`;
        if (this.#reported.has(key)) return [];
        this.#reported.add(key);
        return [
          { kind: "warning", text: text4, ...line !== void 0 && { line }, ...url !== "" && { url } }
        ];
      }
    };
  }
});

// client/src/engine/buildkit/build.ts
import { randomBytes as randomBytes3 } from "node:crypto";
import { Readable } from "node:stream";
import { t as t21 } from "@vscode/l10n";
async function* buildOver(control, work) {
  const stop2 = new AbortController();
  const abort = () => stop2.abort();
  work.signal.addEventListener("abort", abort, { once: true });
  if (work.signal.aborted) abort();
  const events2 = new Readable({ objectMode: true, read: () => void 0 });
  const client = grpcClient(control, work.peer.silence);
  const build2 = new Build(
    client,
    { ...work, signal: stop2.signal, abort },
    (event) => events2.push(event)
  );
  let failure2;
  const running = build2.run().catch((error) => failure2 = error).finally(() => events2.push(null));
  try {
    yield* events2;
  } finally {
    abort();
    work.signal.removeEventListener("abort", abort);
    await running;
    client.close();
  }
  if (failure2 !== void 0) throw failure2;
}
var quietTime, endTime, Build;
var init_build = __esm({
  "client/src/engine/buildkit/build.ts"() {
    "use strict";
    init_errors();
    init_exporters();
    init_failure();
    init_frontend_attributes();
    init_client();
    init_status();
    init_messages();
    init_push();
    init_sent();
    init_session();
    init_session_inputs();
    init_shared_key();
    init_trace();
    quietTime = 1e3;
    endTime = 1e4;
    Build = class {
      #client;
      #work;
      #report;
      #trace = new Trace();
      #ref = randomBytes3(16).toString("hex");
      /** A file of this machine that could not be read or written, which is the reason of whatever BuildKit reports. */
      #failure;
      #lastStatusAt = performance.now();
      constructor(client, work, report) {
        this.#client = client;
        this.#work = work;
        this.#report = report;
      }
      async run() {
        const { request, signal, peer } = this.#work;
        try {
          const exports = exportsOf(request);
          await this.#check(exports);
          const response = await this.#solve(exports);
          this.#reportImage(response);
          for await (const event of pushedEvents(exports.pushed, peer.push, signal))
            this.#report(event);
        } catch (error) {
          if (this.#failure) this.#reportFailure({ message: this.#failure.message, sources: [] });
          else if (signal.aborted) throw new EngineError("cancelled", t21("Cancelled"));
          throw this.#failure ?? await this.#converted(error);
        }
      }
      /** Refuses what the engine would ignore, or refuse only after the whole build. */
      async #check({ exporters }) {
        const { peer, request } = this.#work;
        if (exporters.length > 1 && !peer.hasSeveralOutputs)
          throw new EngineError("failed", t21("This engine supports only one output for a build"));
        const isStored2 = exporters.some(({ Type }) => Type === "moby");
        const several = (request.platforms ?? []).length > 1;
        if (isStored2 && several && !await peer.storesSeveralPlatforms())
          throw new EngineError(
            "failed",
            t21(
              "This engine cannot store an image for several platforms: build one platform, or enable the containerd image store"
            )
          );
      }
      async #solve(exports) {
        const { request, peer, signal } = this.#work;
        const inputs = await sessionInputs(request);
        const counter = new SentCounter(this.#report);
        const session = await openSession(
          {
            ...inputs,
            sharedKey: sharedKeyOf(request),
            destinations: exports.destinations,
            credentials: (host) => peer.credentials(host),
            sent: (directory, bytes2, isFileEnd) => counter.add(directory, bytes2, isFileEnd),
            finished: () => counter.end(),
            failed: (error) => {
              if (isEngineError(error)) this.#failure ??= error;
            }
          },
          (headers) => peer.dialSession(headers)
        );
        const stopStatus = new AbortController();
        const status2 = this.#followStatus(stopStatus.signal);
        try {
          const message2 = encode("SolveRequest", this.#solveRequest(session, exports));
          const path = "/moby.buildkit.v1.Control/Solve";
          let response = {};
          for await (const answer of this.#client.call({ path, message: message2, signal }))
            response = decode2("SolveResponse", answer).ExporterResponse;
          await this.#quiet(status2, endTime);
          return response;
        } catch (error) {
          if (isGrpcError(error) && !signal.aborted) await this.#quiet(status2, quietTime);
          throw error;
        } finally {
          stopStatus.abort();
          session.close();
          counter.end();
          for (const event of this.#trace.end()) this.#report(event);
        }
      }
      #solveRequest({ id }, { exporters }) {
        const { request } = this.#work;
        const [first] = exporters;
        return {
          Ref: this.#ref,
          Session: id,
          Frontend: "dockerfile.v0",
          FrontendAttrs: frontendAttributes(request),
          // Older engines read this, newer ones the list.
          Exporter: first?.Type ?? "",
          ExporterAttrs: first?.Attrs ?? {},
          Exporters: exporters,
          Cache: {
            Exports: (request.cacheTo ?? []).map(toTyped),
            Imports: (request.cacheFrom ?? []).map(toTyped)
          },
          Entitlements: request.network === "host" ? ["network.host"] : []
        };
      }
      /** Never rejects: a build that fails says so itself. */
      async #followStatus(signal) {
        const message2 = encode("StatusRequest", { Ref: this.#ref });
        const path = "/moby.buildkit.v1.Control/Status";
        try {
          for await (const one of this.#client.call({ path, message: message2, signal })) {
            this.#lastStatusAt = performance.now();
            for (const event of this.#trace.events(one)) this.#report(event);
          }
        } catch (error) {
          if (!isInvalidAnswer(error)) return;
          this.#failure ??= this.#work.peer.invalidAnswer(error);
          this.#work.abort();
        }
      }
      /** Resolves when the status has ended, or when nothing has arrived for some milliseconds. */
      async #quiet(status2, limit) {
        const ended = status2.then(() => true);
        this.#lastStatusAt = performance.now();
        for (let left = limit; left > 0; left = this.#lastStatusAt + limit - performance.now()) {
          let timer;
          const late = new Promise((resolve4) => {
            timer = setTimeout(() => resolve4(false), left);
          });
          const hasEnded = await Promise.race([ended, late]);
          clearTimeout(timer);
          if (hasEnded) return;
        }
      }
      #reportImage(response) {
        const id = response["containerimage.digest"];
        if (id === void 0) return;
        this.#report({ kind: "image", id, metadata: response, ref: this.#ref });
      }
      /** The error that the reader gets; the reason is reported first. */
      async #converted(error) {
        if (isGrpcError(error)) {
          const failure2 = failureOf(error, this.#trace.steps);
          this.#reportFailure(failure2);
          return this.#work.peer.refusal(failure2.message);
        }
        if (isEngineError(error)) return error;
        return isInvalidAnswer(error) ? this.#work.peer.invalidAnswer(error) : this.#work.peer.toError(error);
      }
      #reportFailure(failure2) {
        this.#report({ kind: "failed", failure: failure2 });
      }
    };
  }
});

// client/src/engine/buildkit/buildkit.ts
var buildkit_exports = {};
__export(buildkit_exports, {
  buildOver: () => buildOver
});
var init_buildkit = __esm({
  "client/src/engine/buildkit/buildkit.ts"() {
    "use strict";
    init_build();
  }
});

// client/src/engine/docker-api/requests.ts
init_errors();

// client/src/engine/exact-json.ts
var mark = "\0int:";
function parseExact(text4) {
  if (!/\d{16}/.test(text4)) return JSON.parse(text4);
  const marked = text4.replace(
    /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g,
    (token) => /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? JSON.stringify(mark + token) : token
  );
  return JSON.parse(marked, (_, value) => {
    if (typeof value !== "string" || !value.startsWith(mark)) return value;
    const digits3 = value.slice(mark.length);
    return /^-?\d+$/.test(digits3) ? BigInt(digits3) : value;
  });
}
function stringifyExact(value, indent) {
  return JSON.stringify(
    value,
    (_, one) => typeof one === "bigint" ? `${mark}${one}` : one,
    indent
  ).replace(/"\\u0000int:(-?\d+)"/g, "$1");
}

// client/src/engine/docker-api/engine-errors.ts
import { t as t7 } from "@vscode/l10n";

// client/src/engine/transport/socket-access.ts
import { readFile, stat } from "node:fs/promises";
import { userInfo } from "node:os";
async function needsNewLogin(socket, membership = processMembership) {
  try {
    const { gid, mode } = await stat(socket);
    const groupHasAccess = (mode & 48) === 48;
    const { user, effective, groups } = await membership();
    return groupHasAccess && !effective.includes(gid) && membersOf(groups, gid).includes(user);
  } catch {
    return false;
  }
}
async function processMembership() {
  return {
    user: userInfo().username,
    effective: [...process.getgroups?.() ?? [], process.getegid?.() ?? -1],
    groups: await readFile("/etc/group", "utf8")
  };
}
function membersOf(groups, gid) {
  const line = groups.split("\n").find((one) => one.split(":")[2] === String(gid));
  return (line?.split(":")[3] ?? "").split(",").map((name) => name.trim());
}

// client/src/engine/docker-cli/address-lookup.ts
import { constants as constants3 } from "node:fs";
import { access, stat as stat2 } from "node:fs/promises";
import { delimiter, join as join5, posix } from "node:path";
import { t as t6 } from "@vscode/l10n";

// client/src/engine/docker-cli/config-file.ts
init_errors();
init_file_errors();
init_regular_file();
init_write_file();
import { homedir } from "node:os";
import { dirname as dirname2, join as join2 } from "node:path";
import { t as t4 } from "@vscode/l10n";

// client/src/engine/docker-cli/json.ts
function isJson(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function valueAt(json2, key) {
  return Object.hasOwn(json2, key) ? json2[key] : void 0;
}
function objectAt(json2, key) {
  const value = valueAt(json2, key);
  return isJson(value) ? value : {};
}
function textAt(json2, key) {
  const value = valueAt(json2, key);
  return typeof value === "string" && value !== "" ? value : void 0;
}
var mostLevels = 500;
function parseJson(text4) {
  if (levelsOf(text4) > mostLevels) throw new SyntaxError("too many levels");
  return JSON.parse(text4);
}
function levelsOf(text4) {
  let level = 0;
  let most = 0;
  let isInString = false;
  for (let at = 0; at < text4.length; at++) {
    const character = text4[at];
    if (isInString) {
      if (character === "\\") at++;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === "[" || character === "{") most = Math.max(most, ++level);
    else if (character === "]" || character === "}") level--;
  }
  return most;
}

// client/src/engine/docker-cli/config-file.ts
function currentEnvironment() {
  return { env: process.env, home: homedir(), platform: process.platform };
}
function configDirectory({ env, home }) {
  return env.DOCKER_CONFIG ? env.DOCKER_CONFIG : join2(home, ".docker");
}
async function readJson(file) {
  const value = await readValue(file).catch((error) => {
    if (isEngineError(error)) throw error;
    return void 0;
  });
  return isJson(value) ? value : void 0;
}
async function readValue(file) {
  return valueOf(await readRegularFile(file), file);
}
function valueOf(content2, file) {
  const text4 = content2.toString().replace(/^\uFEFF/, "");
  if (text4.trim() === "") return void 0;
  try {
    return parseJson(text4);
  } catch {
    throw new EngineError("misconfigured", t4("`{0}` is not valid JSON", file));
  }
}
function readConfig(environment) {
  return readJson(join2(configDirectory(environment), "config.json"));
}

// client/src/engine/docker-cli/context-files.ts
import { createHash } from "node:crypto";
import { join as join3 } from "node:path";
function contextPaths(environment, name) {
  const id = createHash("sha256").update(name).digest("hex");
  const contexts = contextsDirectory(environment);
  return {
    directory: join3(contexts, "meta", id),
    meta: join3(contexts, "meta", id, "meta.json"),
    tls: join3(contexts, "tls", id, "docker")
  };
}
function contextsDirectory(environment) {
  return join3(configDirectory(environment), "contexts");
}
function endpointOf(meta) {
  const docker = objectAt(objectAt(meta ?? {}, "Endpoints"), "docker");
  const host = textAt(docker, "Host");
  return host === void 0 ? void 0 : { host, skipVerify: docker.SkipTLSVerify === true };
}

// client/src/engine/docker-cli/address-lookup.ts
init_errors();

// client/src/engine/docker-cli/endpoint-url.ts
import { join as join4 } from "node:path";
import { t as t5 } from "@vscode/l10n";
init_errors();
function parseEndpoint(url, tls, environment) {
  const [, scheme = "tcp", rest = ""] = /^(?:([a-z]+):\/\/)?(.*)$/is.exec(url) ?? [];
  if (controlCharacter.test(url)) throw invalidAddress(url);
  switch (scheme.toLowerCase()) {
    case "unix":
      return parseSocket(rest === "" ? "/var/run/docker.sock" : rest, environment);
    case "npipe":
      return { kind: "socket", path: localPipe(rest === "" ? windowsPipe : rest) };
    case "tcp":
    case "http":
    case "https":
      return parseTcp(url, rest, scheme.toLowerCase() === "https", tls, environment);
    case "ssh":
      return parseSsh(url);
    default:
      throw invalidAddress(url);
  }
}
var windowsPipe = "//./pipe/docker_engine";
var controlCharacter = /[\u0000-\u001f\u007f-\u009f]/;
var controlCharacters = new RegExp(controlCharacter, "g");
function parseSocket(path, { platform }) {
  const isWindowsShare = platform === "win32" && /^[\\/]{2}/.test(path);
  return { kind: "socket", path: isWindowsShare ? localPipe(path) : path };
}
function localPipe(path) {
  const pipe = path.replaceAll("\\", "/");
  if (/^\/\/\.\/pipe\/[\w{}.-]+$/i.test(pipe) && !/\/\.+$/.test(pipe)) return pipe;
  throw misconfigured(
    t5("`{0}` is not a named pipe of this machine, such as npipe:////./pipe/docker_engine", path)
  );
}
function parseTcp(url, rest, https, tls, environment) {
  const parsed = parseUrl(`http://${rest}`);
  const host = parsed?.hostname.replace(/^\[|\]$/g, "") ?? "";
  if (parsed === void 0 || host === "" || parsed.username !== "") throw invalidAddress(url);
  const port = /:80(?:\/|$)/.test(rest) ? 80 : Number(parsed.port);
  const secure = tls ?? (https || port === 2376 ? environmentTls(environment) ?? defaultTls : void 0);
  return {
    kind: "tcp",
    host,
    port: port > 0 ? port : secure ? 2376 : 2375,
    ...secure && { tls: secure }
  };
}
var defaultTls = { verify: true };
var sshHost = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;
var sshAddress = /^(?=.*:)[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?$/;
var sshUser = /^[A-Za-z0-9_.+@][A-Za-z0-9_.+@-]*$/;
var sshSocket = /^(?:\/[A-Za-z0-9_.@+-]+)+$/;
var sshParts = /^ssh:\/\/(?:([^/?#]*)@)?(\[[^\]@/?#]*\]|[^:[\]@/?#]+)(?::(\d{1,5}))?(\/[^?#]*)?$/i;
function parseSsh(url) {
  const parts = sshParts.exec(url);
  if (parts === null) throw invalidAddress(url);
  const [, userInfo2 = "", hostname = "", portText, path = ""] = parts;
  const user = decode(userInfo2);
  const host = sshHostOf(hostname);
  const port = portText === void 0 ? void 0 : Number(portText);
  const socket = decode(path).replace(/^\/$/, "");
  if (user !== "" && !sshUser.test(user)) {
    throw misconfigured(
      t5("`{0}` is not a valid SSH user; use letters, digits, `.`, `_`, `-`, `+` and `@`", user)
    );
  }
  if (port !== void 0 && (port < 1 || port > 65535)) throw invalidAddress(url);
  if (socket !== "" && !sshSocket.test(socket)) {
    throw misconfigured(
      t5("`{0}` is not a valid socket path; use letters, digits, `/`, `.`, `_`, `-`, `+` and `@`", socket)
      // prettier-ignore
    );
  }
  return {
    kind: "ssh",
    host,
    ...user !== "" && { user },
    ...port !== void 0 && { port },
    ...socket !== "" && { socket }
  };
}
function sshHostOf(hostname) {
  const decoded = decode(hostname);
  const address = /^\[(.*)\]$/s.exec(decoded)?.[1];
  const isValid = address === void 0 ? sshHost.test(decoded) : sshAddress.test(address);
  if (isValid) return address ?? decoded;
  throw misconfigured(
    t5("`{0}` is not a valid SSH host; use letters, digits, `.`, `-` and `_`, or an IPv6 address in brackets", decoded)
    // prettier-ignore
  );
}
function parseUrl(url) {
  return URL.canParse(url) ? new URL(url) : void 0;
}
function decode(text4) {
  try {
    return decodeURIComponent(text4);
  } catch {
    return text4;
  }
}
function invalidAddress(url) {
  return misconfigured(
    t5("`{0}` is not a valid engine address, such as unix:///var/run/docker.sock", url)
  );
}
function misconfigured(message2) {
  return new EngineError("misconfigured", message2.replaceAll(controlCharacters, "\uFFFD"));
}
function environmentTls(environment) {
  const { env } = environment;
  if (!env.DOCKER_TLS_VERIFY && !env.DOCKER_TLS) return void 0;
  const directory = env.DOCKER_CERT_PATH ? env.DOCKER_CERT_PATH : configDirectory(environment);
  return {
    ca: join4(directory, "ca.pem"),
    cert: join4(directory, "cert.pem"),
    key: join4(directory, "key.pem"),
    verify: Boolean(env.DOCKER_TLS_VERIFY)
  };
}

// client/src/engine/docker-cli/address-lookup.ts
async function findAddress(setting, environment = currentEnvironment(), chosen) {
  const { env } = environment;
  if (chosen !== void 0) return fromContext(chosen, "window", environment);
  if (setting.trim() !== "") return fromUrl(setting.trim(), "setting", environment);
  if (env.DOCKER_HOST) return fromUrl(env.DOCKER_HOST, "DOCKER_HOST", environment);
  if (env.DOCKER_CONTEXT) return fromContext(env.DOCKER_CONTEXT, "DOCKER_CONTEXT", environment);
  const current = await currentContext(environment);
  return current === void 0 ? fromDefault(environment) : fromContext(current, "config", environment);
}
async function engineInstalled(environment) {
  const { env, platform } = environment;
  const windows = platform === "win32";
  const separator = windows ? ";" : platform === process.platform ? delimiter : ":";
  const directories2 = (env.PATH ?? env.Path ?? "").split(separator).filter((directory) => directory !== "");
  if (!windows) directories2.push("/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin");
  const names = ["docker", "dockerd", "podman"].map((name) => windows ? `${name}.exe` : name);
  const files = directories2.flatMap((directory) => names.map((name) => join5(directory, name)));
  const found = await Promise.all(files.map((file) => exists(file)));
  return found.includes(true);
}
function fromUrl(url, source, environment) {
  const place = source === "setting" ? t6("setting drydock.engine.host") : source;
  const endpoint = atPlace(
    place,
    () => parseEndpoint(url, environmentTls(environment), environment)
  );
  return { endpoint, source, url };
}
function atPlace(place, parse3) {
  try {
    return parse3();
  } catch (error) {
    if (!isEngineError(error)) throw error;
    throw new EngineError(
      error.kind,
      t6("Invalid address in {0}: {1}", place, error.message),
      error
    );
  }
}
async function currentContext(environment) {
  const name = (await readConfig(environment))?.currentContext;
  return typeof name === "string" && name !== "" && name !== "default" ? name : void 0;
}
async function fromContext(context, source, environment) {
  if (context === "default") {
    const { DOCKER_HOST: host } = environment.env;
    const address = host ? fromUrl(host, "DOCKER_HOST", environment) : await fromDefault(environment);
    return { ...address, ...source === "window" && { source, context } };
  }
  const { meta, tls: tlsDirectory } = contextPaths(environment, context);
  const endpoint = endpointOf(await readJson(meta));
  if (endpoint === void 0) {
    throw new EngineError("misconfigured", t6("Docker context `{0}` was not found", context));
  }
  const tls = await contextTls(tlsDirectory, endpoint.skipVerify);
  const url = endpoint.host;
  const parsed = atPlace(
    t6("Docker context `{0}`", context),
    () => parseEndpoint(url, tls, environment)
  );
  return { endpoint: parsed, source, context, url };
}
async function contextTls(directory, skipVerify) {
  const file = async (name) => await exists(join5(directory, name)) ? join5(directory, name) : void 0;
  const [ca, cert, key] = await Promise.all([file("ca.pem"), file("cert.pem"), file("key.pem")]);
  if (!ca && !cert && !key && !skipVerify) return void 0;
  return { ...ca && { ca }, ...cert && { cert }, ...key && { key }, verify: !skipVerify };
}
async function fromDefault(environment) {
  if (environment.platform === "win32") return socketAt(windowsPipe, `npipe://${windowsPipe}`);
  const paths = defaultSockets(environment);
  const accessible = await Promise.all(
    paths.map((path2) => access(path2, constants3.R_OK | constants3.W_OK).then(yes, no))
  );
  const existing = await Promise.all(paths.map((path2) => exists(path2)));
  const path = paths[accessible.indexOf(true)] ?? paths[existing.indexOf(true)] ?? "/var/run/docker.sock";
  return socketAt(path, `unix://${path}`);
}
function defaultSockets({ env, home, platform }) {
  const runtime = env.XDG_RUNTIME_DIR;
  const mac = platform === "darwin";
  return [
    "/var/run/docker.sock",
    ...runtime ? [posix.join(runtime, "docker.sock")] : [],
    posix.join(home, ".docker/run/docker.sock"),
    posix.join(home, ".docker/desktop/docker.sock"),
    posix.join(home, ".rd/docker.sock"),
    ...mac ? [posix.join(home, ".orbstack/run/docker.sock")] : [],
    ...mac ? [posix.join(home, ".colima/default/docker.sock")] : [],
    ...mac ? [posix.join(home, ".local/share/containers/podman/machine/podman.sock")] : [],
    ...runtime ? [posix.join(runtime, "podman/podman.sock")] : [],
    "/run/podman/podman.sock"
  ];
}
function socketAt(path, url) {
  return { endpoint: { kind: "socket", path }, source: "default", url };
}
function exists(path) {
  return stat2(path).then(yes, no);
}
var yes = () => true;
var no = () => false;

// client/src/engine/docker-api/engine-errors.ts
init_errors();

// client/src/engine/docker-api/json-readers.ts
var text = (value) => typeof value === "string" ? value : void 0;
var flag = (value) => typeof value === "boolean" ? value : void 0;
var integer = (value) => typeof value === "number" || typeof value === "bigint" ? value : void 0;
var number = (value) => typeof value === "number" || typeof value === "bigint" ? Number(value) : void 0;
function list(reader) {
  return (value) => {
    if (!Array.isArray(value)) return void 0;
    return value.flatMap((one) => {
      const read3 = reader(one);
      return read3 === void 0 ? [] : [read3];
    });
  };
}
function every(reader) {
  return (value) => {
    if (value === null) return [];
    if (!Array.isArray(value)) return void 0;
    const read3 = value.map((one) => reader(one));
    return read3.includes(void 0) ? void 0 : read3;
  };
}
function map(reader) {
  return (value) => {
    if (!isObject(value)) return void 0;
    const read3 = Object.entries(value).map(([name, one]) => [name, reader(one)]);
    return Object.fromEntries(
      read3.filter((pair) => pair[1] !== void 0)
    );
  };
}
function object(shape, ...required) {
  const readers2 = Object.entries(shape);
  return (value) => {
    if (!isObject(value)) return void 0;
    const known = {};
    for (const [name, reader] of readers2) {
      const one = reader(value[name]);
      if (one !== void 0) known[name] = one;
    }
    return required.every((name) => name in known) ? known : void 0;
  };
}
var anyObject = (value) => isObject(value) ? value : void 0;
var keys = (value) => isObject(value) ? Object.fromEntries(Object.keys(value).map((name) => [name, {}])) : void 0;
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// client/src/engine/docker-api/engine-errors.ts
async function toEngineError(error, address, environment = currentEnvironment()) {
  if (isEngineError(error)) return error;
  const code = codeOf(error);
  if (code === void 0) return new EngineError("failed", errorMessage(error), error);
  if (code.startsWith("HPE_")) return notAnEngineError(address, error);
  if (lostCodes.has(code)) {
    const kind = address.endpoint.kind === "socket" ? "not-running" : "unreachable";
    const message2 = t7("The connection to the engine at {0} was lost", address.url);
    return new EngineError(kind, message2, error);
  }
  return address.endpoint.kind === "socket" ? socketError(code, error, address, environment) : tlsError(code, error, address) ?? new EngineError(
    "unreachable",
    t7("Could not connect to the engine at {0}: {1}", address.url, errorMessage(error)),
    error
  );
}
function tlsError(code, error, { endpoint, url }) {
  if (endpoint.kind !== "tcp" || endpoint.tls === void 0) return void 0;
  const reason = errorMessage(error);
  if (code === "ENOENT" || code === "EACCES") {
    return new EngineError(
      "tls",
      t7("Could not read the TLS certificate files for {0}: {1}", url, reason),
      error
    );
  }
  if (/wrong[ _]version[ _]number|packet length too long/i.test(`${code} ${reason}`)) {
    return new EngineError(
      "tls",
      t7("{0} does not use TLS, but TLS is configured for it", url),
      error
    );
  }
  if (untrustedCertificate.test(code)) {
    return new EngineError(
      "tls",
      t7("The TLS certificate of {0} is not trusted: {1}", url, reason),
      error
    );
  }
  return /^(ERR_SSL|ERR_TLS|ERR_OSSL|EPROTO$)/.test(code) ? new EngineError(
    "tls",
    t7("The TLS handshake with {0} failed; check the client certificate: {1}", url, reason),
    error
  ) : void 0;
}
var untrustedCertificate = /SELF_SIGNED|UNABLE_TO_|CERT_|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE/;
function isAborted(signal) {
  return signal?.aborted === true;
}
function cancelledError() {
  return new EngineError("cancelled", t7("Cancelled"));
}
function errorResponse(status2, body, address) {
  const message2 = messageOf(body);
  if (status2 === 400 && /HTTP request to an HTTPS server/i.test(message2)) {
    return new EngineError("tls", t7("{0} requires TLS", address.url));
  }
  const isWebPage = /^\s*</.test(body);
  if (isWebPage || status2 >= 300 && status2 < 400) {
    return new EngineError(
      "failed",
      t7("{0} is not a Docker engine: it responded with HTTP status {1}", address.url, status2),
      body
    );
  }
  return new EngineError(
    kindOf(status2, message2),
    message2 === "" ? t7("The engine reported an error without a reason (HTTP status {0})", status2) : message2
  );
}
function messageOf(body) {
  const trimmed = body.trim();
  if (!/^[{["]/.test(trimmed)) return trimmed === "null" ? "" : trimmed;
  try {
    const json2 = JSON.parse(trimmed);
    return isObject(json2) ? (text(json2.message) ?? text(json2.error) ?? "").trim() : "";
  } catch {
    return "";
  }
}
function invalidResponseError({ method, path }, address, cause) {
  return new EngineError(
    "failed",
    t7("The engine at {0} sent an invalid response to {1}", address.url, `${method} ${path}`),
    cause
  );
}
function notAnEngineError(address, cause) {
  return new EngineError(
    "failed",
    t7("{0} is not a Docker engine: its response is not valid HTTP", address.url),
    cause
  );
}
function notRespondingError({ endpoint, url }) {
  const kind = endpoint.kind === "socket" ? "not-running" : "unreachable";
  return new EngineError(kind, t7("The engine at {0} is not responding", url));
}
function unfinishedError({ url }, limit) {
  const minutes = Math.max(1, Math.round(limit / 6e4));
  return new EngineError(
    "failed",
    minutes === 1 ? t7("The engine at {0} has not completed the request after one minute", url) : t7("The engine at {0} has not completed the request after {1} minutes", url, minutes)
  );
}
function streamError(message2) {
  const missing = /manifest unknown|not found: manifest|repository does not exist/i.test(message2);
  const kind = missing ? "missing" : unauthorized.test(message2) ? "unauthorized" : "failed";
  return new EngineError(kind, message2.trim());
}
var unauthorized = /no basic auth credentials|unauthorized|authentication required|access to the resource is denied/i;
function kindOf(status2, message2) {
  if (status2 === 404) return "missing";
  if (status2 === 409) return "conflict";
  if (status2 === 500 && unauthorized.test(message2)) return "unauthorized";
  return status2 === 500 && podmanConflict.test(message2) ? "conflict" : "failed";
}
var podmanConflict = /container state improper|image is in use|image used by|network already exists|is already in use by|with more than one tag/;
async function socketError(code, error, address, environment) {
  if (code === "EACCES" || code === "EPERM") {
    const { endpoint } = address;
    if (endpoint.kind === "socket" && await needsNewLogin(endpoint.path)) {
      return new EngineError(
        "new-login",
        t7("Permission to use {0} takes effect after the next login", address.url),
        error
      );
    }
    return new EngineError(
      "denied",
      t7("This user does not have permission to use {0}", address.url),
      error
    );
  }
  if (code === "ENOENT" && !await engineInstalled(environment)) {
    return new EngineError("not-installed", t7("{0} does not exist", address.url), error);
  }
  return notRunningCodes.has(code) ? new EngineError(
    "not-running",
    t7("Could not connect to the engine at {0}", address.url),
    error
  ) : new EngineError("failed", errorMessage(error), error);
}
var notRunningCodes = /* @__PURE__ */ new Set(["ENOENT", "ENOTDIR", "ENOTSOCK", "ECONNREFUSED"]);
var lostCodes = /* @__PURE__ */ new Set(["ECONNRESET", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE"]);
function codeOf(error) {
  const { code } = error;
  return typeof code === "string" ? code : void 0;
}
function errorMessage(error) {
  return (error instanceof Error ? error.message : String(error)).trim();
}

// client/src/engine/docker-api/requests.ts
var longestJson = 128 * 1024 * 1024;
async function requestJson(wire, request, reader) {
  const bytes2 = await bytesOf(wire, request);
  return read(bytes2, reader, { wire, request });
}
async function requestDone(wire, request) {
  const bytes2 = await bytesOf(wire, request);
  const text4 = bytes2.toString("latin1", 0, 100);
  if (/^\s*</.test(text4)) throw invalidResponseError(request, wire.address);
}
async function* bodyOf(wire, request) {
  yield* (await wire.open(request)).body;
}
async function* linesOf(wire, request, reader) {
  let parts = [];
  let size = 0;
  for await (const chunk of bodyOf(wire, request)) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...parts, chunk.subarray(from, end)]);
      parts = [];
      size = 0;
      from = end + 1;
      if (!isBlank(line)) yield read(line, reader, { wire, request });
    }
    parts.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > longestJson) throw invalidResponseError(request, wire.address);
  }
  const rest = Buffer.concat(parts);
  if (!isBlank(rest)) yield read(rest, reader, { wire, request });
}
function isBlank(line) {
  return line.every((byte) => byte === 32 || byte >= 9 && byte <= 13);
}
async function bytesOf(wire, request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of bodyOf(wire, request)) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > longestJson) throw invalidResponseError(request, wire.address);
  }
  return Buffer.concat(chunks);
}
function read(bytes2, reader, { wire, request }) {
  let cause;
  try {
    const value = reader(parseExact(bytes2.toString()));
    if (value !== void 0) return value;
  } catch (error) {
    if (isEngineError(error)) throw error;
    cause = error;
  }
  throw invalidResponseError(request, wire.address, cause);
}

// client/src/engine/docker-api/request.ts
function segment(word) {
  return word.split("/").map((part) => /^\.\.?$/.test(part) ? part.replaceAll(".", "%2E") : encodeURIComponent(part)).join("/").replaceAll("%3A", ":").replaceAll("%40", "@");
}

// client/src/engine/docker-api/usage.ts
var rawCpu = object({
  cpu_usage: object({
    total_usage: number,
    percpu_usage: list(number)
  }),
  system_cpu_usage: number,
  online_cpus: number
});
var rawUsage = object({
  read: text,
  preread: text,
  cpu_stats: rawCpu,
  precpu_stats: rawCpu,
  memory_stats: object({
    usage: number,
    limit: number,
    stats: map(number),
    privateworkingset: number
  }),
  networks: map(
    object({ rx_bytes: number, tx_bytes: number })
  ),
  blkio_stats: object({
    io_service_bytes_recursive: list(
      object({ op: text, value: number })
    )
  }),
  storage_stats: object({
    read_size_bytes: number,
    write_size_bytes: number
  }),
  pids_stats: object({ current: number }),
  num_procs: number
});
function isEmptySample(raw) {
  return raw.read === void 0 || raw.read.startsWith("0001-");
}
function toUsage(raw, previous) {
  const at = Date.parse(raw.read ?? "");
  if (Number.isNaN(at)) return void 0;
  const windows = (raw.num_procs ?? 0) > 0;
  const cpu = windows ? windowsCpu(raw) : unixCpu(raw, previous);
  if (cpu === void 0) return void 0;
  const { limit } = raw.memory_stats ?? {};
  const { current } = raw.pids_stats ?? {};
  const processors = windows ? raw.num_procs : processorsOf(raw.cpu_stats);
  return {
    at,
    cpu,
    memory: windows ? raw.memory_stats?.privateworkingset ?? 0 : unixMemory(raw),
    ...!windows && limit !== void 0 && limit > 0 && { memoryLimit: limit },
    ...networkOf(raw),
    ...windows ? windowsDisk(raw) : unixDisk(raw),
    ...!windows && current !== void 0 && { processes: current },
    ...processors !== void 0 && processors > 0 && { processors }
  };
}
function unixCpu(raw, previous) {
  const now = raw.cpu_stats;
  const reported = raw.precpu_stats;
  const earlier = (reported?.system_cpu_usage ?? 0) > 0 ? reported : previous?.cpu_stats;
  if (now === void 0 || earlier === void 0) return void 0;
  const used = (now.cpu_usage?.total_usage ?? 0) - (earlier.cpu_usage?.total_usage ?? 0);
  const total = (now.system_cpu_usage ?? 0) - (earlier.system_cpu_usage ?? 0);
  return used > 0 && total > 0 ? used / total * (processorsOf(now) ?? 0) * 100 : 0;
}
function processorsOf(cpu) {
  return cpu?.online_cpus || cpu?.cpu_usage?.percpu_usage?.length;
}
function windowsCpu(raw) {
  const elapsed = Date.parse(raw.read ?? "") - Date.parse(raw.preread ?? "");
  if (Number.isNaN(elapsed) || (raw.preread ?? "").startsWith("0001-")) return void 0;
  const possible = elapsed * 1e4 * (raw.num_procs ?? 0);
  const earlier = raw.precpu_stats?.cpu_usage?.total_usage ?? 0;
  const used = (raw.cpu_stats?.cpu_usage?.total_usage ?? 0) - earlier;
  return possible > 0 ? used / possible * 100 : 0;
}
function unixMemory({ memory_stats }) {
  const usage = memory_stats?.usage ?? 0;
  const first = memory_stats?.stats?.total_inactive_file;
  if (first !== void 0 && first < usage) return usage - first;
  const second2 = memory_stats?.stats?.inactive_file ?? 0;
  return second2 < usage ? usage - second2 : usage;
}
function networkOf({ networks }) {
  let received = 0;
  let sent = 0;
  for (const { rx_bytes = 0, tx_bytes = 0 } of Object.values(networks ?? {})) {
    received += rx_bytes;
    sent += tx_bytes;
  }
  return { received, sent };
}
function unixDisk({ blkio_stats }) {
  let read3 = 0;
  let written = 0;
  for (const { op = "", value = 0 } of blkio_stats?.io_service_bytes_recursive ?? []) {
    if (/^r/i.test(op)) read3 += value;
    else if (/^w/i.test(op)) written += value;
  }
  return { read: read3, written };
}
function windowsDisk({ storage_stats }) {
  const { read_size_bytes = 0, write_size_bytes = 0 } = storage_stats ?? {};
  return { read: read_size_bytes, written: write_size_bytes };
}

// client/src/engine/docker-api/stats.ts
async function* stats(wire, id, signal) {
  if (isAborted(signal)) return;
  const path = `/containers/${segment(id)}/stats`;
  const request = {
    method: "GET",
    path,
    query: { stream: true },
    signal,
    patience: "open"
  };
  let previous;
  try {
    for await (const raw of linesOf(wire, request, rawUsage)) {
      if (isEmptySample(raw)) return;
      const usage = toUsage(raw, previous);
      previous = raw;
      if (usage !== void 0) yield usage;
    }
  } catch (error) {
    if (!isAborted(signal)) throw error;
  }
}

// client/src/engine/docker-api/dates.ts
function dateOf(seconds2) {
  const date = new Date((seconds2 ?? 0) * 1e3);
  return Number.isNaN(date.getTime()) ? /* @__PURE__ */ new Date(0) : date;
}
function parseDate(text4) {
  if (text4 === void 0 || text4 === "" || text4.startsWith("0001-")) return void 0;
  const date = new Date(text4);
  return Number.isNaN(date.getTime()) ? void 0 : date;
}

// client/src/engine/docker-api/log-frames.ts
init_errors();
import { t as t8 } from "@vscode/l10n";
var systemError = 3;
var longestMessage = 64 * 1024;
async function* demultiplex(body) {
  const frames = new Frames();
  for await (const chunk of body) yield* frames.read(chunk);
  yield* frames.end();
}
var Frames = class {
  #header = Buffer.alloc(8);
  /** How many bytes of the header have arrived. */
  #filled = 0;
  /** How many bytes of the frame are still to come. */
  #left = 0;
  #form = "unknown";
  #failure;
  /** The text in the next bytes of the stream. */
  *read(chunk) {
    for (let at = 0; at < chunk.length; ) {
      if (this.#form === "raw") {
        yield chunk.subarray(at);
        return;
      }
      const part = chunk.subarray(at, at + (this.#left || this.#header.length - this.#filled));
      at += part.length;
      yield* this.#left > 0 ? this.#content(part) : this.#head(part);
    }
  }
  /** The text that is left at the end of the stream. */
  *end() {
    if (this.#failure !== void 0) throw this.#failure.toError();
    if (this.#form === "unknown") yield Buffer.from(this.#header.subarray(0, this.#filled));
  }
  *#content(part) {
    this.#left -= part.length;
    if (this.#failure === void 0) yield part;
    else this.#failure.add(part);
  }
  *#head(part) {
    if (this.#failure !== void 0) throw this.#failure.toError();
    this.#header.set(part, this.#filled);
    this.#filled += part.length;
    if (this.#filled < this.#header.length) return;
    this.#filled = 0;
    this.#form = isHeader(this.#header) ? "frames" : "raw";
    if (this.#form === "raw") {
      yield Buffer.from(this.#header);
      return;
    }
    this.#left = this.#header.readUInt32BE(4);
    if (this.#header[0] === systemError) this.#failure = new FailureText();
  }
};
var FailureText = class {
  #parts = [];
  #size = 0;
  add(part) {
    if (this.#size >= longestMessage) return;
    this.#parts.push(Buffer.from(part));
    this.#size += part.length;
  }
  toError() {
    const text4 = Buffer.concat(this.#parts).toString("utf8", 0, longestMessage).trim();
    return new EngineError("failed", text4 || t8("The engine ended the output with an error"));
  }
};
function isHeader(bytes2) {
  return (bytes2[0] ?? 0) <= systemError && bytes2[1] === 0 && bytes2[2] === 0 && bytes2[3] === 0;
}

// client/src/engine/docker-api/containers.ts
function containerMethods(wire) {
  const post = (id, action) => requestDone(wire, { method: "POST", path: `/containers/${segment(id)}/${action}` });
  return {
    containers: async () => {
      const request = { method: "GET", path: "/containers/json", query: { all: true } };
      return (await requestJson(wire, request, every(rawContainer))).map(toContainer);
    },
    start: (id) => post(id, "start"),
    stop: (id) => post(id, "stop"),
    restart: (id) => post(id, "restart"),
    pause: (id) => post(id, "pause"),
    unpause: (id) => post(id, "unpause"),
    kill: (id) => post(id, "kill"),
    rename: (id, name) => {
      const path = `/containers/${segment(id)}/rename`;
      return requestDone(wire, { method: "POST", path, query: { name } });
    },
    remove: (id, { force = false, volumes = false } = {}) => {
      const query = { force, v: volumes };
      return requestDone(wire, { method: "DELETE", path: `/containers/${segment(id)}`, query });
    },
    top: (id) => {
      const request = { method: "GET", path: `/containers/${segment(id)}/top` };
      return requestJson(wire, request, processTable);
    },
    changes: async (id) => {
      const path = `/containers/${segment(id)}/changes`;
      const request = { method: "GET", path, patience: "work" };
      const raw = await requestJson(wire, request, every(rawChange));
      return raw.map(({ Kind, Path }) => ({ kind: kinds[Kind] ?? "changed", path: Path }));
    },
    stats: (id, signal) => stats(wire, id, signal),
    logs: (id, options, signal) => logs(wire, id, { ...options, signal })
  };
}
function processTable(json2) {
  const raw = object({ Titles: list(text), Processes: list(list(text)) })(json2);
  return raw && { titles: raw.Titles ?? [], processes: raw.Processes ?? [] };
}
var rawChange = object({ Kind: number, Path: text }, "Kind", "Path");
var kinds = ["changed", "added", "deleted"];
var rawPort = object(
  { IP: text, PrivatePort: number, PublicPort: number, Type: text },
  "PrivatePort"
);
var rawContainer = object(
  {
    Id: text,
    Names: list(text),
    Image: text,
    ImageID: text,
    State: text,
    Status: text,
    Labels: map(text),
    Ports: list(rawPort),
    Created: number,
    Command: text,
    Mounts: list(object({ Type: text, Name: text })),
    NetworkSettings: object({ Networks: anyObject })
  },
  "Id"
);
function toContainer(raw) {
  const status2 = raw.Status ?? "";
  const state = stateOf(raw.State);
  const health = /\((?:health: )?(healthy|unhealthy|starting)\)/.exec(status2)?.[1];
  const exitCode3 = /^Exited \((-?\d+)\)/.exec(status2)?.[1];
  const project = raw.Labels?.["com.docker.compose.project"] || void 0;
  const service = raw.Labels?.["com.docker.compose.service"];
  return {
    id: raw.Id,
    name: nameOf(raw),
    image: raw.Image ?? "",
    imageId: raw.ImageID ?? "",
    state,
    status: status2,
    ...health !== void 0 && { health },
    ...state === "exited" && exitCode3 !== void 0 && { exitCode: Number(exitCode3) },
    ...project !== void 0 && { project },
    ...service !== void 0 && { service },
    ports: portsOf(raw.Ports ?? []),
    createdAt: dateOf(raw.Created),
    command: raw.Command ?? "",
    labels: raw.Labels ?? {},
    volumes: (raw.Mounts ?? []).flatMap(
      ({ Type, Name }) => Type === "volume" && Name ? [Name] : []
    ),
    networks: Object.keys(raw.NetworkSettings?.Networks ?? {})
  };
}
function nameOf({ Id, Names }) {
  const names = (Names ?? []).map((name) => name.replace(/^\//, ""));
  return names.find((name) => !name.includes("/")) ?? names[0] ?? Id.slice(0, 12);
}
var states = new Map(
  Object.entries({
    created: "created",
    running: "running",
    paused: "paused",
    restarting: "restarting",
    removing: "removing",
    exited: "exited",
    dead: "dead",
    // States of Podman.
    configured: "created",
    initialized: "created",
    stopped: "exited",
    stopping: "running"
  })
);
function stateOf(state) {
  return states.get(state?.toLowerCase() ?? "") ?? "dead";
}
function portsOf(raw) {
  const ports = /* @__PURE__ */ new Map();
  for (const { IP, PrivatePort, PublicPort, Type } of raw) {
    const protocol = Type === "udp" || Type === "sctp" ? Type : "tcp";
    const key = `${PrivatePort} ${PublicPort ?? ""} ${protocol} ${wildcards.has(IP ?? "") ? "" : IP ?? ""}`;
    if (ports.has(key)) continue;
    ports.set(key, {
      container: PrivatePort,
      ...PublicPort !== void 0 && PublicPort > 0 && { host: PublicPort },
      ...IP && { address: IP },
      protocol
    });
  }
  return [...ports.values()].sort(
    (a, b) => a.container - b.container || (a.host ?? 0) - (b.host ?? 0)
  );
}
var wildcards = /* @__PURE__ */ new Set(["", "0.0.0.0", "::"]);
async function* logs(wire, id, { follow: follow2, tail, timestamps = false, since, signal }) {
  const path = `/containers/${segment(id)}`;
  const inspect = { method: "GET", path: `${path}/json`, signal };
  const tty = await requestJson(wire, inspect, hasTerminal).catch((error) => {
    if (isAborted(signal)) return false;
    throw error;
  });
  if (isAborted(signal)) return;
  const lines = Number.isFinite(tail) && tail >= 0 ? String(Math.floor(tail)) : "all";
  const times = { timestamps, ...since !== void 0 && { since } };
  const query = { follow: follow2, tail: lines, ...times, stdout: true, stderr: true };
  const request = { method: "GET", path: `${path}/logs`, query, signal, patience: "open" };
  const body = bodyOf(wire, request);
  try {
    yield* tty ? body : demultiplex(body);
  } catch (error) {
    if (!isAborted(signal)) throw error;
  }
}
function hasTerminal(json2) {
  const config = anyObject(anyObject(json2)?.Config);
  return config && (flag(config.Tty) ?? false);
}

// client/src/engine/docker-api/exec.ts
import { setTimeout as delay } from "node:timers/promises";
import { t as t9 } from "@vscode/l10n";
init_errors();
async function execIn(wire, id, argv, options) {
  const request = {
    method: "POST",
    path: `/containers/${segment(id)}/exec`,
    body: {
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: options.tty,
      Cmd: argv,
      ...options.user !== void 0 && { User: options.user },
      ...options.workdir !== void 0 && { WorkingDir: options.workdir },
      ...options.env && { Env: options.env }
    }
  };
  const { Id } = await requestJson(wire, request, object({ Id: text }, "Id"));
  const path = `/exec/${segment(Id)}`;
  const socket = await wire.hijack({
    method: "POST",
    path: `${path}/start`,
    body: { Detach: false, Tty: options.tty }
  });
  return toDuplex(wire, path, socket, options.tty);
}
function toDuplex(wire, path, socket, tty) {
  let closed = false;
  const streamEnd = new Promise((resolve4) => {
    socket.once("close", resolve4);
    socket.once("end", resolve4);
  });
  socket.on("error", () => void 0);
  const exit = streamEnd.then(() => exitCode(wire, path, () => closed));
  exit.catch(() => void 0);
  return {
    output: readOutput(wire, socket, tty, () => closed),
    write: (data) => void socket.write(data),
    end: () => void socket.end(),
    resize: async (columns, rows) => {
      const query = { w: columns, h: rows };
      await requestDone(wire, { method: "POST", path: `${path}/resize`, query });
    },
    close: () => {
      if (closed) return;
      closed = true;
      socket.end(() => socket.destroy());
      socket.resume();
    },
    exit
  };
}
async function* readOutput(wire, socket, tty, closed) {
  const bytes2 = socket;
  try {
    yield* tty ? bytes2 : demultiplex(bytes2);
  } catch (error) {
    if (!closed()) throw await wire.toError(error);
  }
}
var rawExec = object({ Running: flag, ExitCode: number }, "Running");
async function exitCode(wire, path, closed) {
  let running = false;
  for (let wait = 10; wait < 3e3; wait *= 2) {
    const raw = await requestJson(wire, { method: "GET", path: `${path}/json` }, rawExec);
    if (!raw.Running && raw.ExitCode !== void 0) return raw.ExitCode;
    running = raw.Running;
    if (closed()) throw cancelledError();
    await delay(wait, void 0, { ref: false });
  }
  const reason = running ? t9("The connection to the process was lost, but the process is still running") : t9("The engine did not report an exit code");
  throw new EngineError("failed", reason);
}

// client/src/engine/docker-api/files.ts
import { t as t10 } from "@vscode/l10n";
init_errors();
function fileMethods(wire) {
  return {
    stat: (container, path) => stat3(wire, container, path),
    readArchive: (container, path, signal) => bodyOf(wire, {
      method: "GET",
      path: archive(container),
      query: { path },
      signal,
      patience: "transfer"
    }),
    writeArchive: async (container, directory, tar, signal) => {
      const query = { path: directory, noOverwriteDirNonDir: true };
      try {
        await requestDone(wire, {
          method: "PUT",
          path: archive(container),
          query,
          tar,
          signal,
          patience: "transfer"
        });
      } catch (error) {
        if (isEngineError(error) && error.kind === "not-running")
          await stat3(wire, container, directory);
        throw error;
      }
    }
  };
}
function archive(container) {
  return `/containers/${segment(container)}/archive`;
}
var rawStat = object(
  { name: text, size: number, mode: number, linkTarget: text },
  "name",
  "size",
  "mode"
);
async function stat3(wire, container, path) {
  const request = { method: "HEAD", path: archive(container), query: { path } };
  const answer = await wire.open(request).catch((error) => {
    throw isEngineError(error) && error.kind === "missing" ? new EngineError("missing", t10("{0} does not exist in the container", path)) : error;
  });
  answer.close();
  const header = answer.headers["x-docker-container-path-stat"];
  try {
    const raw = rawStat(JSON.parse(Buffer.from(String(header), "base64").toString()));
    if (raw !== void 0) return pathStat(raw);
  } catch {
  }
  throw invalidResponseError(request, wire.address);
}
var goModes = {
  directory: 2147483648,
  link: 134217728,
  setuid: 8388608,
  setgid: 4194304,
  sticky: 1048576,
  anyKind: 2401763328
};
function pathStat({ name, size, mode, linkTarget }) {
  const has2 = (bits) => (mode & bits) !== 0;
  const kind = kindOf2(has2);
  const special = (has2(goModes.setuid) ? 2048 : 0) | (has2(goModes.setgid) ? 1024 : 0) | (has2(goModes.sticky) ? 512 : 0);
  return {
    name,
    size: kind === "file" ? size : 0,
    kind,
    mode: mode & 511 | special,
    ...kind === "link" && linkTarget !== void 0 && { linkTarget }
  };
}
function kindOf2(has2) {
  if (has2(goModes.directory)) return "directory";
  if (has2(goModes.link)) return "link";
  return has2(goModes.anyKind) ? "other" : "file";
}

// client/src/engine/docker-api/stream-failure.ts
init_errors();
import { t as t11 } from "@vscode/l10n";
var message = (value) => value === void 0 || value === null || value === false ? void 0 : text(value) ?? "";
var detail = (value) => isObject(value) ? text(value.message) ?? "" : void 0;
var failureShape = { error: message, errorDetail: detail };
function throwStreamError({ error, errorDetail }) {
  if (error === void 0 && errorDetail === void 0) return;
  const reason = [errorDetail, error].find((one) => one !== void 0 && one.trim() !== "");
  throw reason === void 0 ? new EngineError("failed", t11("The engine reported an error without a reason")) : streamError(reason);
}

// client/src/engine/docker-api/images.ts
function imageMethods(wire) {
  return {
    images: async () => {
      const request = { method: "GET", path: "/images/json" };
      return (await requestJson(wire, request, every(rawImage))).map(imageOf);
    },
    removeImage: async (reference, { force = false } = {}) => {
      const path = `/images/${segment(reference)}`;
      const request = { method: "DELETE", path, query: { force } };
      const raw = await requestJson(wire, request, every(rawRemoval));
      return {
        untagged: raw.flatMap(({ Untagged }) => Untagged ?? []),
        deleted: raw.flatMap(({ Deleted }) => Deleted === void 0 ? [] : [digest(Deleted)])
      };
    },
    history: async (image) => {
      const request = { method: "GET", path: `/images/${segment(image)}/history` };
      return (await requestJson(wire, request, every(rawLayer))).map(layerOf);
    },
    tag: async (image, reference) => {
      const { name: repo, tag } = nameAndTag(reference);
      const path = `/images/${segment(image)}/tag`;
      await requestDone(wire, { method: "POST", path, query: { repo, tag } });
    },
    save: (names, signal) => save(wire, names, signal),
    load: (tar, signal) => load(wire, tar, signal)
  };
}
function nameAndTag(reference) {
  const [, whole = reference, digest2] = /^(.+?)(?:@(.+))?$/s.exec(reference) ?? [];
  const [, name = whole, tag = "latest"] = /^(.+?)(?::([^/:]+))?$/s.exec(whole) ?? [];
  return { name, tag: digest2 ?? tag };
}
async function* save(wire, names, signal) {
  const request = { method: "GET", path: "/images/get", query: { names }, signal };
  yield* bodyOf(wire, { ...request, patience: "transfer" });
  if (isAborted(signal)) throw cancelledError();
}
async function* load(wire, tar, signal) {
  const request = {
    method: "POST",
    path: "/images/load",
    query: { quiet: true },
    tar,
    headers: { "Content-Type": "application/x-tar" },
    signal,
    patience: "transfer"
  };
  for await (const raw of linesOf(wire, request, rawLoad)) {
    throwStreamError(raw);
    const loaded = /^Loaded image(?: ID)?: (.+)$/m.exec(raw.stream ?? "")?.[1];
    if (loaded !== void 0) yield* loaded.split(",").map((name) => name.trim());
  }
  if (isAborted(signal)) throw cancelledError();
}
var rawLoad = object({ stream: text, ...failureShape });
var rawLayer = object({
  Id: text,
  Created: number,
  CreatedBy: text,
  Size: number,
  Tags: list(text),
  Comment: text
});
function layerOf({ Id = "", Created, CreatedBy = "", Size = 0, Tags, Comment }) {
  return {
    ...Id !== "" && Id !== "<missing>" && { id: digest(Id) },
    createdBy: CreatedBy.trim(),
    size: Size,
    createdAt: dateOf(Created),
    tags: Tags ?? [],
    comment: Comment ?? ""
  };
}
function digest(id) {
  return /^[0-9a-f]{64}$/.test(id) ? `sha256:${id}` : id;
}
var rawImage = object(
  {
    Id: text,
    RepoTags: list(text),
    RepoDigests: list(text),
    Size: number,
    Created: number,
    Labels: map(text)
  },
  "Id"
);
var rawRemoval = object({ Untagged: text, Deleted: text });
function imageOf(raw) {
  return {
    id: raw.Id,
    tags: (raw.RepoTags ?? []).filter((tag) => tag !== "<none>:<none>"),
    digests: (raw.RepoDigests ?? []).filter((digest2) => digest2 !== "<none>@<none>"),
    size: raw.Size ?? 0,
    createdAt: dateOf(raw.Created),
    labels: raw.Labels ?? {}
  };
}

// client/src/engine/docker-api/shapes.ts
var texts = list(text);
var pairs = map(text);
var healthcheck = object({
  Test: texts,
  Interval: integer,
  Timeout: integer,
  StartPeriod: integer,
  StartInterval: integer,
  Retries: integer
});
var containerConfig = object({
  Image: text,
  Hostname: text,
  Domainname: text,
  User: text,
  WorkingDir: text,
  Tty: flag,
  OpenStdin: flag,
  StdinOnce: flag,
  AttachStdin: flag,
  AttachStdout: flag,
  AttachStderr: flag,
  Env: texts,
  Cmd: texts,
  Entrypoint: texts,
  Labels: pairs,
  ExposedPorts: keys,
  Volumes: keys,
  Healthcheck: healthcheck,
  StopSignal: text,
  StopTimeout: integer,
  MacAddress: text
});
var mount = object({
  Type: text,
  Source: text,
  Target: text,
  ReadOnly: flag,
  Consistency: text,
  BindOptions: object({
    Propagation: text,
    NonRecursive: flag,
    CreateMountpoint: flag,
    ReadOnlyNonRecursive: flag,
    ReadOnlyForceRecursive: flag
  }),
  VolumeOptions: object({
    NoCopy: flag,
    Subpath: text,
    Labels: pairs,
    DriverConfig: object({
      Name: text,
      Options: pairs
    })
  }),
  ImageOptions: object({ Subpath: text }),
  TmpfsOptions: object({
    SizeBytes: integer,
    Mode: integer
  })
});
var rate = object({ Path: text, Rate: integer });
var weight = object({ Path: text, Weight: integer });
var deviceRequest = object({
  Driver: text,
  Count: integer,
  DeviceIDs: texts,
  Capabilities: list(texts),
  Options: pairs
});
var hostConfig = object({
  Binds: texts,
  Mounts: list(mount),
  Tmpfs: pairs,
  VolumesFrom: texts,
  VolumeDriver: text,
  NetworkMode: text,
  PortBindings: map(list(object({ HostIp: text, HostPort: text }))),
  PublishAllPorts: flag,
  Links: texts,
  Dns: texts,
  DnsSearch: texts,
  DnsOptions: texts,
  ExtraHosts: texts,
  RestartPolicy: object({
    Name: text,
    MaximumRetryCount: integer
  }),
  AutoRemove: flag,
  Init: flag,
  LogConfig: object({ Type: text, Config: pairs }),
  Privileged: flag,
  ReadonlyRootfs: flag,
  CapAdd: texts,
  CapDrop: texts,
  GroupAdd: texts,
  SecurityOpt: texts,
  MaskedPaths: texts,
  ReadonlyPaths: texts,
  StorageOpt: pairs,
  Sysctls: pairs,
  Annotations: pairs,
  IpcMode: text,
  PidMode: text,
  UTSMode: text,
  UsernsMode: text,
  CgroupnsMode: text,
  CgroupParent: text,
  Isolation: text,
  Runtime: text,
  Memory: integer,
  MemoryReservation: integer,
  MemorySwap: integer,
  MemorySwappiness: integer,
  KernelMemory: integer,
  ShmSize: integer,
  NanoCpus: integer,
  CpuShares: integer,
  CpuPeriod: integer,
  CpuQuota: integer,
  CpuRealtimePeriod: integer,
  CpuRealtimeRuntime: integer,
  CpusetCpus: text,
  CpusetMems: text,
  CpuCount: integer,
  CpuPercent: integer,
  IOMaximumBandwidth: integer,
  IOMaximumIOps: integer,
  PidsLimit: integer,
  OomKillDisable: flag,
  OomScoreAdj: integer,
  BlkioWeight: integer,
  BlkioWeightDevice: list(weight),
  BlkioDeviceReadBps: list(rate),
  BlkioDeviceReadIOps: list(rate),
  BlkioDeviceWriteBps: list(rate),
  BlkioDeviceWriteIOps: list(rate),
  Devices: list(
    object({ PathOnHost: text, PathInContainer: text, CgroupPermissions: text })
  ),
  DeviceRequests: list(deviceRequest),
  DeviceCgroupRules: texts,
  Ulimits: list(object({ Name: text, Soft: integer, Hard: integer }))
});
var endpointSettings = object({
  Aliases: texts,
  Links: texts,
  IPAMConfig: object({
    IPv4Address: text,
    IPv6Address: text,
    LinkLocalIPs: texts
  }),
  MacAddress: text,
  DriverOpts: pairs,
  GwPriority: integer,
  NetworkID: text
});

// client/src/engine/docker-api/volumes.ts
function volumeMethods(wire) {
  const remove = (path) => requestDone(wire, { method: "DELETE", path });
  return {
    volumes: async () => {
      const request = { method: "GET", path: "/volumes" };
      return (await requestJson(wire, request, volumeList)).Volumes;
    },
    networks: () => requestJson(wire, { method: "GET", path: "/networks" }, every(readNetwork)),
    createVolume: async ({ name, driver, options = {}, labels = {} }) => {
      const body = { Name: name, Driver: driver, DriverOpts: options, Labels: labels };
      const request = { method: "POST", path: "/volumes/create", body };
      const reader = object({ Name: text }, "Name");
      return (await requestJson(wire, request, reader)).Name;
    },
    createNetwork: async (network) => {
      const { name, driver = "bridge", subnet, gateway, internal = false, labels = {} } = network;
      const config = { Subnet: subnet, ...gateway !== void 0 && { Gateway: gateway } };
      const body = {
        Name: name,
        Driver: driver,
        Internal: internal,
        Labels: labels,
        // Engines before version 25 create two networks with the same name without this option.
        CheckDuplicate: true,
        ...subnet !== void 0 && { IPAM: { Config: [config] } }
      };
      const request = { method: "POST", path: "/networks/create", body };
      const reader = object({ Id: text }, "Id");
      return (await requestJson(wire, request, reader)).Id;
    },
    removeVolume: (name) => remove(`/volumes/${segment(name)}`),
    removeNetwork: (id) => remove(`/networks/${segment(id)}`)
  };
}
var volumeList = object({ Volumes: every(readVolume) }, "Volumes");
function readVolume(json2) {
  return isObject(json2) && text(json2.Name) !== void 0 ? volumeOf(json2) : void 0;
}
function readNetwork(json2) {
  return isObject(json2) && text(json2.Name) !== void 0 ? networkOf2(json2) : void 0;
}
function volumeOf(json2) {
  const name = text(json2.Name) ?? "";
  const labels = map(text)(json2.Labels) ?? {};
  const created = parseDate(text(json2.CreatedAt));
  return {
    name,
    driver: text(json2.Driver) ?? "local",
    mountpoint: text(json2.Mountpoint) ?? "",
    // Engines before version 23 do not set the label.
    anonymous: "com.docker.volume.anonymous" in labels || /^[0-9a-f]{64}$/.test(name),
    labels,
    ...projectOf(labels),
    ...created && { createdAt: created }
  };
}
var builtinNetworks = /* @__PURE__ */ new Set(["bridge", "host", "none", "podman", "nat"]);
function networkOf2(json2) {
  const name = text(json2.Name) ?? "";
  const labels = map(text)(json2.Labels) ?? {};
  const created = parseDate(text(json2.Created));
  return {
    id: text(json2.Id) ?? "",
    name,
    driver: text(json2.Driver) ?? "",
    builtin: builtinNetworks.has(name),
    internal: json2.Internal === true,
    subnets: (ipam(json2.IPAM)?.Config ?? []).flatMap(
      ({ Subnet, Gateway }) => Subnet ? [{ subnet: Subnet, ...Gateway && { gateway: Gateway } }] : []
    ),
    labels,
    ...projectOf(labels),
    ...created && { createdAt: created }
  };
}
var ipam = object({
  Config: list(object({ Subnet: text, Gateway: text }))
});
function projectOf(labels) {
  const project = labels["com.docker.compose.project"];
  return project === void 0 ? {} : { project };
}

// client/src/engine/docker-api/inspect.ts
function inspectMethods(wire) {
  return {
    inspect: (objectType, id) => {
      const end = objectType === "container" || objectType === "image" ? "/json" : "";
      const path = `/${objectType}s/${segment(id)}${end}`;
      const reader = (json2) => isObject(json2) && (text(json2.Id) ?? text(json2.Name)) !== void 0 ? detailsOf(objectType, json2) : void 0;
      return requestJson(wire, { method: "GET", path }, reader);
    }
  };
}
function detailsOf(objectType, json2) {
  return readers[objectType](isObject(json2) ? json2 : {});
}
var readers = {
  container: containerDetails,
  image: imageDetails,
  network: (json2) => ({ ...networkOf2(json2), raw: rawOf(json2) }),
  volume: (json2) => ({ ...volumeOf(json2), raw: rawOf(json2) })
};
function rawOf(json2) {
  return stringifyExact(json2, 2);
}
function containerDetails(json2) {
  const state = isObject(json2.State) ? json2.State : {};
  const settings = isObject(json2.NetworkSettings) ? json2.NetworkSettings : {};
  const startedAt = text(state.StartedAt) ?? "";
  return {
    id: text(json2.Id) ?? "",
    name: (text(json2.Name) ?? "").replace(/^\//, ""),
    imageId: text(json2.Image) ?? "",
    running: state.Running === true,
    // The year 1 is Go's zero time.
    started: startedAt !== "" && !startedAt.startsWith("0001-"),
    outOfMemory: state.OOMKilled === true,
    restartCount: typeof json2.RestartCount === "number" ? json2.RestartCount : 0,
    config: containerConfig(json2.Config) ?? {},
    host: hostConfig(json2.HostConfig) ?? {},
    networks: map(endpointSettings)(settings.Networks) ?? {},
    mounts: list(mountPoint)(json2.Mounts) ?? [],
    raw: rawOf(json2)
  };
}
function mountPoint(value) {
  if (!isObject(value)) return void 0;
  return {
    type: text(value.Type) ?? "",
    name: text(value.Name) ?? "",
    source: text(value.Source) ?? "",
    destination: text(value.Destination) ?? "",
    readOnly: flag(value.RW) === false
  };
}
function imageDetails(json2) {
  const root2 = isObject(json2.RootFS) ? json2.RootFS : {};
  return {
    id: text(json2.Id) ?? "",
    tags: list(text)(json2.RepoTags) ?? [],
    config: containerConfig(json2.Config) ?? {},
    os: text(json2.Os) ?? "",
    architecture: text(json2.Architecture) ?? "",
    layers: list(text)(root2.Layers) ?? [],
    raw: rawOf(json2)
  };
}

// client/src/engine/docker-cli/credential-helper.ts
import { spawn } from "node:child_process";
var timeLimit = 2e4;
var outputDelay = 2e3;
var mostOutput = 1e6;
var validName = /^\w[\w.-]*$/;
function runHelper(name, { verb, input }, { env }) {
  if (!validName.test(name)) {
    return Promise.resolve({ done: false, text: "", failure: "invalid name" });
  }
  const started = new Promise((resolve4) => {
    const child = spawn(`docker-credential-${name}`, [verb], {
      env,
      stdio: ["pipe", "pipe", "ignore"],
      detached: process.platform !== "win32",
      windowsHide: true
    });
    const output = [];
    let length = 0;
    let code;
    let delay2;
    let isFinished = false;
    const finish = (failure2) => {
      isFinished = true;
      clearTimeout(limit);
      clearTimeout(delay2);
      const text4 = Buffer.concat(output).toString();
      resolve4({ done: code === 0 && failure2 === void 0, text: text4, ...failure2 && { failure: failure2 } });
    };
    const stop2 = (failure2) => {
      if (isFinished) return;
      stopProcesses(child);
      finish(failure2);
    };
    const limit = setTimeout(() => stop2("timeout"), timeLimit);
    child.on(
      "error",
      (error) => finish("code" in error && error.code === "ENOENT" ? "not installed" : void 0)
    );
    child.on("exit", (ended) => {
      code = ended;
      if (!isFinished) delay2 = setTimeout(() => stop2(), outputDelay);
    });
    child.on("close", () => finish());
    child.stdout.on("error", () => void 0);
    child.stdin.on("error", () => void 0);
    child.stdout.on("data", (data) => {
      output.push(data);
      length += data.length;
      if (length > mostOutput) stop2("output too long");
    });
    child.stdin.end(input);
  });
  return started.catch(() => ({ done: false, text: "" }));
}
function stopProcesses(child) {
  child.stdin.destroy();
  child.stdout.destroy();
  child.unref();
  if (child.pid === void 0) return;
  if (process.platform === "win32") {
    const killer = spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"], {
      stdio: "ignore",
      windowsHide: true
    });
    killer.on("error", () => child.kill());
    return;
  }
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
  }
}

// client/src/engine/docker-cli/credentials.ts
async function credentialsFor(reference, environment = currentEnvironment()) {
  return credentialsAt(registryOf(reference), environment);
}
async function credentialsAt(host, environment = currentEnvironment()) {
  const registry = registryKey(host);
  const config = await readConfig(environment).catch(() => void 0) ?? {};
  const helper = helperFor(config, registry);
  return helper === void 0 ? credentialsIn(config, registry) : fromHelper(helper, registry, environment);
}
function registryKey(host) {
  return hubs.has(host) ? hub : host;
}
function helperFor(config, registry) {
  const helpers = objectAt(config, "credHelpers");
  const own = [registry, hostOf(registry)].map((key) => valueAt(helpers, key)).find((helper) => typeof helper === "string");
  return own === void 0 ? textAt(config, "credsStore") : own === "" ? void 0 : own;
}
var hub = "https://index.docker.io/v1/";
var hubs = /* @__PURE__ */ new Set([hub, "docker.io", "index.docker.io", "registry-1.docker.io"]);
function registryOf(reference) {
  const first = reference.includes("/") ? reference.split("/")[0] ?? "" : "";
  const isHost = /[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase();
  return !isHost || hubs.has(first) ? hub : first;
}
function hostOf(url) {
  return url.replace(/^https?:\/\//, "").split("/")[0] ?? "";
}
function credentialsIn(config, registry) {
  const auths = objectAt(config, "auths");
  const key = Object.keys(auths).find((one) => hostOf(one) === hostOf(registry));
  const entry = valueAt(auths, registry) ?? valueAt(auths, key ?? "");
  if (!isJson(entry)) return void 0;
  const identitytoken = textAt(entry, "identitytoken");
  if (identitytoken !== void 0) return { identitytoken, serveraddress: registry };
  const decoded = Buffer.from(textAt(entry, "auth") ?? "", "base64").toString();
  const [, user, secret = ""] = /^([^:]*):(.*)$/s.exec(decoded) ?? [];
  if (user !== void 0) {
    return { username: user, password: withoutNulls(secret), serveraddress: registry };
  }
  const { username, password } = entry;
  return typeof username === "string" && typeof password === "string" ? { username, password, serveraddress: registry } : void 0;
}
function withoutNulls(text4) {
  let end = text4.length;
  while (text4[end - 1] === "\0") end--;
  return text4.slice(0, end);
}
async function fromHelper(name, registry, environment) {
  const answer = await runHelper(name, { verb: "get", input: registry }, environment);
  return answer.done ? credentialsOf(answer.text, registry) : void 0;
}
function credentialsOf(output, registry) {
  const { Username, Secret } = parseSecret(output);
  if (typeof Username !== "string" || typeof Secret !== "string") return void 0;
  return Username === "<token>" ? { identitytoken: Secret, serveraddress: registry } : { username: Username, password: Secret, serveraddress: registry };
}
function parseSecret(text4) {
  try {
    const value = parseJson(text4);
    return isJson(value) ? value : {};
  } catch {
    return {};
  }
}

// client/src/engine/docker-api/build.ts
init_errors();

// client/src/engine/docker-api/classic-build.ts
init_errors();
import { t as t16 } from "@vscode/l10n";

// client/src/engine/docker-api/classic-builder.ts
init_errors();
var rawLine = object({
  id: text,
  aux: (value) => text(value) ?? (isObject(value) ? text(value.ID) : void 0),
  stream: text,
  status: text,
  progress: text,
  ...failureShape
});
function* commonEvents(raw) {
  throwStreamError(raw);
  if (/^(?:sha256:)?[0-9a-f]{64}$/.test(raw.aux ?? "")) yield { kind: "image", id: raw.aux ?? "" };
}
async function* classicEvents(lines) {
  let step;
  try {
    for await (const raw of lines) {
      yield* commonEvents(raw);
      const text4 = raw.stream ?? pullLine(raw);
      if (text4 === void 0) continue;
      const next = stepOf(text4);
      yield* next ? nextStepEvents(step, next) : outputEvents(step, text4);
      step = next ?? step;
    }
    if (step) yield stepEndEvent(step, step.cached ? "cached" : "done");
  } catch (error) {
    if (step && isEngineError(error) && error.kind !== "cancelled") {
      yield stepEndEvent(step, "failed", error.message);
    }
    throw error;
  }
}
function* nextStepEvents(previous, next) {
  if (previous) yield stepEndEvent(previous, previous.cached ? "cached" : "done");
  yield { kind: "step", id: next.id, name: next.name, state: "running" };
}
function* outputEvents(step, text4) {
  if (step && /^ *-+> Using cache/.test(text4)) step.cached = true;
  else yield { kind: "log", ...step && { id: step.id }, text: text4 };
}
function stepOf(text4) {
  const [, number2, name] = /^step (\d+\/\d+) ?: (.*)/i.exec(text4) ?? [];
  if (number2 === void 0 || name === void 0) return void 0;
  return { id: number2, name: `[${number2}] ${name}`, startedAt: performance.now(), cached: false };
}
function stepEndEvent(step, state, error) {
  const duration = Math.round(performance.now() - step.startedAt);
  const { id, name } = step;
  return { kind: "step", id, name, state, duration, ...error !== void 0 && { error } };
}
function pullLine({ status: status2, progress, id }) {
  if (status2 === void 0 || progress !== void 0 && progress !== "") return void 0;
  return `${id === void 0 ? "" : `${id}: `}${status2}
`;
}

// client/src/engine/docker-api/registry.ts
init_errors();
function registryMethods(wire) {
  return {
    pull: (reference, signal, platform) => {
      const { name: fromImage, tag } = nameAndTag(reference);
      const query = { fromImage, tag, platform };
      return transfer(wire, reference, { method: "POST", path: "/images/create", query, signal });
    },
    push: (reference, signal) => {
      const { name, tag } = nameAndTag(reference);
      const path = `/images/${segment(name)}/push`;
      return transfer(wire, reference, { method: "POST", path, query: { tag }, signal });
    },
    search: async (term) => {
      const query = { term, limit: searchLimit };
      const request = { method: "GET", path: "/images/search", query, patience: "work" };
      return (await requestJson(wire, request, every(rawSearchResult))).map(toSearchResult);
    },
    login: (credentials2) => login(wire, credentials2)
  };
}
var searchLimit = 50;
var rawSearchResult = object({
  name: text,
  description: text,
  star_count: number,
  is_official: flag,
  Name: text,
  Description: text,
  Stars: number,
  Official: text
});
function toSearchResult(raw) {
  return {
    name: raw.name ?? raw.Name ?? "",
    description: (raw.description ?? raw.Description ?? "").replace(/\s+/g, " ").trim(),
    stars: raw.star_count ?? raw.Stars ?? 0,
    official: raw.is_official === true || raw.Official === "[OK]"
  };
}
var rawProgress = object({
  id: text,
  status: text,
  progressDetail: object({
    current: number,
    total: number
  }),
  ...failureShape
});
async function* transfer(wire, reference, request) {
  const { signal } = request;
  const auth = await credentialsFor(reference) ?? {};
  if (isAborted(signal)) throw cancelledError();
  const headers = { "X-Registry-Auth": base64url(auth) };
  const whole = { ...request, headers, patience: "transfer" };
  for await (const raw of linesOf(wire, whole, rawProgress)) {
    throwStreamError(raw);
    if (raw.status !== void 0) yield toProgress(raw, raw.status);
  }
  if (isAborted(signal)) throw cancelledError();
}
function toProgress({ id, progressDetail }, status2) {
  const { current, total } = progressDetail ?? {};
  return {
    status: status2,
    // In lines about the whole image, the id is the tag.
    ...id !== void 0 && /^[0-9a-f]{6,}$/.test(id) && { layer: id },
    ...current !== void 0 && { current },
    ...total !== void 0 && total > 0 && { total }
  };
}
async function login(wire, credentials2) {
  const request = { method: "POST", path: "/auth", body: credentials2 };
  const reader = object({ IdentityToken: text });
  const answer = await requestJson(wire, request, reader).catch((error) => {
    throw isEngineError(error) && /\b401\b|unauthorized|incorrect username/i.test(error.message) ? new EngineError("unauthorized", error.message) : error;
  });
  return answer.IdentityToken ? answer.IdentityToken : void 0;
}
function base64url(value) {
  const text4 = Buffer.from(JSON.stringify(value)).toString("base64");
  return text4.replaceAll("+", "-").replaceAll("/", "_");
}

// client/src/engine/docker-api/classic-build.ts
async function* classicBuild(wire, work) {
  const unsupported = unsupportedOptions(work.request);
  if (unsupported.length > 0)
    throw new EngineError(
      "failed",
      t16("This engine builds without BuildKit, which does not support {0}", unsupported.join(", "))
    );
  const request = await httpRequest(work);
  yield* classicEvents(linesOf(wire, request, rawLine));
  if (work.request.push !== true) return;
  for (const tag of work.request.tags) yield* pushed(wire, tag, work.signal);
}
function unsupportedOptions(request) {
  const { secrets, ssh, buildContexts, cacheTo, cacheFrom, outputs, noCache: noCache2, platforms } = request;
  const isStored2 = (outputs ?? []).every(({ type }) => type === "image" || type === "docker");
  const isFromImages = (cacheFrom ?? []).every(({ type }) => type === "registry");
  const options = {
    "--secret": (secrets ?? []).length > 0,
    "--ssh": (ssh ?? []).length > 0,
    "--build-context": Object.keys(buildContexts ?? {}).length > 0,
    "--cache-to": (cacheTo ?? []).length > 0,
    "--cache-from": !isFromImages,
    "--output": !isStored2 || (outputs ?? []).some(({ attributes }) => "dest" in attributes),
    "--no-cache-filter": Array.isArray(noCache2) && noCache2.length > 0,
    "--platform": (platforms ?? []).length > 1,
    "--file": request.context.kind === "remote" && request.dockerfileText !== void 0,
    "--attest": Object.keys(request.frontendAttributes ?? {}).length > 0
  };
  return Object.keys(options).filter((name) => options[name] === true);
}
async function httpRequest({ request, signal }) {
  const { createContext: createContext2 } = await Promise.resolve().then(() => (init_context(), context_exports));
  const { context, dockerfile, dockerfileText, labels, buildArgs } = request;
  const local = context.kind === "directory" ? await createContext2(context.path, dockerfile, dockerfileText) : void 0;
  const query = {
    dockerfile: local?.dockerfile ?? dockerfile,
    remote: context.kind === "remote" ? context.address : void 0,
    t: request.tags,
    target: request.target,
    platform: request.platforms?.join(","),
    buildargs: buildArgs && JSON.stringify(buildArgs),
    labels: labels && JSON.stringify(labels),
    nocache: request.noCache === true ? true : void 0,
    pull: request.pull === true ? true : void 0,
    extrahosts: request.addHosts,
    networkmode: request.network,
    shmsize: request.shmSize,
    ulimits: request.ulimits && JSON.stringify(request.ulimits.map(toUlimit)),
    cachefrom: cacheImages(request),
    rm: true,
    forcerm: true
  };
  const body = local && { tar: local.tar };
  return { method: "POST", path: "/build", query, ...body, signal, patience: "open" };
}
function toUlimit(text4) {
  const [name = "", limits = ""] = text4.split("=");
  const [soft = "", hard = soft] = limits.split(":");
  return { Name: name, Soft: Number(soft), Hard: Number(hard) };
}
function cacheImages({ cacheFrom = [] }) {
  const images = cacheFrom.flatMap(({ attributes }) => attributes.ref ?? []);
  return images.length === 0 ? void 0 : JSON.stringify(images);
}
async function* pushed(wire, tag, signal) {
  const step = { kind: "step", id: `push:${tag}`, name: `pushing ${tag}` };
  yield { ...step, state: "running" };
  for await (const { layer = "", status: status2 } of registryMethods(wire).push(tag, signal))
    yield { kind: "log", id: step.id, text: `${layer} ${status2}
`.trimStart() };
  yield { ...step, state: "done" };
}

// client/src/engine/docker-api/disk-usage.ts
async function diskUsage(wire, signal) {
  const request = { method: "GET", path: "/system/df", signal, patience: "transfer" };
  const list2 = { method: "GET", path: "/images/json", signal };
  const [usage, images] = await Promise.all([
    requestJson(wire, request, rawUsage2),
    requestJson(wire, list2, every(rawImage2))
  ]);
  const known = new Map(images.map((image) => [digest(image.Id), image]));
  return toDiskUsage({
    ...usage,
    Images: usage.Images.map((image) => {
      const id = digest(image.Id);
      return { ...image, Id: id, RepoTags: known.get(id)?.RepoTags ?? image.RepoTags ?? [] };
    })
  });
}
var rawImage2 = object(
  {
    Id: text,
    RepoTags: list(text),
    Size: number,
    SharedSize: number,
    Created: number,
    Labels: map(text)
  },
  "Id"
);
var rawCache = object(
  {
    ID: text,
    Type: text,
    Description: text,
    Size: number,
    InUse: flag,
    Shared: flag,
    CreatedAt: text,
    LastUsedAt: text
  },
  "ID"
);
var rawVolume = object(
  {
    Name: text,
    UsageData: object({ Size: number, RefCount: number })
  },
  "Name"
);
var rawUsage2 = object(
  {
    LayersSize: number,
    Images: every(rawImage2),
    Containers: every(object({ Id: text, SizeRw: number }, "Id")),
    Volumes: every(rawVolume),
    BuildCache: every(rawCache)
  },
  "Images"
);
function toDiskUsage(raw) {
  return {
    ...raw.LayersSize !== void 0 && { layersSize: raw.LayersSize },
    images: raw.Images.map((image) => ({
      id: image.Id,
      tags: (image.RepoTags ?? []).filter((tag) => !tag.startsWith("<none>")),
      size: image.Size ?? 0,
      // -1 means that the engine did not compute the size.
      shared: Math.max(0, image.SharedSize ?? 0),
      createdAt: dateOf(image.Created),
      labels: image.Labels ?? {}
    })),
    containers: (raw.Containers ?? []).map(({ Id, SizeRw }) => ({ id: Id, size: SizeRw ?? 0 })),
    volumes: (raw.Volumes ?? []).map(({ Name, UsageData }) => {
      const { Size = -1, RefCount = 0 } = UsageData ?? {};
      return { name: Name, uses: Math.max(0, RefCount), ...Size >= 0 && { size: Size } };
    }),
    buildCache: (raw.BuildCache ?? []).map(cacheOf)
  };
}
function cacheOf(raw) {
  const lastUsed = parseDate(raw.LastUsedAt);
  return {
    id: raw.ID,
    type: raw.Type ?? "",
    description: raw.Description ?? "",
    size: raw.Size ?? 0,
    inUse: raw.InUse === true,
    shared: raw.Shared === true,
    createdAt: parseDate(raw.CreatedAt) ?? /* @__PURE__ */ new Date(0),
    ...lastUsed && { lastUsedAt: lastUsed }
  };
}

// client/src/engine/docker-api/system.ts
function systemMethods(wire, peer) {
  return {
    info: async () => infoOf(await requestJson(wire, { method: "GET", path: "/info" }, rawInfo), peer),
    diskUsage: (signal) => diskUsage(wire, signal),
    pruneBuildCache: (ids, signal) => pruneCache(wire, ids, signal)
  };
}
async function storesSeveralPlatforms(wire) {
  const rows = list(list(text));
  const reader = object({
    DriverStatus: rows
  });
  const { DriverStatus = [] } = await requestJson(wire, { method: "GET", path: "/info" }, reader);
  return DriverStatus.flat().some((value) => value.startsWith("io.containerd.snapshotter."));
}
var idsPerRequest = 100;
async function pruneCache(wire, cacheIds, signal) {
  const ids = cacheIds.filter((id) => /^\w+$/.test(id));
  let total = 0;
  for (let freed = 1, round = 0; freed > 0 && round <= ids.length; total += freed, round++) {
    freed = 0;
    for (let at = 0; at < ids.length; at += idsPerRequest) {
      const pattern = `"^(${ids.slice(at, at + idsPerRequest).join("|")})$"`;
      const query = { all: true, filters: JSON.stringify({ id: [pattern] }) };
      const request = { method: "POST", path: "/build/prune", query, signal };
      const { SpaceReclaimed = 0 } = await requestJson(
        wire,
        { ...request, patience: "transfer" },
        object({ SpaceReclaimed: number })
      );
      freed += SpaceReclaimed;
    }
  }
  return total;
}
var rawInfo = object(
  {
    Name: text,
    OperatingSystem: text,
    KernelVersion: text,
    NCPU: number,
    MemTotal: number,
    Driver: text,
    DockerRootDir: text,
    Runtimes: anyObject,
    DefaultRuntime: text,
    LoggingDriver: text,
    CgroupVersion: text,
    SecurityOptions: list(text),
    DiscoveredDevices: list(object({ ID: text })),
    RegistryConfig: object({ Mirrors: list(text) }),
    Warnings: list(text)
  },
  "Name"
);
function infoOf(raw, { podman }) {
  return {
    hostName: raw.Name,
    system: raw.OperatingSystem ?? "",
    kernel: raw.KernelVersion ?? "",
    cpus: raw.NCPU ?? 0,
    memory: raw.MemTotal ?? 0,
    storageDriver: raw.Driver ?? "",
    dataRoot: raw.DockerRootDir ?? "",
    // `io.containerd.` names are aliases of the same runtime.
    runtimes: Object.keys(raw.Runtimes ?? {}).filter((name) => !name.startsWith("io.containerd.")),
    defaultRuntime: raw.DefaultRuntime ?? "",
    // The API does not report it. With another default, the option appears in the command of each container.
    defaultIpcMode: podman ? "shareable" : "private",
    defaultLogDriver: raw.LoggingDriver || "json-file",
    cgroups: raw.CgroupVersion ?? "",
    rootless: (raw.SecurityOptions ?? []).some((option) => option.startsWith("name=rootless")),
    devices: (raw.DiscoveredDevices ?? []).flatMap(({ ID }) => ID ? [ID] : []),
    mirrors: raw.RegistryConfig?.Mirrors ?? [],
    warnings: (raw.Warnings ?? []).map((text4) => text4.replace(/^WARNING: /, ""))
  };
}

// client/src/engine/docker-api/build.ts
async function* build(wire, peer, work) {
  const { signal } = work;
  if (isAborted(signal)) throw cancelledError();
  const control = peer.podman || peer.windows ? void 0 : await dialControl(wire, signal);
  if (control === void 0) yield* classicBuild(wire, work);
  else {
    const { buildOver: buildOver2 } = await Promise.resolve().then(() => (init_buildkit(), buildkit_exports));
    yield* buildOver2(control, { ...work, peer: buildKitPeer(wire, peer, signal) });
  }
  if (isAborted(signal)) throw cancelledError();
}
async function dialControl(wire, signal) {
  return dial(wire, { path: "/grpc", signal }).catch((error) => {
    if (isEngineError(error) && error.kind === "missing") return void 0;
    throw error;
  });
}
async function dial(wire, { headers, signal, path }) {
  const attempt = new AbortController();
  const abort = () => attempt.abort();
  signal.addEventListener("abort", abort, { once: true });
  if (isAborted(signal)) abort();
  try {
    return await wire.hijack({
      method: "POST",
      path,
      headers: { ...headers, Upgrade: "h2c" },
      signal: attempt.signal
    });
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
function buildKitPeer(wire, peer, signal) {
  const { push: push2 } = registryMethods(wire);
  return {
    dialSession: (headers) => dial(wire, { path: "/session", headers, signal }),
    credentials: (host) => credentialsAt(host),
    toError: (error) => wire.toError(error),
    invalidAnswer: (cause) => invalidResponseError({ method: "POST", path: "/grpc" }, wire.address, cause),
    refusal: (message2) => streamError(message2),
    silence: wire.limits.open.silence,
    push: (reference, stop2) => push2(reference, stop2),
    // Since Docker 25.
    hasSeveralOutputs: Number(peer.api.split(".")[1]) >= 44,
    storesSeveralPlatforms: () => storesSeveralPlatforms(wire)
  };
}

// client/src/engine/docker-api/run.ts
import { t as t22 } from "@vscode/l10n";
init_errors();
function runMethods(wire, peer) {
  return {
    create: (container) => create2(wire, peer, container),
    attach: (id, { tty }) => attach(wire, id, tty),
    update: (id, limits) => update(wire, id, limits),
    commit: async (id, image) => {
      const query = { container: id, ...imageQuery(image) };
      const request = {
        method: "POST",
        path: "/commit",
        query,
        body: {},
        patience: "transfer"
      };
      return digest((await requestJson(wire, request, object({ Id: text }, "Id"))).Id);
    }
  };
}
var rawCreated = object({ Id: text, Warnings: list(text) }, "Id");
async function create2(wire, peer, { name, platform, body }) {
  const { request, connections } = adaptRequest(body, peer);
  const query = { name, platform };
  const creation = { method: "POST", path: "/containers/create", query, body: request };
  const { Id, Warnings } = await requestJson(wire, creation, rawCreated);
  try {
    for (const [network, settings] of connections) {
      const connect4 = { Container: Id, EndpointConfig: settings };
      const where = `/networks/${segment(network)}/connect`;
      await requestDone(wire, { method: "POST", path: where, body: connect4 });
    }
  } catch (error) {
    const removal = { method: "DELETE", path: `/containers/${segment(Id)}` };
    await requestDone(wire, { ...removal, query: { v: true } }).catch(() => void 0);
    throw error;
  }
  return { id: Id, warnings: Warnings ?? [] };
}
function adaptRequest(body, { api, podman }) {
  const endpoints = Object.entries(body.NetworkingConfig?.EndpointsConfig ?? {});
  if (Number(api.split(".")[1]) >= 44 || endpoints.length === 0)
    return { request: body, connections: [] };
  const main = body.HostConfig?.NetworkMode ?? "default";
  const [, settings = {}] = endpoints.find(([name]) => name === main) ?? [];
  const { MacAddress, ...others } = settings;
  const request = { ...body, ...MacAddress && { MacAddress } };
  if (podman) return { request, connections: [] };
  const first = Object.keys(others).length === 0 ? {} : { [main]: others };
  return {
    request: { ...request, NetworkingConfig: { EndpointsConfig: first } },
    connections: endpoints.filter(([name]) => name !== main)
  };
}
async function attach(wire, id, tty) {
  const path = `/containers/${segment(id)}`;
  const socket = await wire.hijack({
    method: "POST",
    path: `${path}/attach`,
    query: { stream: true, stdin: true, stdout: true, stderr: true }
  });
  const query = { condition: "next-exit" };
  const wait = { method: "POST", path: `${path}/wait`, query, patience: "open" };
  const waitResponse = await wire.open(wait).catch((error) => {
    socket.destroy();
    throw error;
  });
  let closed = false;
  const exit = exitCode2(wire, waitResponse, () => closed);
  exit.catch(() => void 0);
  return {
    output: readOutput(wire, socket, tty, () => closed),
    write: (data) => void socket.write(data),
    end: () => void socket.end(),
    resize: async (columns, rows) => {
      const size = { w: columns, h: rows };
      await requestDone(wire, { method: "POST", path: `${path}/resize`, query: size });
    },
    close: () => {
      if (closed) return;
      closed = true;
      waitResponse.close();
      closeSocket(socket);
    },
    exit
  };
}
function closeSocket(socket) {
  socket.end(() => socket.destroy());
  socket.resume();
}
async function exitCode2(wire, answer, closed) {
  try {
    let json2 = "";
    for await (const chunk of answer.body) json2 += Buffer.from(chunk).toString();
    const raw = rawWait(parseJson2(json2));
    if (raw !== void 0) return raw.StatusCode;
  } catch (error) {
    throw closed() ? cancelledError() : await wire.toError(error);
  }
  throw closed() ? cancelledError() : new EngineError("failed", t22("The engine did not report an exit code"));
}
var rawWait = object({ StatusCode: number }, "StatusCode");
function parseJson2(json2) {
  try {
    return JSON.parse(json2);
  } catch {
    return void 0;
  }
}
async function update(wire, id, limits) {
  const path = `/containers/${segment(id)}/update`;
  try {
    await requestDone(wire, { method: "POST", path, body: limits });
  } catch (error) {
    const unsupported = isEngineError(error) && error.kind === "missing" && error.message === podmanNotFound;
    if (!unsupported) throw error;
    if (limits.RestartPolicy) {
      throw new EngineError(
        "failed",
        t22("This engine cannot change the restart policy of a container")
      );
    }
    const body = podmanResources(limits);
    await requestDone(wire, { method: "POST", path: `/libpod${path}`, body });
  }
}
var podmanNotFound = "Not Found";
function podmanResources(limits) {
  const { Memory, MemorySwap, MemoryReservation, NanoCpus, CpusetCpus, PidsLimit } = limits;
  const period = 1e5;
  const quota = NanoCpus === void 0 ? void 0 : Number(NanoCpus) / 1e9 * period;
  return {
    memory: { limit: Memory, swap: MemorySwap, reservation: MemoryReservation },
    cpu: { cpus: CpusetCpus, ...quota !== void 0 && { period, quota: Math.round(quota) } },
    ...PidsLimit !== void 0 && { pids: { limit: PidsLimit } }
  };
}
function imageQuery({ reference, message: message2, author, changes = [], pause }) {
  const [, repo, tag] = /^(.*?)(?::([^:/]+))?$/.exec(reference ?? "") ?? [];
  return {
    repo: repo === "" ? void 0 : repo,
    tag,
    comment: message2,
    author,
    changes: changes.length === 0 ? void 0 : changes.join("\n"),
    pause
  };
}

// client/src/engine/docker-api/wire.ts
import { IncomingMessage as IncomingMessage2 } from "node:http";

// client/src/engine/docker-api/exchange.ts
init_errors();
import { IncomingMessage } from "node:http";
import { Readable as Readable2 } from "node:stream";

// client/src/engine/docker-api/limits.ts
var second = 1e3;
var minute = 60 * second;
var defaultLimits = {
  answer: { silence: 30 * second, longest: 30 * second, whole: 2 * minute },
  work: { silence: 30 * second, longest: 10 * minute, whole: Infinity },
  transfer: { silence: 30 * second, longest: 60 * minute, whole: Infinity },
  open: { silence: minute, longest: Infinity, whole: Infinity },
  probe: 10 * second
};
var sshLimits = {
  ...defaultLimits,
  answer: { silence: minute, longest: minute, whole: 4 * minute },
  open: { silence: 10 * minute, longest: Infinity, whole: Infinity },
  probe: minute
};
function limitForStart(limits, patience) {
  const { silence, longest, whole } = limits[patience];
  const start = patience === "open" ? limits.work : { silence, longest };
  return { silence: start.silence, longest: Math.min(longest, start.longest), whole };
}

// client/src/engine/docker-api/watchdog.ts
var Watchdog = class {
  #options;
  #startedAt = performance.now();
  #limit;
  #lastByteAt = this.#startedAt;
  #timer;
  #paused = false;
  #stopped = false;
  /** The number of bytes so far, of a socket that others read. */
  #counter;
  #counted = 0;
  constructor(limit, options) {
    this.#limit = limit;
    this.#options = options;
    this.#arm();
  }
  /** Bytes were sent or received. */
  touch() {
    this.#lastByteAt = performance.now();
  }
  /** The reader is busy with what it has, so that the engine may have to wait. */
  pause() {
    this.#paused = true;
  }
  resume() {
    this.#paused = false;
    this.touch();
  }
  /** Continues with another limit; bytes are also counted by `counter`. */
  continueWith(limit, counter) {
    this.#limit = limit;
    this.#counter = counter;
    this.#counted = counter?.() ?? 0;
    this.touch();
    this.#arm();
  }
  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }
  #arm() {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    const { silence, whole } = this.#limit;
    const now = performance.now();
    const next = Math.min(this.#lastByteAt + silence, this.#startedAt + whole) - now;
    this.#timer = setTimeout(() => void this.#check(), Math.min(Math.max(1, next), maxDelay));
    this.#timer.unref();
  }
  async #check() {
    const { silence, longest, whole } = this.#limit;
    const counted = this.#counter?.() ?? 0;
    if (this.#paused || counted !== this.#counted) this.touch();
    this.#counted = counted;
    const now = performance.now();
    const silentFor = now - this.#lastByteAt;
    if (now - this.#startedAt >= whole) this.#expire("long");
    else if (silentFor < silence) this.#arm();
    else if (longest <= silence) this.#expire("silent");
    else await this.#ask(silentFor);
  }
  /** Asks whether the engine responds, and checks again after a while if it does. */
  async #ask(silentFor) {
    const { silence, longest } = this.#limit;
    const responds = await this.#options.probe();
    if (this.#stopped) return;
    if (performance.now() - this.#lastByteAt < silence) this.#arm();
    else if (!responds) this.#expire("silent");
    else if (silentFor >= longest) this.#expire("long");
    else {
      this.#timer = setTimeout(() => void this.#check(), silence);
      this.#timer.unref();
    }
  }
  #expire(reason) {
    if (this.#stopped) return;
    this.stop();
    this.#options.expired(reason);
  }
};
var maxDelay = 2 ** 31 - 1;

// client/src/engine/docker-api/exchange.ts
var Exchange = class {
  #request;
  #options;
  #patience;
  #control = new AbortController();
  #watchdog;
  #upload;
  #cancel = () => {
    this.#control.abort();
    this.#response?.destroy();
  };
  #response;
  /** Why it was ended here: the time limit, or a file that could not be read. */
  #failure;
  constructor(request, options) {
    this.#request = request;
    this.#options = options;
    const { limits, address, probe } = options;
    this.#patience = request.patience ?? (isRead(request) ? "answer" : "work");
    const limit = limitForStart(limits, this.#patience);
    this.#watchdog = new Watchdog(limit, {
      probe,
      expired: (reason) => this.#fail(
        reason === "silent" ? notRespondingError(address) : unfinishedError(address, Math.min(limit.longest, limit.whole))
      )
    });
    this.#upload = request.tar && this.#trackUpload(request.tar);
    request.signal?.addEventListener("abort", this.#cancel, { once: true });
    if (isAborted(request.signal)) this.#cancel();
  }
  /** The response with any status, or a socket; rejects with EngineError. */
  async start(extra = {}) {
    try {
      const options = { ...extra, signal: this.#control.signal, upload: this.#upload };
      const response = await this.#options.modem.dial(this.#request, options);
      this.#response = response;
      if (this.#failure !== void 0) throw this.#failure;
      this.#watchdog.continueWith(this.#options.limits[this.#patience], counterOf(response));
      return response;
    } catch (error) {
      this.close();
      throw await this.toError(error);
    }
  }
  /** The body of the response, as fast as the reader takes it; rejects with EngineError, and always ends the request. */
  async *body(response) {
    try {
      for await (const chunk of response) {
        this.#watchdog.pause();
        yield chunk;
        this.#watchdog.resume();
      }
    } catch (error) {
      throw await this.toError(error);
    } finally {
      this.close();
    }
    if (this.#failure ?? isAborted(this.#request.signal)) throw await this.toError(void 0);
  }
  /** Ends the request when the socket is closed. */
  closeWith(socket) {
    socket.once("close", () => this.close());
  }
  /** Ends the request. Calls after the first do nothing. */
  close() {
    this.#watchdog.stop();
    this.#request.signal?.removeEventListener("abort", this.#cancel);
    this.#upload?.destroy();
    this.#response?.destroy();
    this.#control.abort();
  }
  toError(error) {
    if (isAborted(this.#request.signal)) return Promise.resolve(cancelledError());
    return toEngineError(this.#failure ?? error, this.#options.address);
  }
  #fail(error) {
    this.#failure ??= error;
    this.#control.abort();
    this.#response?.destroy(error);
  }
  /** Converts a tar stream for docker-modem, and keeps the error if reading it fails. */
  #trackUpload(tar) {
    const watchdog = this.#watchdog;
    async function* chunks() {
      for await (const chunk of tar) {
        watchdog.touch();
        yield chunk;
      }
    }
    const stream = Readable2.from(chunks(), { objectMode: false });
    stream.on("error", (error) => {
      this.#fail(isEngineError(error) ? error : new EngineError("failed", error.message, error));
    });
    return stream;
  }
};
function isRead({ method }) {
  return method === "GET" || method === "HEAD";
}
function counterOf(response) {
  if (response instanceof IncomingMessage) return void 0;
  const { bytesRead, bytesWritten } = response;
  if (bytesRead === void 0 || bytesWritten === void 0) return void 0;
  const socket = response;
  return () => socket.bytesRead + socket.bytesWritten;
}

// client/src/engine/docker-api/modem.ts
import http, { Agent as Agent3 } from "node:http";
import Docker from "dockerode";

// client/src/engine/transport/stdio-agent.ts
import { spawn as spawn2 } from "node:child_process";
import { Agent } from "node:http";
import { Duplex } from "node:stream";

// client/src/engine/transport/ssh-errors.ts
init_errors();
import { t as t23 } from "@vscode/l10n";
function sshError(argv, { output, code }) {
  const [program = ""] = argv;
  const host = argv[argv.indexOf("--") + 1] ?? program;
  const text4 = output.trim();
  const known = knownErrors.find(({ pattern }) => pattern.test(text4));
  if (known !== void 0) return new EngineError(known.kind, known.message(host, lastLine(text4)));
  const reason = text4 === "" ? t23("{0} exited with code {1}", program, code ?? "") : text4;
  return new EngineError("ssh", t23("SSH connection to {0} failed: {1}", host, reason));
}
var knownErrors = [
  {
    pattern: /docker: (?:command )?not found|docker: No such file|'docker' is not recognized/i,
    kind: "ssh",
    message: (host) => t23("Connected to {0} over SSH, but the docker command is not available to this user", host)
  },
  {
    pattern: /permission denied while trying to connect|dial unix .*permission denied/i,
    kind: "ssh",
    message: (host) => t23(
      "Connected to {0} over SSH, but this user does not have permission to use Docker there",
      host
    )
  },
  {
    pattern: /cannot connect to the docker daemon|dial unix .*(?:no such file|refused)/i,
    kind: "ssh",
    message: (host) => t23("Connected to {0} over SSH, but Docker is not running there", host)
  },
  {
    pattern: /spawn \S+ ENOENT/,
    kind: "ssh",
    message: () => t23("The ssh command is not installed on this machine")
  },
  {
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    kind: "ssh",
    message: (host) => t23(
      "The host key of {0} has changed: the host was reinstalled, or the connection is being intercepted",
      host
    )
  },
  {
    pattern: /host key verification failed/i,
    kind: "ssh",
    message: (host) => t23("The host key of {0} is unknown; connect once with ssh in a terminal to accept it", host)
  },
  {
    pattern: /permission denied|too many authentication failures/i,
    kind: "ssh",
    message: (host, reason) => t23("SSH login to {0} without a password failed: {1}", host, reason)
  },
  {
    pattern: /could not resolve|connection (?:refused|reset|closed)|disconnected from|timed out|no route to host|unreachable|closed by remote/i,
    kind: "unreachable",
    message: (host, reason) => t23("SSH connection to {0} failed: {1}", host, reason)
  }
];
function lastLine(text4) {
  return text4.split(/\r?\n/).at(-1)?.trim() ?? "";
}

// client/src/engine/transport/stdio-agent.ts
function stdioAgent(command, args) {
  const agent = new Agent({ keepAlive: false });
  return Object.assign(agent, { createConnection: () => openConnection(command, args) });
}
function sshArguments(endpoint) {
  return [
    ...endpoint.user === void 0 ? [] : ["-l", endpoint.user],
    ...endpoint.port === void 0 ? [] : ["-p", String(endpoint.port)],
    ...["-o", "ConnectTimeout=30", "-o", "BatchMode=yes", "-T", "--"],
    ...[endpoint.host, "docker"],
    ...endpoint.socket === void 0 ? [] : ["--host", `unix://${endpoint.socket}`],
    ...["system", "dial-stdio"]
  ];
}
function openConnection(command, args) {
  const detached = process.platform !== "win32";
  const child = spawn2(command, args, { stdio: "pipe", windowsHide: true, detached });
  const socket = new Duplex({
    allowHalfOpen: true,
    read: () => child.stdout.resume(),
    write: (chunk, _encoding, done) => {
      if (child.stdin.write(chunk)) done();
      else child.stdin.once("drain", done);
    },
    final: (done) => child.stdin.end(done),
    destroy: (error, done) => {
      child.kill();
      done(error);
    }
  });
  pipeProcess(child, socket, [command, ...args]);
  const returnSocket = () => socket;
  return Object.assign(socket, {
    setKeepAlive: returnSocket,
    setNoDelay: returnSocket,
    setTimeout: returnSocket,
    ref: returnSocket,
    unref: returnSocket
  });
}
function pipeProcess(child, socket, argv) {
  let output = "";
  child.stderr.on("data", (data) => {
    output = `${output}${data.toString()}`.slice(-4e3);
  });
  child.stdout.on("data", (data) => {
    if (!socket.push(data)) child.stdout.pause();
  });
  child.stdin.on("error", () => void 0);
  child.on("error", (error) => socket.destroy(sshError(argv, { output: error.message })));
  child.on("close", (code) => {
    if (code === 0 || code === null) socket.push(null);
    else socket.destroy(sshError(argv, { output, code }));
  });
}

// client/src/engine/transport/tls-agent.ts
init_regular_file();
import { Agent as Agent2 } from "node:http";
import { isIP } from "node:net";
import { connect as connect2 } from "node:tls";
async function tlsAgent({ host, port }, { ca, cert, key, verify }) {
  const readPem = async (file) => file && await readRegularFile(file);
  const caText = await readPem(ca);
  const certText = await readPem(cert);
  const keyText = await readPem(key);
  const options = {
    host,
    port,
    // The server name extension of TLS does not allow IP addresses.
    ...isIP(host) === 0 && { servername: host },
    ...caText && { ca: caText },
    ...certText && { cert: certText },
    ...keyText && { key: keyText },
    rejectUnauthorized: verify
  };
  return Object.assign(new Agent2({ keepAlive: false }), {
    createConnection: () => connect2(options)
  });
}

// client/src/engine/docker-api/modem.ts
async function createModem(endpoint) {
  const modem = (await createDocker(endpoint)).modem;
  modem.buildRequest = send;
  return {
    dial: (request, options) => dial2(modem, request, options),
    useApiVersion: (apiVersion) => {
      modem.version = `v${apiVersion}`;
    }
  };
}
async function createDocker(endpoint) {
  const defaults = {
    socketPath: void 0,
    host: void 0,
    port: void 0,
    protocol: "http",
    ca: void 0,
    cert: void 0,
    key: void 0,
    timeout: void 0,
    pathPrefix: "/"
  };
  switch (endpoint.kind) {
    case "socket":
      return new Docker({ ...defaults, socketPath: endpoint.path, agent: new Agent3() });
    case "ssh":
      return dockerWithAgent(stdioAgent("ssh", sshArguments(endpoint)), defaults);
    case "tcp": {
      const { host, port, tls } = endpoint;
      if (tls) return dockerWithAgent(await tlsAgent(endpoint, tls), defaults);
      return new Docker({ ...defaults, host, port, agent: new Agent3() });
    }
  }
}
function dockerWithAgent(agent, defaults) {
  return new Docker({ ...defaults, socketPath: "by-agent", agent });
}
function send(options, { hijack = false }, data, done) {
  let request;
  try {
    request = http.request(options);
  } catch (error) {
    done(error);
    return;
  }
  request.on("response", (response) => done(null, response));
  request.on("error", (error) => done(error));
  if (hijack)
    request.on("upgrade", (_response, socket, head) => {
      if (head.length > 0) socket.unshift(head);
      done(null, socket);
    });
  if (data === void 0 || typeof data === "string" || Buffer.isBuffer(data)) request.end(data);
  else {
    data.on("error", (error) => request.destroy(error));
    data.pipe(request);
  }
}
function dial2(modem, request, options) {
  const { signal } = options;
  return new Promise((resolve4, reject) => {
    const abort = () => reject(new Error("aborted"));
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener("abort", abort, { once: true });
    modem.dial(dialOptions(request, options), (error, result) => {
      signal.removeEventListener("abort", abort);
      result?.on("error", () => void 0);
      if (signal.aborted) result?.destroy();
      if (result) resolve4(result);
      else reject(error ?? new Error("no response"));
    });
  });
}
function dialOptions({ method, path, query, body, headers }, { signal, upload, hijack = false }) {
  const parameters = Object.entries(query ?? {}).filter(([, value]) => value !== void 0);
  return {
    method,
    // docker-modem adds the query only if the path ends with a question mark, and cuts the path otherwise.
    path: parameters.length > 0 ? `${path}?` : path,
    options: { _query: Object.fromEntries(parameters), _body: body ?? {} },
    ...body && (containsBigint(body) ? jsonBytes(body) : { allowEmpty: true }),
    ...headers && { headers },
    ...upload && { file: upload },
    // Without this, docker-modem sends an empty chunked body, which Podman reads as input of the process.
    ...hijack && { hijack: true, ...body === void 0 && { file: Buffer.alloc(0) } },
    abortSignal: signal
  };
}
function jsonBytes(body) {
  const file = Buffer.from(stringifyExact(body));
  return { file, headers: { "Content-Type": "application/json" } };
}
function containsBigint(value) {
  if (typeof value !== "object" || value === null) return typeof value === "bigint";
  return Object.values(value).some(containsBigint);
}

// client/src/engine/docker-api/wire.ts
async function openWire(address, limits = address.endpoint.kind === "ssh" ? sshLimits : defaultLimits) {
  const modem = await createModem(address.endpoint).catch(async (error) => {
    throw await toEngineError(error, address);
  });
  const options = { modem, address, limits, probe: shared(() => responds()) };
  const responds = async () => {
    const signal = AbortSignal.timeout(limits.probe);
    const exchange = new Exchange(
      { method: "GET", path: "/version", signal },
      { ...options, probe: () => Promise.resolve(true) }
    );
    const status2 = await exchange.start().then(
      (response) => response instanceof IncomingMessage2,
      () => false
    );
    exchange.close();
    return status2;
  };
  return {
    address,
    limits,
    open: async (request) => {
      const exchange = new Exchange(request, options);
      const response = await exchange.start();
      if (response instanceof IncomingMessage2 && isSuccess(response.statusCode))
        return answerOf(exchange, response);
      throw await refusal(exchange, response, { request, address });
    },
    hijack: async (request) => {
      const exchange = new Exchange({ patience: "open", ...request }, options);
      const response = await exchange.start({ hijack: true });
      if (response instanceof IncomingMessage2)
        throw await refusal(exchange, response, { request, address });
      exchange.closeWith(response);
      return response;
    },
    toError: (error) => toEngineError(error, address),
    useApiVersion: (apiVersion) => modem.useApiVersion(apiVersion)
  };
}
function answerOf(exchange, response) {
  const { headers } = response;
  return { headers, body: exchange.body(response), close: () => exchange.close() };
}
function isSuccess(status2) {
  return status2 !== void 0 && [200, 201, 202, 204, 304].includes(status2);
}
async function refusal(exchange, response, { request, address }) {
  if (!(response instanceof IncomingMessage2) || isSuccess(response.statusCode)) {
    exchange.close();
    return invalidResponseError(request, address);
  }
  const status2 = response.statusCode ?? 0;
  return errorResponse(status2, await firstText(exchange.body(response)), address);
}
var longestMessage4 = 64 * 1024;
async function firstText(body) {
  const chunks = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > longestMessage4) break;
    }
  } catch {
  }
  return Buffer.concat(chunks).toString("utf8", 0, longestMessage4);
}
function shared(work) {
  let running;
  return () => {
    running ??= work().finally(() => running = void 0);
    return running;
  };
}

// client/src/engine/docker-api/connect.ts
async function connect3(address, limits) {
  const wire = await openWire(address, limits);
  return engineOver(wire, await negotiate(wire));
}
function engineOver(wire, peer) {
  return {
    version: () => version(wire, peer),
    ...containerMethods(wire),
    ...runMethods(wire, peer),
    ...inspectMethods(wire),
    ...imageMethods(wire),
    ...registryMethods(wire),
    ...volumeMethods(wire),
    ...fileMethods(wire),
    ...systemMethods(wire, peer),
    exec: (id, argv, options) => execIn(wire, id, argv, options),
    build: (request, signal) => build(wire, peer, { request, signal }),
    events: (signal, since) => events(wire, signal, since)
  };
}
var newestApiVersion = "1.51";
async function negotiate(wire) {
  const timeout = AbortSignal.timeout(wire.address.endpoint.kind === "ssh" ? 6e4 : 15e3);
  const request = { method: "HEAD", path: "/_ping", signal: timeout };
  const answer = await wire.open(request).catch((error) => {
    throw timeout.aborted ? notRespondingError(wire.address) : error;
  });
  answer.close();
  const { headers } = answer;
  const supported = headers["api-version"];
  const isKnown = typeof supported === "string" && /^\d+\.\d+$/.test(supported);
  const api = isKnown ? olderVersion(supported, newestApiVersion) : newestApiVersion;
  if (isKnown) wire.useApiVersion(api);
  return {
    podman: headers["libpod-api-version"] !== void 0,
    windows: headers.ostype === "windows",
    api
  };
}
function olderVersion(one, other) {
  const minor = (version2) => Number(version2.split(".")[1]);
  return one.startsWith("1.") && minor(one) < minor(other) ? one : other;
}
var rawVersion = object(
  { Version: text, ApiVersion: text, Os: text, Arch: text },
  "Version"
);
async function version(wire, { podman }) {
  const raw = await requestJson(wire, { method: "GET", path: "/version" }, rawVersion);
  return {
    version: raw.Version,
    apiVersion: raw.ApiVersion ?? "",
    os: raw.Os ?? "",
    architecture: raw.Arch ?? "",
    product: podman ? "podman" : "docker"
  };
}
var objectTypes = ["container", "image", "network", "volume"];
async function* events(wire, signal, since) {
  if (isAborted(signal)) return;
  const query = { since: since && seconds(since), filters: JSON.stringify({ type: objectTypes }) };
  const request = { method: "GET", path: "/events", query, signal, patience: "open" };
  try {
    for await (const raw of linesOf(wire, request, rawEvent)) {
      const event = eventOf(raw);
      if (event && event.timeNano !== since) yield event;
    }
  } catch (error) {
    if (isAborted(signal)) return;
    throw error;
  }
  if (!isAborted(signal)) throw notRespondingError(wire.address);
}
var digits2 = (value) => {
  const written = typeof value === "bigint" || typeof value === "number" ? String(value) : "";
  return /^\d{1,19}$/.test(written) ? written : void 0;
};
var rawEvent = object({
  Type: text,
  Action: text,
  Actor: object({ ID: text }),
  time: digits2,
  timeNano: digits2
});
function eventOf(raw) {
  const objectType = objectTypes.find((one) => one === raw.Type);
  if (objectType === void 0) return void 0;
  const nano = raw.timeNano ?? `${raw.time ?? "0"}000000000`;
  const action = objectType === "container" && raw.Action === "remove" ? "destroy" : raw.Action;
  return { objectType, action: action ?? "", id: raw.Actor?.ID ?? "", timeNano: nano };
}
function seconds(nano) {
  const digits3 = nano.padStart(10, "0");
  return `${digits3.slice(0, -9)}.${digits3.slice(-9)}`;
}

// .tmp-b.mts
var [ctx, df, json, quiet] = process.argv.slice(2);
var engine = await connect3(await findAddress(""));
var stop = new AbortController();
process.on("SIGINT", () => stop.abort());
var t0 = Date.now();
try {
  for await (const e of engine.build({ context: { kind: "directory", path: ctx }, dockerfile: df, tags: [], ...JSON.parse(json || "{}") }, stop.signal)) if (!quiet) console.log(Date.now() - t0, JSON.stringify(e).slice(0, 400));
  console.log("OK", Date.now() - t0, "ms");
} catch (e) {
  console.log("ERR", e.name, e.kind, e.message);
}
