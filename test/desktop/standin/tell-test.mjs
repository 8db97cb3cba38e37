/** Sends a message to the test that started the stand-in, if there is one (Node's IPC). */
export function tellTest(message) {
  if (process.connected) process.send(message)
}
