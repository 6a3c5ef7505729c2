import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';

const ui = new URL('../', import.meta.url);
/** The same in every language. */
const names = new Set(['Headway', 'SVG', 'PNG', 'CSV']);
/** The words themselves. */
const elsewhere = /^words\/|\.test\.ts$/;

/** What a template shows that is neither in an expression nor in a tag, and what its tags say aloud. */
function visibleTexts(template: ts.TemplateLiteral): string[] {
  const chunks = ts.isNoSubstitutionTemplateLiteral(template)
    ? [template.text]
    : [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)];
  const markup = chunks.join('\u0001').replace(/<!--.*?-->/gs, '');
  const said = [...markup.matchAll(/\s(?:aria-label|title|alt|placeholder|label|heading)="([^"]*)"/g)];
  return [markup.replace(/<[^>]*>/g, '\u0001'), ...said.map((match) => match[1]!)]
    .flatMap((text) => text.split('\u0001'))
    .map((text) => text.trim())
    .filter((text) => /\p{L}{2}/u.test(text) && !names.has(text));
}

function textsOf(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(new URL(path, ui), 'utf8'), ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && /^(html|svg|markup)$/.test(node.tag.getText(source)))
      found.push(...visibleTexts(node.template).map((text) => `${path}: ${text}`));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

it('all that templates show is in the words module', () => {
  const paths = readdirSync(ui, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !elsewhere.test(path),
  );
  expect(paths.length).toBeGreaterThan(100);
  expect(paths.flatMap(textsOf)).toEqual([]);
}, 60_000);
