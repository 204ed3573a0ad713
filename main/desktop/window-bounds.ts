/** A rectangle in device-independent pixels; `x`, `y` may be negative on a second display. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface WindowState extends Rectangle {
  maximized: boolean;
}

export const smallestWindow = { width: 640, height: 480 } as const;
const usualWindow = { width: 1280, height: 840 } as const;
/** So much of the window must lie on a display for a person to find and drag it. */
const graspable = { width: 160, height: 48 } as const;
/** So far from the window it was opened from stands a new one, that both are seen. */
const step = 28;

/** Where one more window opens: as large as the one it was opened from, and a little further. */
export function nextTo({ x, y, width, height }: Rectangle): WindowState {
  return { x: x + step, y: y + step, width, height, maximized: false };
}

/**
 * Where the window opens. A remembered place counts only while it can be seen: the display may be gone or have another size.
 * @param saved - what was remembered, or null.
 * @param workAreas - of all displays, the primary first; at least one.
 */
export function placeWindow(saved: WindowState | null, workAreas: readonly Rectangle[]): WindowState {
  const primary = workAreas[0] ?? { x: 0, y: 0, ...usualWindow };
  const wanted = saved ?? { ...centred(usualWindow, primary), maximized: false };
  const home = workAreas.find((area) => canBeGrasped(wanted, area));
  if (home === undefined) return { ...centred(wanted, primary), maximized: wanted.maximized };
  const fits = { x: wanted.x, y: Math.max(wanted.y, home.y), ...fitted(wanted, home) };
  // Made smaller, it may end before its display begins.
  const placed = canBeGrasped(fits, home) ? fits : centred(wanted, home);
  return { ...placed, maximized: wanted.maximized };
}

function canBeGrasped(window: Rectangle, area: Rectangle): boolean {
  const width = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  // Only the top of a window can be dragged.
  const visibleTop = window.y >= area.y - graspable.height / 2 && window.y <= area.y + area.height - graspable.height;
  return width >= graspable.width && visibleTop;
}

function fitted(size: { width: number; height: number }, area: Rectangle): { width: number; height: number } {
  return {
    width: Math.max(smallestWindow.width, Math.min(size.width, area.width)),
    height: Math.max(smallestWindow.height, Math.min(size.height, area.height)),
  };
}

function centred(size: { width: number; height: number }, area: Rectangle): Rectangle {
  const { width, height } = fitted(size, area);
  return {
    x: Math.round(area.x + Math.max(0, (area.width - width) / 2)),
    y: Math.round(area.y + Math.max(0, (area.height - height) / 2)),
    width,
    height,
  };
}
