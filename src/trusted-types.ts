/**
 * The page asks the browser to refuse text as markup or script (`offline/policy.ts`). What is left are addresses of
 * scripts: workers and the service worker. They are let through when they are our own; there is no way for text to
 * become markup or code. Lit has a policy of its own for its templates.
 */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string | null }): unknown;
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };

trustedTypes?.createPolicy('default', {
  // Blobs have the origin of the page that made them. Null is a refusal.
  createScriptURL: (url) => (new URL(url, location.href).origin === location.origin ? url : null),
});

export {};
