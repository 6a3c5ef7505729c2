import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, withHeaders } from './headers';
import { ownPolicy } from './policy';

const connect = (policy: string) =>
  policy
    .split('; ')
    .find((directive) => directive.startsWith('connect-src '))!
    .split(' ')
    .slice(1);

describe('the content security policy', () => {
  it('lets the page talk to its own server and the CDNs, and to nobody else', () => {
    expect(connect(contentSecurityPolicy(null))).toEqual([
      "'self'",
      'blob:',
      'data:',
      'https://cdn.jsdelivr.net',
      'https://raw.githubusercontent.com',
      'https://unpkg.com',
    ]);
  });

  it('adds the origin of the mirror that the user named', () => {
    const policy = contentSecurityPolicy('http://models.local:8080/nets; script-src */');
    expect(connect(policy)).toContain('http://models.local:8080');
    expect(policy.match(/script-src/g)).toHaveLength(1);
  });

  it('asks documents for trusted types, and nobody for less', () => {
    const directives = contentSecurityPolicy(null).split('; ');
    expect(directives).toContain("require-trusted-types-for 'script'");
    expect(directives).toContain("script-src 'self' 'wasm-unsafe-eval'");
    for (const directive of ownPolicy().split('; ')) expect(directives).toContain(directive);
    // A worker has no markup, and tfjs' threads come from a Blob.
    expect(contentSecurityPolicy(null, false)).toMatch(/script-src 'self' blob: 'wasm-unsafe-eval'/);
  });

  it('allows neither inline scripts nor eval, WebAssembly aside', () => {
    const scripts = /script-src [^;]*/.exec(contentSecurityPolicy(null))![0];
    expect(scripts).not.toMatch(/'unsafe-inline'|'unsafe-eval'|\*/);
  });
});

it('an answer keeps what it says, and gains the headers', async () => {
  const answer = new Response('body', { status: 206, headers: { 'Content-Type': 'text/plain' } });
  const headed = withHeaders(answer, null, true);
  expect(headed.status).toBe(206);
  expect(await headed.text()).toBe('body');
  expect(headed.headers.get('content-type')).toBe('text/plain');
  expect(headed.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
});
