/** Where random bytes come from: the operating system, or a seed when a session has to replay byte for byte. */
export interface RandomSource {
  bytes(length: number): Uint8Array
}
