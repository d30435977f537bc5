// Which window shows the screens, from what this machine has; and why it is not the desktop's.

export interface Machine {
  /** Path of Electron's binary. */
  readonly electron: string | null;
  /** Path of a Chromium, Chrome or Edge. */
  readonly chromium: string | null;
  readonly display: boolean;
  /** root, whom Chromium and Electron serve only without their sandbox. */
  readonly root: boolean;
}

export type WindowChoice =
  | { readonly kind: 'desktop'; readonly binary: string }
  | { readonly kind: 'app window'; readonly binary: string; readonly why: string }
  | { readonly kind: 'browser'; readonly why: string }
  | { readonly kind: 'address'; readonly why: string };

const NO_ELECTRON =
  "Electron's binary is not installed: for the desktop window run `node node_modules/electron/install.js`, then `npm start`.";

export function chooseWindow({ electron, chromium, display, root }: Machine): WindowChoice {
  if (!display) {
    return { kind: 'address', why: 'There is no display here: open the address in a browser of this machine.' };
  }
  if (root) {
    return {
      kind: 'address',
      why: 'As root no window is opened, for it would lack its sandbox: open the address, or start Drover as another user.',
    };
  }
  if (electron !== null) return { kind: 'desktop', binary: electron };
  if (chromium !== null) return { kind: 'app window', binary: chromium, why: NO_ELECTRON };
  return { kind: 'browser', why: NO_ELECTRON };
}
