/** The reader of YAML, a bundle of its own: most projects have no such file, and pay nothing for it. */
export { parseDocument } from 'yaml';
