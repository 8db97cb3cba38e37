import { loadSource } from './load-source.mjs'

/**
 * Returns the text of `docs/commands.md`: the declared commands of the module. Test responses are those of a fresh
 * module.
 */
export async function commandsDocument(root) {
  const [declared, shape, other, catalog, lines, rules, errors, settings, typed, additions, sim] = await Promise.all(
    [
      'src/shared/commands/index.ts',
      'src/shared/commands/declaration.ts',
      'src/shared/commands/not-emulated.ts',
      'src/shared/products/catalog.ts',
      'src/shared/products/software.ts',
      'src/shared/rules/rules.ts',
      'src/shared/rules/errors.ts',
      'src/shared/commands/settings.ts',
      'build/reports/typed-answers.ts',
      'src/shared/products/late-additions.ts',
      'src/shared/commands/sim-commands.ts'
    ].map((path) => loadSource(root, path))
  )
  const columns = productLines(catalog, lines)
  const commands = declared.commands
  const typedAnswers = new Map(
    columns.flatMap((column) => column.profiles).map((profile) => [profile, typed.typedTestAnswers(profile)])
  )
  const answersOf = (profile) => typedAnswers.get(profile)
  return `${[
    introduction,
    '## Commands by product line',
    matrix(commands, columns),
    '## What later software adds',
    additionsTable(additions.lateAdditions, lines.softwareLines),
    '## Not emulated',
    kindsOfUnknown,
    notEmulatedTable(other.notEmulated),
    simText(sim.needsSimElsewhere),
    '## Each command',
    ...commands.map((command) => details(command, columns, shape, answersOf)),
    '## S registers',
    registerTable(settings.registerSettings),
    '## Error codes',
    errorTable(errors.cmeErrors),
    '## Where the guide is misprinted',
    rules.errata.map(({ chapter, sentence }) => `- ${chapter}: ${sentence}`).join('\n'),
    ...rules.ruleTables.flatMap((table) => [`## ${table.heading}`, ruleTable(table.rules)])
  ].join('\n\n')}\n`
}

const kindsOfUnknown = `A command that is not emulated gives a plain ERROR. The timeline, *Why* and the terminal's help distinguish three kinds (D-42):

- *not emulated here*: the hardware of the chosen software line has the command. It is not emulated, because a command without any action would
  be worse than none;
- *not on this product*: other lines, later products, LTE modules or modules of other makers have it, and the hardware answers ERROR too;
- *unknown*: the name is in no list. *Why* then offers the commands of the product whose names are within two edits.

The names are data: \`src/shared/commands/known-elsewhere.ts\` and \`known-foreign.ts\`. These commands are known but not emulated, for the given reason:`

const introduction = `# AT commands

This file is generated from the declarations in \`src/shared\` (\`npm run docs\`); a test fails when it is stale.

| word | means |
| --- | --- |
| exact | behaves as the sources say |
| approximate | works, with a difference that a host could notice; the entry of the command describes it |
| kept only | stored and read back, but has no effect here |
| – | not on this product line: the command answers ERROR |

Confidence: *documented* in the guide or an AT reference guide, *seen* in drivers or logs of real modules, *inferred* from
related facts. Sources are rules from the SSL/TLS User Guide (\`G-\`), decisions (\`D-\`) and findings from
outside tests (\`M-\`), all listed at the end, and chapters of the [AT reference](at-reference.md): at-reference 1 command
lines, 2 basic commands, 3 identity and SIM, 4 equipment and network, 5 contexts, 6 SSL, 7 FTP, 8 errors, 9 times, 10 ports,
11 later families.`

/** Returns one column for each software line and radio, with the profiles of all its products and versions. */
function productLines({ products, profileOf }, { softwareLines }) {
  return softwareLines.map((line) => {
    const members = products.filter(
      (product) => product.software === line.versions || product.software[0].name === line.versions[0].name
    )
    const profiles = members.flatMap((product) =>
      product.software.map((version) => profileOf(product.name, version.name))
    )
    const families = [...new Set(members.map((product) => product.family))]
    return {
      title: `${line.number} (${families.join(', ')})`,
      profiles,
      versions: line.versions.map((version) => version.name)
    }
  })
}

