import type { Plugin } from 'vite';
import { ownPolicy } from '../../src/offline/policy.ts';

/** Writes the policy that needs no server into the built page. */
export function policy(): Plugin {
  return {
    name: 'headway:policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { path }) =>
        // The gallery is for tests, which add scripts.
        path === '/index.html'
          ? [
              {
                tag: 'meta',
                attrs: { 'http-equiv': 'Content-Security-Policy', content: ownPolicy() },
                injectTo: 'head-prepend',
              },
            ]
          : [],
    },
  };
}
