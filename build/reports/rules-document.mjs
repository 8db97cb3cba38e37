import { loadSource } from './load-source.mjs'

/** Returns the text of `docs/rules.md`: what the guide demands of the module, one sentence per rule, by chapter. */
export async function rulesDocument(root) {
  const { guideRules } = await loadSource(root, 'src/shared/rules/guide-rules.ts')
  const { errata } = await loadSource(root, 'src/shared/rules/rules.ts')
  const chapters = [...new Set(guideRules.map(({ chapter }) => chapter.split('.')[0]))]
  return `${[
    introduction,
    ...chapters.flatMap((chapter) => [
      `## ${titles[chapter] ?? `Chapter ${chapter}`}`,
      table(guideRules.filter((rule) => rule.chapter.split('.')[0] === chapter))
    ]),
    '## Where the guide is misprinted',
    errata.map(({ chapter, sentence }) => `- ${chapter}: ${sentence}`).join('\n')
  ].join('\n\n')}\n`
}

const introduction = `# Rules of the guide

The rules of the SSL/TLS User Guide 1vv0300989 Rev.6, each in one sentence. \`G-3.2-6\` is the sixth rule of chapter 3.2; chapter
0 is the applicability table and the revision history. For what the guide leaves open, see [decisions.md](decisions.md) and
[at-reference.md](at-reference.md).

This file is generated from \`src/shared\` (\`npm run docs\`); a test fails when it is stale. \`npm run conformance\` lists the tests
that show each rule.`

const titles = {
  0: 'Products and revisions',
  2: 'Chapter 2: before the socket',
  3: 'Chapter 3: configuration',
  4: 'Chapter 4: the socket',
  5: 'Chapter 5: FTP with TLS',
  6: 'Chapter 6: errors'
}

function table(rules) {
  return ['| id | rule |', '| --- | --- |', ...rules.map(({ id, sentence }) => `| ${id} | ${sentence} |`)].join('\n')
}
