import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Pace } from '../heads/pace';
import { Job } from '../job';
import { exactNeighbours, neighbourMap } from './neighbour-map';
import { principalComponents } from './principal-components';
import { trustworthiness } from './trustworthiness.test-helper';

/*
 * What is expected was computed once with scikit-learn 1.9.1, umap-learn 0.5.12 and this script:
 *
 *   import numpy as np, umap
 *   from sklearn.decomposition import PCA
 *   from sklearn.manifold import trustworthiness
 *   n, d = 60, 24
 *   i = np.arange(n)[:, None]; j = np.arange(d)[None, :]
 *   X = (np.sin(0.7 * i + 1.3 * j) * (1 + j % 5) + 0.3 * np.cos(0.11 * i * j) + (i * 7 + j * 3) % 11 / 11).astype(np.float32)
 *   p = PCA(4, svd_solver='full').fit(X.astype(np.float64))
 *   print(p.explained_variance_ratio_.tolist(), p.transform(X.astype(np.float64))[:3].tolist())
 *   A = np.fromfile('article-2017/vgg16-validation-features.f32', '<f4').reshape(2000, 512)
 *   p = PCA(30, svd_solver='full').fit(A.astype(np.float64)); s = p.transform(A.astype(np.float64))
 *   print(p.explained_variance_ratio_[:3].tolist(), p.explained_variance_ratio_.sum(), s[:2, :2].tolist())
 *   print(trustworthiness(A, s[:, :2], n_neighbors=15))
 *   u = umap.UMAP(random_state=1, n_neighbors=15, min_dist=0.1).fit_transform(s)
 *   print(trustworthiness(A, u, n_neighbors=15))
 */
const [n, d] = [60, 24];
const made = Float32Array.from({ length: n * d }, (_, at) => {
  const [i, j] = [Math.floor(at / d), at % d];
  return (
    Math.sin(0.7 * i + 1.3 * j) * (1 + (j % 5)) + 0.3 * Math.cos(0.11 * i * j) + ((i * 7 + j * 3) % 11) / 11
  );
});
const pace = () => new Pace(new Job());

describe('principalComponents', () => {
  it("are scikit-learn's, signs included", async () => {
    const { scores, explained, components } = await principalComponents(made, d, 4, pace());
    expect(components).toBe(4);
    const shares = [0.5966754574399864, 0.3812348551650939, 0.005622902067297598, 0.004910039003135279];
    for (const [i, share] of shares.entries()) expect(explained[i]).toBeCloseTo(share, 9);
    const rows = [
      [-10.589778991157473, -4.138293123465934, 1.0400268328441982, 0.14877190074248534],
      [-3.847065591166752, -8.778758492240478, -0.9299348478611437, -0.6379883757226197],
      [4.1123444848087995, -8.913323379237896, -0.27297726822161467, 0.9970885979817449],
    ];
    for (const [i, value] of rows.flat().entries()) expect(scores[i]).toBeCloseTo(value, 4);
  });

  it('are as many as the rows span', async () => {
    const three = Float32Array.of(1, 2, 3, 4, 2, 1, 0, 5, 9, 9, 1, 1);
    expect((await principalComponents(three, 4, 5, pace())).components).toBe(2);
    const same = new Float32Array(40).fill(3);
    const none = await principalComponents(same, 4, 2, pace());
    expect([...none.explained].every((share) => share === 0)).toBe(true);
    expect([...none.scores].every((score) => score === 0)).toBe(true);
    // On one line, the second direction holds nothing.
    const line = Float32Array.from({ length: 30 }, (_, i) => Math.floor(i / 3) * ((i % 3) + 1));
    const { explained } = await principalComponents(line, 3, 2, pace());
    expect(explained[0]).toBeCloseTo(1, 9);
    expect(explained[1] ?? 0).toBeCloseTo(0, 9);
  });

  it('can be cancelled', async () => {
    const job = new Job();
    job.cancel();
    const many = new Float32Array(4000 * 512).map((_, i) => Math.sin(i * i));
    await expect(principalComponents(many, 512, 2, new Pace(job))).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('neighbourMap', () => {
  it('finds the neighbours that brute force finds', async () => {
    const { indices, distances } = await exactNeighbours(made, d, 5, pace());
    for (const i of [0, 17, 59]) {
      const all = Array.from({ length: n }, (_, j) => {
        let sum = 0;
        for (let c = 0; c < d; c++) sum += (made[i * d + c]! - made[j * d + c]!) ** 2;
        return { j, distance: Math.sqrt(sum) };
      }).sort((a, b) => a.distance - b.distance);
      expect(indices[i]).toEqual(all.slice(0, 5).map(({ j }) => j));
      for (const [k, { distance }] of all.slice(0, 5).entries())
        expect(distances[i]![k]).toBeCloseTo(distance, 5);
    }
  });

  it('repeats itself by seed', async () => {
    const once = await neighbourMap(made, d, 1, pace());
    expect(once).toHaveLength(2 * n);
    expect(once.every(Number.isFinite)).toBe(true);
    expect(await neighbourMap(made, d, 1, pace())).toEqual(once);
    expect(await neighbourMap(made, d, 2, pace())).not.toEqual(once);
  });

  it('lays out very few', async () => {
    for (const few of [1, 2, 3, 4, 6]) {
      const xy = await neighbourMap(made.subarray(0, few * d), d, 1, pace());
      expect(xy).toHaveLength(2 * few);
      expect(xy.every(Number.isFinite)).toBe(true);
    }
  });
});

const article = new URL(
  '../../../../shared/fixtures/article-2017/vgg16-validation-features.f32',
  import.meta.url,
);
if (!existsSync(article)) console.info("Skipped: the article's features are not beside this checkout.");

describe.skipIf(!existsSync(article))("on the article's own features of 2,000 images", () => {
  const bytes = existsSync(article) ? new Uint8Array(readFileSync(article)) : new Uint8Array();
  const features = new Float32Array(bytes.buffer, 0, bytes.length / 4);

  it("components are scikit-learn's, and UMAP keeps neighbours as well as umap-learn does", async () => {
    const { scores, explained } = await principalComponents(features, 512, 30, pace());
    const shares = [0.10136509544833658, 0.07709395269233095, 0.05004153126289463];
    for (const [i, share] of shares.entries()) expect(explained[i]).toBeCloseTo(share, 8);
    expect(explained.reduce((a, b) => a + b, 0)).toBeCloseTo(0.6018263631529407, 6);
    const corners = [-5.705344123566935, 18.321364008941256, 0.3079233925603937, -5.5340420240812165];
    const found = [scores[0], scores[1], scores[30], scores[31]];
    for (const [i, value] of corners.entries()) expect(found[i]).toBeCloseTo(value, 3);

    const plane = scores.filter((_, i) => i % 30 < 2);
    const start = performance.now();
    const xy = await neighbourMap(scores, 30, 42, pace());
    const ms = Math.round(performance.now() - start);
    const [pca, umap] = trustworthiness(features, 512, [plane, xy], 15);
    console.info(
      `trustworthiness at 15 neighbours: PCA ${pca!.toFixed(3)}, UMAP ${umap!.toFixed(3)} in ${ms} ms`,
    );
    expect(pca).toBeCloseTo(0.7171662451525882, 3);
    // umap-learn: 0.835.
    expect(umap).toBeGreaterThan(0.82);
  }, 60_000);
});
