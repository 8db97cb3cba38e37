/** Returns the options of the window: large enough for the board, sandboxed, without Node or Electron in its page. */
export function windowOptions(preload: string, isPackaged: boolean) {
  return {
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 700,
    useContentSize: true,
    title: 'Telit SSL Simulator',
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      devTools: !isPackaged,
      // The spell checker would download its dictionaries.
      spellcheck: false
    }
  }
}
