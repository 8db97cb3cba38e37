/** The oldest Node that the program supports, like `engines` in package.json. */
export const oldestNode = '20.19.0'

/** Returns one sentence when `version` is too old, or `null`. Must be readable by old Node versions. */
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
