/**
 * Replaces the native @vscode/spdlog, which would have to be compiled. Output channels show files that
 * are written with it, so they would be empty without it.
 */
const fs = require('node:fs');
const path = require('node:path');

const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
let level = names.indexOf('info');

class Logger {
  constructor(_kind, _name, file) {
    this.file = file;
    this.level = level;
    this.raw = false;
    if (file) {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.appendFileSync(file, '');
    }
  }

  #write(at, message) {
    if (at < this.level || !this.file) return;
    const line = `${new Date().toISOString()} [${names[at]}] ${message}\n`;
    try {
      fs.appendFileSync(this.file, this.raw ? message : line);
    } catch {
      // A log folder that was removed under a running server must not end it.
    }
  }

  trace(message) {
    this.#write(0, message);
  }
  debug(message) {
    this.#write(1, message);
  }
  info(message) {
    this.#write(2, message);
  }
  warn(message) {
    this.#write(3, message);
  }
  error(message) {
    this.#write(4, message);
  }
  critical(message) {
    this.#write(5, message);
  }
  getLevel() {
    return this.level;
  }
  setLevel(value) {
    this.level = value;
  }
  setPattern() {}
  clearFormatters() {
    this.raw = true;
  }
  flush() {}
  drop() {
    this.file = undefined;
  }
}

exports.version = 11500;
exports.Logger = Logger;
exports.setLevel = (value) => {
  level = value;
};
exports.setFlushOn = () => {};
exports.createRotatingLogger = async (...rest) => new Logger('rotating', ...rest);
exports.createAsyncRotatingLogger = async (...rest) => new Logger('rotating_async', ...rest);
