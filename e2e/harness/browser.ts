/**
 * Flags for a browser without a screen, on a machine without a network: as root Chromium has no sandbox,
 * and its background services would only wait for hosts that are not there.
 */
export const LAUNCH_OPTIONS = {
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}
