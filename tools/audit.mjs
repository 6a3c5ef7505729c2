/**
 * What `npm audit` knows against the packages that are shipped: high and critical findings fail the check, others are
 * told. Without a registry that answers such questions the audit is skipped, and says so.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const grave = ['high', 'critical'];

/**
 * @param {string} json what `npm audit --json` printed
 * @returns {{ text: string, failed: boolean }}
 */
export function judged(json) {
  /** @type {{ vulnerabilities?: Record<string, { severity: string, fixAvailable?: unknown }> }} */
  let report = {};
  try {
    report = JSON.parse(json);
  } catch {
    // Not even an error report.
  }
  if (typeof report.vulnerabilities !== 'object')
    return { text: 'audit of dependencies skipped: the registry does not answer', failed: false };
  const found = Object.entries(report.vulnerabilities);
  if (found.length === 0)
    return { text: 'audit of dependencies: nothing is known against them', failed: false };
  const lines = found.map(([name, { severity }]) => `  ${name}: ${severity}`);
  return {
    text: `audit of dependencies:\n${lines.join('\n')}`,
    failed: found.some(([, { severity }]) => grave.includes(severity)),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { stdout } = spawnSync(
    'npm',
    ['audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=10000'],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      encoding: 'utf8',
      timeout: 30_000,
      shell: process.platform === 'win32',
    },
  );
  const { text, failed } = judged(stdout ?? '');
  console.log(text);
  process.exit(failed ? 1 : 0);
}
