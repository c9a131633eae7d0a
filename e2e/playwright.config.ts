import { defineConfig, devices } from '@playwright/test'
import { LAUNCH_OPTIONS } from './harness/browser.ts'

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results/e2e',
  globalSetup: './harness/start-installation.ts',
  forbidOnly: process.env['CI'] !== undefined,
  fullyParallel: true,
  workers: 2,
  // Far more than a quiet machine needs: a busy one is slow, and slow is not wrong.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    // A film of every journey that nobody will look at costs a tenth of the processor time; what a page was is kept anyway.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: LAUNCH_OPTIONS,
  },
})
