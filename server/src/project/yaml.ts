/** The YAML parser, in a separate bundle: most projects have no YAML configuration and do not load it. */
export { parseDocument } from 'yaml';
