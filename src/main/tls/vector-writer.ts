/**
 * Writes the presentation language of RFC 2246 4. Each function returns the encoded bytes; structures nest by joining
 * them. A length that does not fit is a bug of the caller.
 */
export function uint8(value: number): Buffer {
  return Buffer.from([value])
}

export function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value])
}

export function vector8(...content: readonly Uint8Array[]): Buffer {
  return vector(1, content)
}

export function vector16(...content: readonly Uint8Array[]): Buffer {
  return vector(2, content)
}

export function vector24(...content: readonly Uint8Array[]): Buffer {
  return vector(3, content)
}

function vector(lengthBytes: number, content: readonly Uint8Array[]): Buffer {
  const length = content.reduce((sum, part) => sum + part.length, 0)
  if (length >= 2 ** (8 * lengthBytes))
    throw new RangeError(`A vector with a length of ${lengthBytes} bytes cannot hold ${length} bytes.`)
  const prefix = Buffer.alloc(lengthBytes)
  prefix.writeUIntBE(length, 0, lengthBytes)
  return Buffer.concat([prefix, ...content])
}
