// The 2D code on the module: a Data Matrix (ISO/IEC 16022, ECC 200) of 14 × 14 modules. Its eight codewords take the 15
// digits of an IMEI, two digits each. A phone can read it from the screen.

/** Returns the rows of modules with finder and timing pattern, dark as `true`; `null` if the text needs a larger symbol. */
export function dataMatrix14(text: string): readonly (readonly boolean[])[] | null {
  const data = codewords(text)
  if (data.length > DATA_CODEWORDS) return null
  const bits = place([...padded(data), ...checkWords(padded(data))])
  return Array.from({ length: SIDE }, (_, row) =>
    Array.from({ length: SIDE }, (__, column) => isDark(bits, row, column))
  )
}

/** Returns a path (`d` attribute) of unit squares. Adjacent dark modules of a row are joined. */
export function pathOf(modules: readonly (readonly boolean[])[]): string {
  return modules
    .map((row, y) =>
      row
        .map((dark, x) => (dark && !row[x - 1] ? `M${x} ${y}h${runLength(row, x)}v1h-${runLength(row, x)}z` : ''))
        .join('')
    )
    .join('')
}

const SIDE = 14
const MAPPED = SIDE - 2
const DATA_CODEWORDS = 8
const CHECK_CODEWORDS = 10

/**
 * Returns whether a module is dark. The finder is a solid L at the left and bottom, dotted at the top and right, with
 * the data inside.
 */
function isDark(bits: readonly boolean[], row: number, column: number): boolean {
  if (column === 0 || row === SIDE - 1) return true
  if (row === 0) return column % 2 === 0
  if (column === SIDE - 1) return row % 2 === 1
  return bits[(row - 1) * MAPPED + column - 1] === true
}

function runLength(row: readonly boolean[], from: number): number {
  const end = row.indexOf(false, from)
  return (end < 0 ? row.length : end) - from
}

/** Encodes ASCII: a pair of digits as 130 plus its value, any other character as its code plus one. */
function codewords(text: string): number[] {
  return [...text.matchAll(/\d\d|[\s\S]/g)].map(([one]) =>
    one.length === 2 ? 130 + Number(one) : one.charCodeAt(0) + 1
  )
}

/** Pads the data: the first pad codeword is 129, later ones are randomised by their position. */
function padded(data: readonly number[]): number[] {
  const all = [...data]
  if (all.length < DATA_CODEWORDS) all.push(129)
  while (all.length < DATA_CODEWORDS) {
    const pad = 129 + ((149 * (all.length + 1)) % 253) + 1
    all.push(pad <= 254 ? pad : pad - 254)
  }
  return all
}

/** Returns the Reed-Solomon check codewords over GF(256) with x^8 + x^5 + x^3 + x^2 + 1. */
function checkWords(data: readonly number[]): number[] {
  const generator = generatorOf(CHECK_CODEWORDS)
  const rest = Array.from({ length: CHECK_CODEWORDS }, () => 0)
  for (const word of data) {
    const factor = word ^ rest.shift()!
    rest.push(0)
    for (let at = 0; at < CHECK_CODEWORDS; at++) rest[at]! ^= product(generator[at + 1]!, factor)
  }
  return rest
}

/** Returns the coefficients of (x - 2)(x - 4)…, highest power first. */
function generatorOf(degree: number): number[] {
  let coefficients = [1]
  for (let at = 1, root = 2; at <= degree; at++, root = product(root, 2)) {
    coefficients = [...coefficients, 0].map(
      (one, power) => one ^ (power === 0 ? 0 : product(coefficients[power - 1]!, root))
    )
  }
  return coefficients
}

function product(one: number, other: number): number {
  let sum = 0
  for (let left = one, right = other; right > 0; right >>= 1) {
    if (right & 1) sum ^= left
    left = left & 0x80 ? (left << 1) ^ 0x12d : left << 1
  }
  return sum
}

/** Places the codewords as in annex F: in diagonals over the mapping matrix, each as a shape of eight modules. */
function place(words: readonly number[]): boolean[] {
  const cells: (boolean | undefined)[] = Array.from({ length: MAPPED * MAPPED })
  let next = 0
  const module = (row: number, column: number, word: number, bit: number): void => {
    const [y, x] = row < 0 ? [row + MAPPED, column + 4 - ((MAPPED + 4) % 8)] : [row, column]
    const [wrappedY, wrappedX] = x < 0 ? [y + 4 - ((MAPPED + 4) % 8), x + MAPPED] : [y, x]
    cells[wrappedY * MAPPED + wrappedX] = ((word >> (8 - bit)) & 1) === 1
  }
  const utah = (row: number, column: number): void => {
    const word = words[next++]!
    for (const [at, [dy, dx]] of utahShape.entries()) module(row + dy, column + dx, word, at + 1)
  }
  const corner = (shape: readonly (readonly [number, number])[]): void => {
    const word = words[next++]!
    for (const [at, [row, column]] of shape.entries()) {
      module(row < 0 ? row + MAPPED : row, column < 0 ? column + MAPPED : column, word, at + 1)
    }
  }
  let row = 4
  let column = 0
  do {
    if (row === MAPPED && column === 0) corner(cornerShape)
    do {
      if (row < MAPPED && column >= 0 && cells[row * MAPPED + column] === undefined) utah(row, column)
      row -= 2
      column += 2
    } while (row >= 0 && column < MAPPED)
    row += 1
    column += 3
    do {
      if (row >= 0 && column < MAPPED && cells[row * MAPPED + column] === undefined) utah(row, column)
      row += 2
      column -= 2
    } while (row < MAPPED && column >= 0)
    row += 3
    column += 1
  } while (row < MAPPED || column < MAPPED)
  return cells.map((cell) => cell === true)
}

const utahShape = [
  [-2, -2],
  [-2, -1],
  [-1, -2],
  [-1, -1],
  [-1, 0],
  [0, -2],
  [0, -1],
  [0, 0]
] as const
/** The only corner shape of the four that a 12 × 12 matrix needs. Negative values count from the opposite edge. */
const cornerShape = [
  [-1, 0],
  [-1, 1],
  [-1, 2],
  [0, -2],
  [0, -1],
  [1, -1],
  [2, -1],
  [3, -1]
] as const
