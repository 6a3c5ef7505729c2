/** Where the tests find the gallery (`serve.mjs`). */
export const galleryPort = Number(process.env.E2E_GALLERY_PORT ?? 4189);
export const gallery = `http://localhost:${galleryPort}/e2e/gallery/`;
