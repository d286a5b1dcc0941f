import { describe, test } from 'vitest';
import { engineContract } from './contract.ts';
import { createFixture, connectRealEngine } from './real-engine.ts';

const real = await connectRealEngine();

if (real) engineContract('real engine', () => createFixture(real));
else describe.skip('real engine', () => test('is available', () => undefined));
