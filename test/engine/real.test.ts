import { describe, test } from 'vitest';
import { engineContract } from './contract.ts';
import { realBench, realEngine } from './real.ts';

const real = await realEngine();

if (real) engineContract('real engine', () => realBench(real));
else describe.skip('real engine', () => test('is available', () => undefined));
