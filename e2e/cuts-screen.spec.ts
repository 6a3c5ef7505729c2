import { expect } from '@playwright/test';
import { snapshot, test, waitForImages } from './support/app';
import { classFolders, drop } from './support/images';

test('a cut chosen with the keyboard, run, and swept', async ({ app }) => {
  await drop(app, classFolders(['airplane', 'frog', 'truck'], 10));
  await waitForImages(app, 30);
  const panel = app.locator('cut-panel');
  const slider = panel.getByRole('slider', { name: 'Cut of ResNet50' });
  await expect(slider).toHaveAttribute('aria-valuetext', /^avg_pool: 2,048 numbers/);
  await expect(panel.getByRole('radio', { name: /^1\./ })).toBeChecked();

  // Four stages down: the whole last block goes, and the bottleneck.
  await slider.focus();
  for (let i = 0; i < 4; i++) await app.keyboard.press('ArrowLeft');
  await expect(slider).toHaveAttribute(
    'aria-valuetext',
    'conv4_block6_out: 14 × 14 × 1,024, 8.59 million parameters below',
  );
  await expect(panel.getByRole('radio', { name: /^3\./ })).toBeChecked();
  await expect(panel.getByText('Removed: 4 stages, 15 million parameters')).toBeVisible();
  await expect(panel.getByLabel('Cut after')).toHaveValue('conv4_block6_out');

  const run = app.locator('head-panel').getByRole('button', { name: 'Run', exact: true });
  await app.getByLabel('Epochs', { exact: true }).fill('5');
  // The bar at the foot says the same while Run is out of sight.
  await expect(app.locator('#plan')).toHaveText(
    /^Download .* extract 30 images with ResNet50 to conv4_block6_out/,
  );
  await run.click();
  await app.waitForFunction(() => window.headway.snapshot().lanes[0]?.phase === 'done', null, {
    timeout: 200_000,
  });
  const [first] = (await snapshot(app)).results;
  expect(first!.request.cuts).toEqual({ resnet50: 'conv4_block6_out' });
  await expect(
    app.getByRole('article', { name: 'ResNet50 to conv4_block6_out, Dense 512 + softmax' }),
  ).toBeVisible();

  // All of it is stored as vectors; a tail needs maps, which are not.
  await expect(panel.getByText('Nothing to do')).toBeVisible();
  await panel.getByText('Advanced').click();
  await panel.getByRole('radio', { name: /^Trained, too/ }).check();
  await expect(panel.getByText('Nothing to do')).toHaveCount(0);
  await expect(panel.getByText('12 MB')).toBeVisible();
  await panel.getByLabel('Warm-up epochs').fill('-1');
  await expect(run).toHaveAttribute('aria-disabled', 'true');
  await panel.getByLabel('Warm-up epochs').fill('6');
  await expect(app.getByText('The warm-up is longer than the training').first()).toBeVisible();
  await panel.getByRole('radio', { name: /^Removed/ }).check();
  await expect(run).toHaveAttribute('aria-disabled', 'false');

  // The sweep uses the run that is there, and makes the others.
  await panel.getByText('Sweep the cut').first().click();
  await expect(panel.getByText('4 of 5 cuts to run.')).toBeVisible();
  await panel.getByRole('button', { name: 'Sweep the cut' }).click();
  await expect(panel.getByText('Every cut has been run.')).toBeVisible({ timeout: 240_000 });
  const { results } = await snapshot(app);
  expect(results).toHaveLength(5);
  const chart = panel.locator('sweep-chart');
  await chart.getByRole('button', { name: 'Table' }).click();
  await expect(chart.getByRole('row')).toHaveCount(6);
  await expect(chart.getByRole('rowheader')).toHaveText([
    'conv1_relu',
    'conv2_block3_out',
    'conv3_block4_out',
    'conv4_block6_out',
    'avg_pool',
  ]);
});
