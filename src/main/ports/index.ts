/** @module The serial port of the module as a pty, TCP, RFC 2217 or UART, with pacing and flow control. */

// Each opener returns a `SerialPortEnd` that is ready for use, or rejects with a `PortError` (one sentence, exit status
// 3). `Wire` wraps one with pacing and flow control.
export { PortError } from './port-error.ts'
export { defaultLinkPath, runtimeFolder, runtimeFolderPath } from './runtime-folder.ts'
export type { PtyPort } from './pty-contract.ts'
export { openPtyPort } from './pty-port.ts'
export { openTcpPort, type TcpPort } from './tcp-port.ts'
export { openRfc2217Port, type Rfc2217Port } from './rfc2217-port.ts'
export { openUartBridge } from './uart-bridge.ts'
export { parseUartAddress, type UartAddress } from './uart-address.ts'
export { listUarts } from './uart-list.ts'
export { linkByHand, refuseNoUart } from './by-hand.ts'
export { Wire } from './wire.ts'
