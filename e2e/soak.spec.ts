import { expect } from '@playwright/test';
import { test } from './support/app';
import { cifarImages } from './support/images';
import { soak } from './support/soak';

test('a few seconds of random work leave records, screen and memory as they should be', async ({ app }) => {
  const pictures = [...cifarImages()].flatMap(([label, files]) =>
    files.map(({ name, bytes }) => ({ path: `${label}/${name}`, bytes })),
  );
  // `npm run soak` goes on for half an hour.
  const { done } = await soak(app, { seed: 1, seconds: 20, pictures });
  console.log(JSON.stringify(done));
  expect(Object.keys(done).length).toBeGreaterThan(1);
});
