/**
 * Response times of real modules (D-37): drivers that work with a response after 0.1 ms may fail on hardware. In
 * milliseconds of module time, uniformly distributed, and below the limits of at-reference 9. Confidence: inferred.
 */
export type LatencyRange = readonly [fromMs: number, toMs: number]

const byCommand: Readonly<Record<string, LatencyRange>> = {
  '+CPIN': [50, 400],
  '+COPS': [100, 600],
  '+CFUN': [300, 1200],
  '#SGACT': [50, 300],
  '#GPRS': [50, 300],
  '#QDNS': [200, 900],
  '#SSLSECDATA': [50, 250],
  '#SSLD': [150, 700],
  '#SSLFASTD': [100, 400],
  '#SSLH': [100, 500],
  '#FTPOPEN': [150, 700],
  '#SHDN': [200, 800],
  '#REBOOT': [100, 300]
}

/** Commands that only concern the module itself. */
const simple: LatencyRange = [10, 100]

export function latencyOf(command: string): LatencyRange {
  return byCommand[command] ?? simple
}