function matrix(commands, columns) {
  const anchors = anchorsOf(commands)
  return table(
    ['command', 'what it does', ...columns.map((column) => column.title), 'confidence', 'source'],
    commands.map((command) => [
      `[${code(`AT${command.name}`)}](#${anchors.get(command.name)})`,
      command.summary,
      ...columns.map((column) => cell(command, column)),
      command.confidence,
      command.sources.join(', ')
    ])
  )
}

function cell(command, { profiles, versions }) {
  const having = profiles.filter((profile) => command.exists?.(profile) ?? true)
  if (having.length === 0) return '–'
  const degree = command.keptOnly ? 'kept only' : command.approximate ? 'approximate' : 'exact'
  if (having.length === profiles.length) return degree
  // The version from which a product has it. Products of one line may differ.
  const firstOf = new Map()
  for (const profile of having) {
    const known = firstOf.get(profile.product)
    if (known === undefined || versions.indexOf(profile.software) < versions.indexOf(known))
      firstOf.set(profile.product, profile.software)
  }
  const firsts = [...new Set(firstOf.values())].toSorted((a, b) => versions.indexOf(a) - versions.indexOf(b))
  if (firsts.length === 1) return `${degree}, from ${firsts[0]}`
  const productsFrom = (first) => [...firstOf].filter(([, own]) => own === first).map(([product]) => product)
  return `${degree}, from ${firsts.map((first) => `${first} (${productsFrom(first).join(', ')})`).join(' or ')}`
}

function neededFirst({ needsSsl, servesFtps, needsSim }) {
  const sim = needsSim
    ? ' Needs the SIM, except the test form: error 10 without one, 11 or 12 while it asks for PIN or PUK.'
    : ''
  if (!needsSsl) return sim
  return `${sim} Fails with 836 until \`#SSLEN=1,1\`${servesFtps ? ' or an `#FTPCFG` with 1 as its third parameter' : ''}, except the test form.`
}

function details(command, columns, shape, answersOf) {
  const profiles = columns.flatMap((column) => column.profiles).filter((profile) => command.exists?.(profile) ?? true)
  const parts = [`### AT${command.name}`, `${capital(command.summary)}.`]
  if (command.approximate) parts.push(`Approximate: ${command.approximate}.`)
  if (command.keptOnly) parts.push(`Kept only: ${command.keptOnly}.`)
  parts.push(`Forms: ${formsOf(command).map(code).join(', ')}.${neededFirst(command)}`)
  parts.push(...(command.notes ?? []))
  if (isExtended(command)) parts.push(testAnswers(command, profiles, shape, answersOf))
  if (command.parameters.length > 0) parts.push(parameterTable(command, profiles, shape))
  return parts.join('\n\n')
}

function formsOf({ name, forms }) {
  if (!isExtended({ name })) return [`AT${name}<n>`]
  const texts = { set: `AT${name}=…`, read: `AT${name}?`, execute: `AT${name}` }
  return [...forms.map((form) => texts[form]), `AT${name}=?`]
}

function testAnswers(command, profiles, { testAnswer }, answersOf) {
  const answers = byValue(profiles, (profile) => answersOf(profile).get(command.name))
  const declaredAnswer = (profile) => {
    const text = testAnswer(command, profile)
    return text === null ? '' : `${command.name}: ${text}`
  }
  // Where the response differs from the declaration, it depends on the module's state.
  const where = profiles.some((profile) => answersOf(profile).get(command.name) !== declaredAnswer(profile))
    ? ' of a fresh module'
    : ''
  if (answers.length === 1) return `Test answer${where}: ${answerText(answers[0].value)}.`
  return `Test answer${where}: ${answers.map(({ value, profiles: those }) => `${answerText(value)} on ${versionsOf(those)}`).join('; ')}.`
}

function answerText(answer) {
  return answer === '' ? '`OK`' : code(answer)
}

