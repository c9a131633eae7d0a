import { defineConfig } from 'vitest/config'

const TESTS = ['packages/*/{src,fault,bench}/**/*', 'apps/*/{src,attack,bench,history}/**/*', 'scripts/**/*']

export default defineConfig({
  test: {
    // Two cores: one worker each. A third only makes every database test wait for the others.
    maxWorkers: 2,
    // A worker keeps what it has loaded: loading it anew for each file took three quarters of the unit tests' time.
    isolate: false,
    projects: [
      {
        test: {
          name: 'unit',
          include: TESTS.map((files) => `${files}.test.{ts,tsx}`),
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: TESTS.map((files) => `${files}.integration.test.ts`),
          // One server for the whole run; every test file makes databases of its own on it.
          globalSetup: ['./packages/db/src/testing-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
