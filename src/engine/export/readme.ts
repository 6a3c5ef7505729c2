import type { RunResult } from '../run';
import type { Certificate } from './certificate';
import { isHeadFormat, type ExportFormat } from './formats';
import type { HeadExport } from './metadata';
import type { FormatParts } from './model';
import { installs } from './scripts';
import { snippets, type Snippets } from './snippets';
import { isCutEarly, trainedFurther } from './trained-further';

/** What the model files of each format are. */
const modelFiles: Readonly<Record<ExportFormat, string>> = {
  'tfjs-head':
    '`model.json`, `weights.bin` | the head, a TensorFlow.js layers model: features → probabilities',
  'keras-head': '`model.keras` | the head, for Keras 3: features → probabilities',
  'keras-h5-head': '`model.h5` | the head, in the HDF5 file of Keras 2: features → probabilities',
  'onnx-head': '`model.onnx` | the head, for ONNX Runtime and its like: features → probabilities',
  tfjs: '`model.json`, `weights.bin` | base and head in one, a TensorFlow.js layers model: picture → probabilities',
  keras: '`model.keras` | base and head in one, for Keras 3: picture → probabilities',
  'keras-h5': '`model.h5` | base and head in one, in the HDF5 file of Keras 2, which Keras 3 reads too',
  onnx: '`model.onnx` | base and head in one, for ONNX Runtime and its like: picture → probabilities',
  demo: '`index.html`, `demo/` | a page that classifies pictures and the webcam, with all it needs: open it by a double click',
};

export interface Readme {
  readonly model: HeadExport;
  readonly format: ExportFormat;
  readonly parts: FormatParts;
  readonly certificate: Certificate;
}

/** `README.md` of a package. Names of classes stay out of it: they are the user's, and Markdown would read them. */
export function readme({ model, format, parts, certificate }: Readme): string {
  const { run, head, net, cut, input } = model;
  const origin = run.request.tail === 'train' ? 'ImageNet weights, some trained further' : 'ImageNet weights';
  const { pip, npm } = installs(parts);
  const headOnly = isHeadFormat(format);
  return `# ${headOnly ? 'A classifier head' : 'An image classifier'} trained with Headway

${
  headOnly
    ? `A small network that tells ${run.classes.length} classes apart by the ${head.inputs} numbers that ${net.title}
(stage \`${cut}\`, ImageNet weights) makes of a picture. The base itself is not in here.`
    : `${net.title} (to the stage \`${cut}\`, ${origin}) and a head trained on top of it tell
${run.classes.length} classes apart. The weights of the base stand under: ${run.weights.licence}.`
}
${whichBase(model)}${howMade(run)}
| file | what |
|---|---|
| ${modelFiles[format]} |
| \`labels.txt\` | the classes in the order of the outputs, one a line; \`\\\\\` is a backslash, \`\\u000a\` a control character |
| \`metadata.json\` | base, input size (${input.size}), resizing, preprocessing, training, split and results, for programs |
| \`picture.py\`, \`picture.mjs\`, \`resize.mjs\` | from a picture to the model's input, exactly as in Headway |
| \`model.py\`, \`model.mjs\` | open the model, in Python and in Node |
| \`certificate/\`, \`verify.py\`, \`verify.mjs\` | test pictures with the results that Headway got for them, and the check |

${usage(snippets(format, head.inputs), format)}
## The certificate

\`\`\`sh
pip install ${pip} && python verify.py
${npm === '' ? '' : `npm install ${npm} && `}node verify.mjs
\`\`\`

Both check every file, that each test picture becomes the very same square and the very same input, and that the model
answers what Headway answered. ${picturesFrom(certificate)}
`;
}

function usage({ javascript, python }: Snippets, format: ExportFormat): string {
  const intro =
    format === 'demo'
      ? 'Open `index.html`. It needs no network, and no picture leaves the machine. The scripts `tf.js`, `tf-wasm.js` and\n`wasm.js` in it are TensorFlow.js (Apache-2.0).\n\n'
      : '';
  const js =
    javascript === null
      ? 'JavaScript cannot open Keras files: export the same run for TensorFlow.js or as ONNX.'
      : `\`\`\`js\n${javascript}\n\`\`\``;
  return `${intro}${js}

\`\`\`python
${python}
\`\`\`
${format === 'onnx' || format === 'onnx-head' ? '' : '\nThe layer `logits` gives the numbers before the softmax.\n'}`;
}

function picturesFrom({ source, tests }: Certificate): string {
  if (tests.length === 0)
    return 'The base was not at hand: the\ncertificate holds made-up features and no pictures.';
  return source === 'generated'
    ? 'The test pictures are generated;\nnone of the images that the classifier was trained or judged on is in here.'
    : '**The test pictures are five of the\nimages that the classifier was judged on, made smaller and without EXIF: pass them on only if you may.**';
}

/** A paragraph on a base that is not the whole published one. */
function whichBase({ run, net, cut, head, weightsBefore = null }: HeadExport): string {
  const further = trainedFurther(run, weightsBefore);
  if (further === null)
    return isCutEarly(run)
      ? `
The base is cut early: what ${net.title} has above \`${cut}\` is left out. The map there is averaged over its height and
width, which gives the ${head.inputs} numbers that the head reads.
`
      : '';
  const { stages, unchangedUpTo, weightsBefore: before, learningRate, warmupEpochs } = further;
  const epochs = warmupEpochs === 1 ? 'the first epoch' : `the first ${warmupEpochs} epochs`;
  return `
The run trained these stages of the base further, together with the head: ${stages.map((name) => `\`${name}\``).join(', ')}.
They began with the weights of ${code(before.source)}${before.sha256 === null ? '' : ` (SHA-256 \`${before.sha256.slice(0, 16)}…\`)`} and learned
at a rate of ${learningRate}${warmupEpochs === 0 ? '' : `, after ${epochs}, in which only the head did`}. Up to \`${unchangedUpTo}\` the base is as it was. So it is not the
published ${net.title} any more: the head belongs to the base in here and to no other.
`;
}

/** It may be the name of a file of the user's own. */
const code = (text: string) => `\`${text.replace(/[`\s]+/g, ' ')}\``;

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
