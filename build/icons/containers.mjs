/** The sizes that Windows uses. 256 is the largest in an .ico file. */
const icoSizes = [16, 24, 32, 48, 64, 128, 256]

/**
 * Returns an .ico file with PNG images (Windows Vista and later): a directory of 16 bytes per image, then the images.
 */
export function icoOf(pngs) {
  const images = icoSizes.map((size) => ({ size, png: pngs.get(size) }))
  const head = Buffer.alloc(6 + 16 * images.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(images.length, 4)
  let at = head.length
  for (const [index, { size, png }] of images.entries()) {
    const entry = 6 + 16 * index
    // 0 stands for 256.
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(png.length, entry + 8)
    head.writeUInt32LE(at, entry + 12)
    at += png.length
  }
  return Buffer.concat([head, ...images.map(({ png }) => png)])
}

/** The types in an .icns file that hold a PNG, with its size in pixels. */
const icnsTypes = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024]
]

/** Returns an .icns file with PNG images (OS X 10.7 and later): chunks of type, length and image. */
export function icnsOf(pngs) {
  const chunks = icnsTypes.map(([type, size]) => chunkOf(type, pngs.get(size)))
  return chunkOf('icns', Buffer.concat(chunks))
}

function chunkOf(type, content) {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(content.length + 8, 4)
  return Buffer.concat([head, content])
}
