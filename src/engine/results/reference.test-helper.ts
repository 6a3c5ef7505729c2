/*
 * Sixty images, four classes, with ties: made by arithmetic, so that Python makes the same numbers. What the tests of
 * this folder expect of them was computed once with scikit-learn 1.9.1, SciPy 1.17.1 and this script:
 *
 *   import numpy as np
 *   from scipy.optimize import minimize_scalar
 *   from scipy.special import log_softmax, softmax
 *   from sklearn.metrics import *
 *   n, k = 60, 4
 *   i = np.arange(n)
 *   y = (i * i + i // 7) % k
 *   Z = np.stack([np.round(4 * np.sin(1.3 * i * (c + 1) + c)) / 2 + 1.5 * (y == c) for c in range(k)], 1)
 *   P = softmax(Z, 1)
 *   pred = Z.argmax(1)
 *   print(confusion_matrix(y, pred).tolist())
 *   print(precision_recall_fscore_support(y, pred))
 *   for a in ('macro', 'weighted'): print(a, precision_recall_fscore_support(y, pred, average=a))
 *   for t in (2, 3): print(t, top_k_accuracy_score(y, Z - 1e-9 * np.arange(k), k=t))
 *   for c in range(k): print(c, roc_auc_score(y == c, Z[:, c]), average_precision_score(y == c, Z[:, c]))
 *   fpr, tpr, _ = roc_curve(y == 0, Z[:, 0]); print(np.round(fpr, 6).tolist(), np.round(tpr, 6).tolist())
 *   conf = P.max(1); hit = pred == y
 *   b = np.clip(np.ceil(conf * 10) - 1, 0, 9).astype(int)
 *   print(sum(abs(hit[b == j].mean() - conf[b == j].mean()) * (b == j).mean() for j in set(b)), np.bincount(b))
 *   r = minimize_scalar(lambda t: -log_softmax(Z / t, 1)[i, y].mean(), bounds=(.05, 20), method='bounded',
 *                       options=dict(xatol=1e-10))
 *   print(r.x, r.fun, log_loss(y, P))
 */
const n = 60;
export const classes = 4;

/** As NumPy rounds: halves to even. */
const round = (x: number) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x));

export const labels = Uint16Array.from({ length: n }, (_, i) => (i * i + Math.floor(i / 7)) % classes);
export const logits = Float32Array.from({ length: n * classes }, (_, at) => {
  const [i, c] = [Math.floor(at / classes), at % classes];
  return round(4 * Math.sin(1.3 * i * (c + 1) + c)) / 2 + (labels[i] === c ? 1.5 : 0);
});
export const ids = Array.from(labels, (_, i) => `image-${i}`);

/** Logits of one class. */
export const column = (c: number) => Float32Array.from(labels, (_, row) => logits[row * classes + c]!);