function parameterTable(command, profiles, { rangesOf }) {
  const rows = command.parameters.map((parameter) => {
    const having = profiles.filter((profile) => parameter.exists?.(profile) ?? true)
    const sure = (profile) =>
      parameter.known ? ` (${parameter.known(profile).confidence}: ${parameter.known(profile).source})` : ''
    const allowed = (profile) =>
      parameter.kind === 'text'
        ? `text of at most ${parameter.maxChars} characters`
        : `${rangeText(rangesOf(parameter, profile))}${sure(profile)}`
    const kinds = byValue(having, allowed)
    const range =
      kinds.length === 1
        ? kinds[0].value
        : kinds.map(({ value, profiles: those }) => `${value} on ${versionsOf(those)}`).join('; ')
    return [
      code(`<${parameter.name}>`),
      parameter.about,
      having.length < profiles.length ? `${range}; only on ${versionsOf(having)}` : range,
      parameter.unit ?? '',
      parameter.default === undefined ? '' : String(parameter.default),
      parameter.optional ? 'yes' : ''
    ]
  })
  return table(['parameter', 'meaning', 'range', 'unit', 'default', 'may be left out'], rows)
}

/** Returns the distinct values of `answer`, each with the profiles that give it. */
function byValue(profiles, answer) {
  const found = new Map()
  for (const profile of profiles) {
    const value = answer(profile)
    found.set(value, [...(found.get(value) ?? []), profile])
  }
  return [...found].map(([value, those]) => ({ value, profiles: those }))
}

function versionsOf(profiles) {
  return [...new Set(profiles.map((profile) => profile.software))].toSorted().join(', ')
}

function rangeText(ranges) {
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`)).join(', ')
}

function notEmulatedTable(entries) {
  return table(
    ['commands', 'purpose', 'why not emulated', 'described in'],
    entries.map(({ names, about, why, source }) => [
      names.map((name) => code(`AT${name}`)).join(' '),
      about,
      why,
      source
    ])
  )
}

function additionsTable(additions, softwareLines) {
  const numbers = softwareLines.map(({ number }) => number)
  const cellOf = ({ from }, number) =>
    from[number] === null
      ? '–'
      : from[number] === softwareLines.find((line) => line.number === number).versions[0].name
        ? 'all'
        : `from ${from[number]}`
  return table(
    ['what', ...numbers.map(String), 'confidence', 'source'],
    additions.map((one) => [one.name, ...numbers.map((number) => cellOf(one, number)), one.confidence, one.source])
  )
}

function simText(names) {
  return `Without a SIM these fail with 10 instead of a plain ERROR, as on the hardware: ${[...names].map((name) => code(`AT${name}`)).join(' ')}.`
}

function registerTable(registers) {
  return table(
    ['register', 'meaning', 'range', 'factory', ''],
    registers.map((one) => [
      one.name,
      one.about,
      rangeText(one.ranges),
      String(one.factory),
      one.readOnly ? 'read only' : one.keptOnly ? `kept only: ${one.keptOnly}` : ''
    ])
  )
}

function errorTable(errors) {
  return table(
    ['code', 'words', 'confidence'],
    Object.values(errors).map(({ code: number, text, confidence }) => [String(number), text, confidence])
  )
}

function ruleTable(all) {
  return table(
    ['id', 'guide chapter', 'in short', 'confidence'],
    all.map(({ id, chapter, sentence, confidence }) => [id, chapter ?? '', sentence, confidence])
  )
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function isExtended({ name }) {
  return /^[+#]/.test(name)
}

/** Returns anchors like those of GitHub: punctuation is left out, and repeated ones get a number. */
function anchorsOf(commands) {
  const times = new Map()
  return new Map(
    commands.map(({ name }) => {
      const plain = `at${name.toLowerCase().replace(/[^a-z0-9]/g, '')}`
      const before = times.get(plain) ?? 0
      times.set(plain, before + 1)
      return [name, before === 0 ? plain : `${plain}-${before}`]
    })
  )
}

function code(text) {
  return `\`${text}\``
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1)
}
