/** The texts about a key log that is added to an opened capture. */
export const captureFileWords = {
  noSecrets: (fileName: string) => `${fileName} contains no CLIENT_RANDOM line of a TLS session.`
} as const
