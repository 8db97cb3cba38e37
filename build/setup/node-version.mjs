/** The oldest Node the program runs on; package.json's `engines` says the same. */
export const oldestNode = '20.19.0'

/** One sentence when `version` is too old, else null. Written so that an old Node can still read it. */
export function nodeVersionProblem(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number)
  const [oldestMajor, oldestMinor] = oldestNode.split('.').map(Number)
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return null
  return `This is Node ${version}; the simulator needs Node ${oldestNode} or later (https://nodejs.org).`
}

/** Ends the program with status 2 and one sentence when this Node is too old. */
export function requireNode() {
  const problem = nodeVersionProblem()
  if (problem === null) return
  process.stderr.write(`telit-sim: ${problem}\n`)
  process.exit(2)
}
