import type { Plugin } from 'vite';

/**
 * tfjs' threaded wasm backend sends `factory.toString()` of this module to its own workers, where the variables
 * around the factory do not exist: once minified, `_scriptDir` becomes a name that is defined nowhere and the
 * threads die with "e is not defined". Inside a module worker it is undefined anyway, so it is written out.
 *
 * It also starts eight workers whatever the number of threads. tfjs uses half as many threads as there are cores: so
 * many are started.
 */
export function threadedWasm(): Plugin {
  return {
    name: 'headway:threaded-wasm',
    apply: 'build',
    transform(code, id) {
      if (!id.split('?')[0]!.endsWith('tfjs-backend-wasm-threaded-simd.js')) return null;
      return code
        .replace(/^\s*var _scriptDir = .*$/m, '')
        .replace(/^\s*if \(typeof __filename .*$/m, '')
        .replaceAll('_scriptDir', 'undefined')
        .replace(/\bpthreadPoolSize ?= ?8\b/, 'pthreadPoolSize=Math.max(1,navigator.hardwareConcurrency>>1)');
    },
  };
}
