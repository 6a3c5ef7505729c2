/** From Keras' documentation of its applications, section "License": what the published weights stand under. */
const licences: Readonly<Record<string, string>> = {
  resnet50: 'ImageNet weights of ResNet50: released by Kaiming He under the MIT licence, ported by Keras.',
  vgg16:
    'ImageNet weights of VGG16: released by VGG at Oxford under the Creative Commons Attribution licence, ported by Keras.',
  'inception-v3':
    'ImageNet weights of InceptionV3: released by Google under the Apache licence, ported by Keras.',
};

/** One sentence on the licence of a base's weights. */
export function weightsLicence(base: string): string {
  return licences[base] ?? 'See the source of the weights for their licence.';
}
