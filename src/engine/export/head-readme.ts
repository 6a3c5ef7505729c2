import type { RunResult } from '../run';
import type { HeadExport } from './metadata';

/** `README.md` of an exported head. Names of classes stay out of it: they are the user's, and Markdown would read them. */
export function headReadme({ run, head, net, cut, input }: HeadExport): string {
  return `# A classifier head trained with Headway

A small network that tells ${run.classes.length} classes apart by the ${head.inputs} numbers that ${net.title}
(stage \`${cut}\`, ImageNet weights) makes of a picture. The base itself is not in here.
${howMade(run)}
| file | what |
|---|---|
| \`model.json\`, \`weights.bin\` | the head, a tfjs layers model: features [n, ${head.inputs}] → probabilities [n, ${head.classes}] |
| \`labels.txt\` | the classes in the order of the outputs, one a line; \`\\\\\` is a backslash, \`\\u000a\` a control character |
| \`metadata.json\` | base, input size (${input.size}), resizing, preprocessing, training, split and results, for programs |

\`\`\`js
${headSnippet(head.inputs)}
\`\`\`

The layer \`logits\` gives the numbers before the softmax: \`head.getLayer('logits').output\`.
`;
}

/** One sentence, as a paragraph, on a head that was not trained in epochs. */
function howMade({ exact }: RunResult): string {
  if (exact === undefined) return '';
  const { l2, iterations, gradientNorm, converged, cvScores } = exact;
  return `
It is the exact linear head: multinomial logistic regression with L2 ${figure(l2)} on standardised features
(${cvScores.length > 0 ? 'chosen by cross-validation on the training images' : 'as given'}), ${converged ? 'solved' : 'stopped'} after ${iterations} iterations of L-BFGS at a gradient norm of
${figure(gradientNorm)}. The standardisation is folded into its weights: it takes features as they are.
`;
}

const figure = (value: number): string => String(Number(value.toPrecision(3)));

/** Ten lines that use the head; run by the tests. */
export function headSnippet(inputs: number): string {
  return `import * as tf from '@tensorflow/tfjs';

const head = await tf.loadLayersModel('model.json');
const { classes } = await (await fetch('metadata.json')).json();

export async function classify(features) { // Float32Array(${inputs})
  const output = tf.tidy(() => head.predict(tf.tensor2d(features, [1, ${inputs}])));
  const probabilities = Array.from(await output.data());
  return probabilities.map((probability, i) => ({ label: classes[i], probability }));
}`;
}
