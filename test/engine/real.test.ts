import { describe, test } from 'vitest';
import { engineContract } from './contract.ts';
import { realBench, realEngine } from './real.ts';

const real = await realEngine();

if (real) engineContract('a real engine', () => realBench(real));
else describe.skip('a real engine', () => test('answers', () => undefined));
