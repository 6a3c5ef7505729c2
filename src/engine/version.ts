declare const __HEADWAY_VERSION__: string;

/** From package.json, written in by the bundler. */
export const appVersion = __HEADWAY_VERSION__;
